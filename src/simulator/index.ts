export type { Account, ManagedModule } from "./accounts.ts";
export { type Clock, createClock } from "./clock.ts";
export { type Fault, type FaultKind, faultKinds } from "./faults/fault.ts";
export type { PlannedFault } from "./faults/plan.ts";
export { defaultFolders, type Folder, type ModuleType } from "./folders.ts";
export type { Departure, Handled } from "./gateway.ts";
export type { Generated, GenerateRequest } from "./generate/generator.ts";
export { readSamples, type Sample } from "./load/samples.ts";
export { type Sent, sendSamples } from "./load/sending.ts";
export type { Envelope, Verdict } from "./mail.ts";
export type { MailboxMessage } from "./mailboxes/mailboxes.ts";
export type { SimulatorOptions } from "./options.ts";
export {
  mixedQuirks,
  oppositeQuirks,
  type ProfileName,
  type QuirkName,
  type QuirkRow,
  type Quirks,
  quirkTable,
  resolveQuirks,
} from "./quirks.ts";
export { type InjectedMessage, type Simulator, startSimulator } from "./simulator.ts";
export type { HeldMessage, JournalEntry } from "./store/store.ts";
export type { ApiKey, CloudModule } from "./threat-protection/api-keys.ts";
export type { OrganisationEntry, OrganisationList, OrganisationLists } from "./threat-protection/organisation-lists.ts";
export type { CertificateKind, ClientCertificate, GivenCertificate } from "./tls/identity.ts";
