export type {
  ActionResult,
  DownloadResult,
  EntriesResult,
  Folder,
  FoldersResult,
  ListEntry,
  ListOutcome,
  ListResult,
  Message,
  MessageDetails,
  MessageOutcome,
  Outcome,
  OutcomeKind,
  PingResult,
  SearchedFolder,
  TraceRecord,
  TraceResult,
} from "../commands/index.ts";
export { defaultFolders } from "../commands/index.ts";
export type {
  Access,
  Command,
  FolderSetting,
  ManagedModule,
  ResultOf,
  ThreatProtectionSetting,
} from "../core/command.ts";
export { type ErrorCode, errorCodes, isPpsError, PpsError } from "../core/errors.ts";
export type {
  MailAddress,
  MailAttachment,
  MailAuthentication,
  MailContents,
  MailFile,
} from "../core/mail-file.ts";
export { type Reported, type ReportFacts, renderReport } from "../report/report.ts";
export { type DiagnoseOptions, diagnose } from "./doctor/diagnose.ts";
export type { Finding } from "./doctor/finding.ts";
export { fileBytes } from "./http/reply.ts";
export type { ClientCertificate, PpsOptions, Sleep } from "./options/options.ts";
export { type ResolvedOptions, type ResolveRequest, resolveOptions } from "./options/resolve-options.ts";
export { createPps, type ExecuteOptions, type Pps } from "./pps.ts";
export type { CallOptions, CommandName, CommandNamed, InputOf, ItemOf, SummaryOf } from "./pps-types.ts";
export { version } from "./product.ts";
