import { cloudAdvice } from "../http/advice.ts";
import type { Endpoint } from "../http/endpoint.ts";
import type { CloudAddress } from "../options/cloud-settings.ts";
import type { TlsSettings } from "../options/settings.ts";

/** A server of Proofpoint's cloud: who it is, and the option and variable its address stands in. */
export interface CloudServer extends CloudAddress {
  speaker: string;
  basePath: string;
  option: string;
  variable: string;
}

/** The way to it, with nothing that is for PPS alone: neither `insecure` nor the client certificate. */
export function cloudEndpoint({ option, variable, ...server }: CloudServer, tls: TlsSettings): Endpoint {
  return {
    ...server,
    tls: { ...tls, cert: undefined, key: undefined, passphrase: undefined, insecure: false },
    advice: cloudAdvice(option, variable),
  };
}
