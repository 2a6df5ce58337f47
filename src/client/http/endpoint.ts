import type { Settings, TlsSettings } from "../options/settings.ts";
import { type Advice, ppsAdvice } from "./advice.ts";

/** A server that requests go to, and how it is spoken of. */
export interface Endpoint {
  /** Who answers, as a sentence begins with it. */
  speaker: string;
  /** Its origin counts alone. */
  url: URL;
  /** Stands before the path of every request. */
  basePath: string;
  /** The proxy it is reached through. */
  proxy: URL | undefined;
  tls: TlsSettings;
  advice: Advice;
}

/** PPS itself (pps-api.md 1). */
export function ppsEndpoint({ url, proxy, tls }: Settings): Endpoint {
  return { speaker: "PPS", url, basePath: "/rest/v1", proxy, tls, advice: ppsAdvice };
}
