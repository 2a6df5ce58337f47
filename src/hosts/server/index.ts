export type { ServedProfile } from "./calls/profiles.ts";
export type { Limits } from "./limits/limits.ts";
export { type ActionServer, startServer } from "./serve.ts";
export type { ServerOptions } from "./server-options.ts";
export type { KeyPair } from "./tls/certificate.ts";
