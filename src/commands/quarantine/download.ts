import { command } from "../../core/command.ts";
import { PpsError } from "../../core/errors.ts";
import { text } from "../../core/fields.ts";
import type { MailFile } from "../../core/mail-file.ts";
import { ask, type Steps } from "../../core/steps.ts";
import { requireSuccess, wordsOf } from "../answers.ts";

/** A raw message, and what to call it. */
export interface DownloadResult {
  guid: string;
  /** Safe as a file name, ends in `.eml`. */
  fileName: string;
  sizeBytes: number | null;
  file: MailFile;
}

/** The one message that is meant, wherever it lies. */
export const guidField = text({
  required: true,
  positional: true,
  maxLength: 256,
  description: "Global id of the message, as listings and traces show it. Case matters.",
  example: "Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f",
});

export const quarantineDownload = command()({
  name: "quarantine.download",
  title: "Download Message",
  description: "Saves the raw message as it came, headers and attachments included. Opening it is at your own risk.",
  effect: "read",
  access: "Quarantine",
  file: true,
  fields: { guid: guidField },
  rules: [],
  outputs: [
    { name: "guid", type: "string", description: "Global id of the message." },
    { name: "fileName", type: "string", description: "Name the message is saved under." },
    { name: "sizeBytes", type: "number", description: "Size of the raw message in bytes." },
  ],
  columns: ["guid", "fileName", "sizeBytes"],
  examples: [
    { line: "pps quarantine download Qm4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f", purpose: "Save one message in this folder" },
  ],
  *run(input) {
    const file = yield* fetchRaw(input.guid);
    const result: DownloadResult = {
      guid: input.guid,
      fileName: `${input.guid.replace(/[^A-Za-z0-9_.-]/g, "_").replace(/^\.+/, "_")}.eml`,
      sizeBytes: file.sizeBytes ?? null,
      file,
    };
    return result;
  },
});

/**
 * Fetches a raw message by its GUID from whatever folder holds it (pps-api.md 3).
 * Throws PpsError `not_found`, and `unexpected` when a page or JSON came in place of mail.
 */
export function* fetchRaw(guid: string): Steps<MailFile> {
  const reply = yield* ask({
    method: "GET",
    path: "/quarantine",
    query: [["guid", guid]],
    effect: "read",
    expect: "file",
  });
  if (reply.status === 404) {
    throw new PpsError("not_found", `No message found with GUID ${guid}.`, {
      status: 404,
      hint: "Only messages in quarantine can be read, by their guid and not by their local id. Case matters.",
    });
  }
  requireSuccess(reply, { what: `the raw message ${guid}`, access: "Quarantine" });
  const file = reply.file;
  if (file === undefined || file.head === "") throw disguised(guid, "an empty answer");
  // A login page or a refusal may come with status 200 (pps-api.md 3); no mail begins so.
  const head = file.head.replace(/^\u00ef\u00bb\u00bf/, "");
  if (/^\s*[<{[]/.test(head)) {
    throw disguised(guid, wordsOf({ ...reply, text: head }) || "something that is no mail");
  }
  return file;
}

function disguised(guid: string, what: string): PpsError {
  return new PpsError("unexpected", `In place of the raw message ${guid} came ${what}`, {
    hint: "Check that the address is that of the PPS API (port 10000); the message was not saved.",
  });
}
