import { createHash } from "node:crypto";
import { posix } from "node:path";
import { fileBytes } from "../../../../client/http/reply.ts";
import type { DownloadResult } from "../../../../commands/index.ts";
import { isPpsError } from "../../../../core/errors.ts";
import type { Json } from "../../../../core/steps.ts";
import { most } from "../../catalogue/parameters.ts";
import type { ActionFile } from "../envelope.ts";
import { refuse } from "../parameter-values.ts";
import { commandNamed, execute, type Performer, type Run } from "../run.ts";
import { emptyTally, resultOf } from "../tally.ts";
import { listFew, reasonOf, sentences, shortReason } from "../texts.ts";

/** Bytes of all files of a reply, and of one on the case wall (secops-platform.md 1.4). */
const mostBytes = 15 * 1024 * 1024;
const mostAttached = 3.5 * 1024 * 1024;

/** Download Quarantined Message. */
export const downloadMessages: Performer = async (run) => {
  const { parameters } = run;
  const guids = parameters.list("Message GUIDs", most.downloads);
  if (guids.length === 0) throw refuse("Message GUIDs", "names no message.");
  const folder = parameters.text("Folder Name") ?? null;
  const directory = parameters.text("Download Folder Path");
  const wantsAttachment = parameters.flag("Save To Case Wall");
  const overwrite = parameters.flag("Overwrite");
  const tally = emptyTally();
  const files: ActionFile[] = [];
  const tooLarge: string[] = [];
  let left = mostBytes;
  let isCut = false;
  for (const guid of guids) {
    const mail = await fetchMail(run, guid);
    const named = { name: guid, json: { guid } };
    if ("reason" in mail) {
      tally.failed.push({ ...named, reason: mail.reason });
      continue;
    }
    const { bytes, subject } = mail;
    const attached = wantsAttachment && bytes.length <= mostAttached;
    const isFile = directory !== undefined || attached;
    if (isFile && bytes.length > left) {
      isCut = true;
      tally.failed.push({ ...named, reason: "the files of one run hold 15 MiB at most; download it by itself" });
      continue;
    }
    const name = nameOf(guid, subject);
    if (isFile) {
      left -= bytes.length;
      const saved = directory === undefined ? {} : { directoryParameter: "Download Folder Path", overwrite };
      files.push({ name, base64: Buffer.from(bytes).toString("base64"), caseWall: attached, ...saved });
    }
    if (wantsAttachment && !attached) tooLarge.push(guid);
    const json: { [key: string]: Json } = {
      guid,
      localguid: null,
      folder,
      action: "download",
      status: "done",
      file_name: name,
      size: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      subject,
      downloaded_file_path: directory === undefined ? null : posix.join(directory, name),
      attached,
    };
    tally.success.push({ name: guid, json });
  }
  const told = resultOf(
    tally,
    run.action.failureLead,
    (names) => `Downloaded ${names.length} of ${guids.length} message(s): ${listFew(names)}`,
  );
  const notAttached =
    tooLarge.length === 0 ? undefined : `Not attached, since the case wall takes 3.5 MiB at most: ${listFew(tooLarge)}`;
  return {
    ...told,
    message: sentences([told.message, notAttached]),
    files,
    truncated: isCut || tooLarge.length > 0,
  };
};

async function fetchMail(run: Run, guid: string): Promise<{ bytes: Uint8Array; subject: string } | { reason: string }> {
  try {
    const { summary } = await execute<never, DownloadResult>(run, commandNamed("quarantine.download"), { guid });
    const bytes = fileBytes(summary.file);
    return { bytes, subject: await subjectOf(bytes) };
  } catch (error) {
    // What befalls every message is no matter of this one.
    if (!isPpsError(error) || error.code === "denied" || run.signal.aborted) throw error;
    return { reason: shortReason(reasonOf(error)) };
  }
}

/** Mail that no parser can take apart is worth having all the same. */
async function subjectOf(bytes: Uint8Array): Promise<string> {
  try {
    // Loaded by the first download: a program that runs one action has no time for a mail parser.
    const { inspectMail } = await import("../../../../client/mail/mail-contents.ts");
    return (await inspectMail(bytes)).subject;
  } catch {
    return "";
  }
}

/** GUID and subject as a name that every file system takes; a GUID may begin with a sign that no name may begin with. */
function nameOf(guid: string, subject: string): string {
  const clean = (text: string) =>
    text
      .normalize("NFKD")
      .replace(/[^A-Za-z0-9._@+= -]+/g, "_")
      .replace(/\s+/g, " ");
  const front = clean(guid)
    .slice(0, 34)
    .replace(/^[^A-Za-z0-9]/, "0$&")
    .slice(0, 34);
  const back = clean(subject)
    .slice(0, 80)
    .replace(/^[ .]+|[ .]+$/g, "");
  return back === "" ? `${front}.eml` : `${front}-${back}.eml`;
}
