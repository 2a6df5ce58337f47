import type { Account } from "./accounts.ts";
import type { Clock } from "./clock.ts";
import type { ProfileName } from "./quirks.ts";
import type { ApiKey } from "./threat-protection/api-keys.ts";
import type { CertificateKind, GivenCertificate } from "./tls/identity.ts";

/** How a simulator is to be; every field may be left out. A port of 0 means any free one. */
export interface SimulatorOptions {
  /** The product kind whose habits are the defaults (pps-api.md 11). @default onprem */
  profile?: ProfileName;
  /** Single habits at other values, by the names of `quirkTable`. */
  quirks?: Record<string, string>;
  /** @default 0 */
  apiPort?: number;
  /** @default 0 */
  smtpPort?: number;
  /** @default 0 */
  controlPort?: number;
  /** Of the cloud API, which is there where the quirk `cloud-lists` says so. @default 0 */
  cloudPort?: number;
  /**
   * Database file that survives a restart; `FILE.mail` beside it holds the mailboxes as Maildir, `FILE.tls` CA and certificate.
   * @default memory, and a temporary directory for the CA
   */
  data?: string;
  /** `host:port` of a mail server that takes leaving mail. @default the built-in mailboxes */
  relay?: string;
  /** Directories of .eml files with envelopes.json, sent by SMTP before the start is over. */
  load?: string | readonly string[];
  /** @default api-admin */
  username?: string;
  /** @default a new random one */
  password?: string;
  /** Accounts beside the first, for instance one whose role lacks a module. */
  accounts?: Account[];
  /** Id of the first key of the cloud API. @default lab-client */
  clientId?: string;
  /** Secret of that key. @default a new random one */
  clientSecret?: string;
  /** The cluster whose lists the cloud API keeps. @default lab-cluster */
  clusterId?: string;
  /** Keys of the cloud API beside the first, for instance one that lacks the module. */
  keys?: ApiKey[];
  /** Folders beside the default ones: `NAME`, or `NAME:dlp`. */
  folders?: string[];
  /** Domains mail is taken for; `*.example` means everything below. @default example.com, example.net, example.org, *.example */
  domains?: string[];
  /** Text of a rule file; the sections it names replace the default ones. */
  rules?: string;
  /** Most bytes a message may have by SMTP. @default 50000000 */
  sizeLimit?: number;
  /** Most entries in one of a user's own lists; a change that would go beyond is refused whole. @default 500 */
  userListLimit?: number;
  /** A certificate of one's own instead of the made one. */
  certificate?: GivenCertificate;
  /** What the made certificate is like. @default good */
  tls?: CertificateKind;
  /** Whether API clients must show a certificate; `Simulator.client` is one. @default false */
  asksClientCertificate?: boolean;
  /** Ids, refusals' wording and faults follow from it. @default a new random one */
  seed?: string;
  /** The gateway's time. @default the machine's */
  clock?: Clock;
  /** Gets one line for every call the server does not know and every message that could not be taken. @default nobody */
  report?: (line: string) => void;
}
