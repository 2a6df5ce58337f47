import { command } from "../../../core/command.ts";
import { flag, list, text } from "../../../core/fields.ts";
import type { Json } from "../../../core/steps.ts";
import { actOnAll } from "./batch.ts";
import { deleteAction } from "./delete-action.ts";
import { readDestination } from "./destination.ts";
import { type MessageOutcome, messageOutcomeColumns, messageOutcomeOutputs } from "./message-outcome.ts";
import { releaseAction } from "./release-action.ts";
import type { Action } from "./send.ts";
import { readTargets, targetFields } from "./targets.ts";

const deletedFolder = text({
  description: "Folder to move the message to afterwards; of the same module type as the one it is in.",
  maxLength: 256,
  example: "Deleted",
});

const shared = {
  access: "Quarantine",
  list: "outcomes",
  rules: [],
  outputs: messageOutcomeOutputs,
  columns: messageOutcomeColumns,
} as const;

export const quarantineRelease = command<MessageOutcome>()({
  ...shared,
  name: "quarantine.release",
  title: "Release Messages",
  description:
    "Delivers held messages to their recipients without further filtering. They stay in their folder, where a second release would deliver them again, unless a folder for deleted mail is named.",
  effect: "change",
  fields: {
    ...targetFields,
    deletedFolder,
    scan: flag({ description: "Have the DLP and Attachment Defense modules scan the message again first." }),
    brandTemplate: text({
      description: "Branding template of an encrypted message, as listed under End User Services.",
      maxLength: 256,
    }),
    securityPolicy: text({
      description: "Secure Reader response profile of an encrypted message, as listed under Encryption.",
      maxLength: 256,
    }),
  },
  examples: [
    { line: "pps quarantine release 4:2:6 --folder Quarantine", purpose: "Release one message" },
    {
      line: "pps quarantine release 4:2:6 --folder Quarantine --deleted-folder Deleted",
      purpose: "Release it and put it away, so that nobody releases it twice",
    },
  ],
  *run(input, context) {
    const targets = readTargets(input.localGuids, input.folder, context.folders);
    const { folder, notes } = readDestination(targets, input.deletedFolder, "deletedFolder", context);
    const { scan, brandTemplate, securityPolicy } = input;
    const action = releaseAction({ deletedFolder: folder, scan, brandTemplate, securityPolicy });
    return yield* actOnAll(targets, action, context, notes);
  },
});

export const quarantineResubmit = command<MessageOutcome>()({
  ...shared,
  name: "quarantine.resubmit",
  title: "Resubmit Messages",
  description: "Sends held messages through the filters again. They leave their folder, and may be held again.",
  effect: "change",
  fields: targetFields,
  examples: [{ line: "pps quarantine resubmit 4:2:6 --folder Quarantine", purpose: "Filter one message again" }],
  *run(input, context) {
    const action: Action = {
      name: "resubmit",
      effect: "change",
      extras: {},
      destination: { kind: "gone" },
      isRepeatable: false,
      sentence: (localGuid) => `Request sent. Message ${localGuid} will be resubmitted momentarily`,
    };
    return yield* actOnAll(readTargets(input.localGuids, input.folder, context.folders), action, context, []);
  },
});

export const quarantineForward = command<MessageOutcome>()({
  ...shared,
  name: "quarantine.forward",
  title: "Forward Messages",
  description:
    "Sends held messages to other recipients, each as an attachment of a new mail. They stay in their folder unless a folder for deleted mail is named.",
  effect: "change",
  fields: {
    ...targetFields,
    to: list({
      required: true,
      maxItems: 100,
      maxLength: 320,
      description: "Recipients of the new mail.",
      example: "soc@example.com",
    }),
    subject: text({ description: "Subject of the new mail, instead of the original's.", maxLength: 998 }),
    appendOldSubject: flag({ description: "Append the original subject to the new one." }),
    from: text({ description: "Envelope sender of the new mail.", maxLength: 320 }),
    headerFrom: text({ description: "Header sender of the new mail.", maxLength: 320 }),
    comment: text({ description: "Body of the new mail.", maxLength: 10_000, multiline: true }),
    deletedFolder,
  },
  examples: [
    {
      line: 'pps quarantine forward 4:2:6 --folder Quarantine --to soc@example.com --subject "For analysis:" --append-old-subject',
      purpose: "Send one message to the analysts",
    },
  ],
  *run(input, context) {
    const targets = readTargets(input.localGuids, input.folder, context.folders);
    const { folder, destination, notes } = readDestination(targets, input.deletedFolder, "deletedFolder", context);
    const action: Action = {
      name: "forward",
      effect: "change",
      extras: {
        ...optional("deletedfolder", folder),
        to: input.to.join(","),
        ...optional("subject", input.subject),
        ...(input.appendOldSubject ? { appendoldsubject: "t" } : {}),
        ...optional("from", input.from),
        ...optional("headerfrom", input.headerFrom),
        ...optional("comment", input.comment),
      },
      destination: destination ?? { kind: "stays" },
      isRepeatable: false,
      sentence: (localGuid) => `Request sent. Message ${localGuid} will be forwarded momentarily`,
    };
    return yield* actOnAll(targets, action, context, notes);
  },
});

export const quarantineMove = command<MessageOutcome>()({
  ...shared,
  name: "quarantine.move",
  title: "Move Messages",
  description: "Moves held messages to another folder of the same module type. Their local ids may change.",
  effect: "change",
  fields: {
    ...targetFields,
    targetFolder: text({
      required: true,
      description: "Folder to move the messages to.",
      maxLength: 256,
      example: "Audit",
    }),
  },
  examples: [
    { line: "pps quarantine move 4:2:6 --folder Quarantine --target-folder Audit", purpose: "Keep one for an audit" },
  ],
  *run(input, context) {
    const targets = readTargets(input.localGuids, input.folder, context.folders);
    const { folder = input.targetFolder, notes } = readDestination(
      targets,
      input.targetFolder,
      "targetFolder",
      context,
    );
    const action: Action = {
      name: "move",
      effect: "change",
      extras: { targetfolder: folder },
      destination: { kind: "folder", folder },
      isRepeatable: true,
      sentence: (localGuid) => `Successfully moved message ${localGuid}`,
    };
    return yield* actOnAll(targets, action, context, notes);
  },
});

export const quarantineDelete = command<MessageOutcome>()({
  ...shared,
  name: "quarantine.delete",
  title: "Delete Messages",
  description:
    "Deletes held messages. They are gone for good, unless a folder for deleted mail is named, to which they are moved.",
  effect: "destroy",
  fields: { ...targetFields, deletedFolder },
  examples: [
    { line: "pps quarantine delete 4:2:6 --folder Phish --yes", purpose: "Delete one message without being asked" },
    {
      line: "pps quarantine list --sender '*@evil.example' --all-folders --limit all --jsonl | pps quarantine delete - --yes",
      purpose: "Delete all that is held of one domain",
    },
  ],
  *run(input, context) {
    const targets = readTargets(input.localGuids, input.folder, context.folders);
    const { folder, notes } = readDestination(targets, input.deletedFolder, "deletedFolder", context);
    return yield* actOnAll(targets, deleteAction(folder), context, notes);
  },
});

function optional(key: string, value: string | undefined): { [key: string]: Json } {
  return value === undefined ? {} : { [key]: value };
}
