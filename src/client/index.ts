export { defaultFolders } from "../commands/index.ts";
export type { Command, FolderSetting, ManagedModule, ResultOf } from "../core/command.ts";
export { type ErrorCode, errorCodes, isPpsError, PpsError } from "../core/errors.ts";
export type { MailContents, MailFile } from "../core/mail-file.ts";
export type { ClientCertificate, PpsOptions, Sleep } from "./options.ts";
export { createPps, type ExecuteOptions, type Pps } from "./pps.ts";
export type { CallOptions, CommandName, CommandNamed, InputOf, ItemOf, SummaryOf } from "./pps-types.ts";
export { version } from "./product.ts";
export { fileBytes } from "./reply.ts";
