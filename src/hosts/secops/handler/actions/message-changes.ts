import { most } from "../../catalogue/parameters.ts";
import { refuse } from "../parameter-values.ts";
import type { Performer } from "../run.ts";
import { listFew } from "../texts.ts";
import { changeMessages } from "./change-messages.ts";

const deletedFolder = { deletedFolder: "Deleted Folder Name" };

/** Release Quarantined Message. */
export const releaseMessages: Performer = (run) => {
  const { parameters } = run;
  const brandTemplate = parameters.text("Branding Template");
  const securityPolicy = parameters.text("Security Policy");
  if ((brandTemplate === undefined) !== (securityPolicy === undefined)) {
    const [missing, given] =
      brandTemplate === undefined ? ["Branding Template", "Security Policy"] : ["Security Policy", "Branding Template"];
    throw refuse(missing, `is missing; an encrypted release needs it beside ${given}.`);
  }
  return changeMessages(run, {
    verb: "release",
    input: {
      deletedFolder: parameters.text("Deleted Folder Name"),
      scan: parameters.flag("Rescan Message"),
      brandTemplate,
      securityPolicy,
    },
    names: { ...deletedFolder, brandTemplate: "Branding Template", securityPolicy: "Security Policy" },
    done: (count, all) => `Release accepted for ${count} of ${all} message(s)`,
  });
};

/** Delete Quarantined Message. */
export const deleteMessages: Performer = (run) =>
  changeMessages(run, {
    verb: "delete",
    input: { deletedFolder: run.parameters.text("Deleted Folder Name") },
    names: deletedFolder,
    done: (count, all) => `Deleted ${count} of ${all} message(s)`,
  });

/** Move Quarantined Message. */
export const moveMessages: Performer = (run) => {
  const targetFolder = run.parameters.required("Target Folder Name");
  return changeMessages(run, {
    verb: "move",
    input: { targetFolder },
    names: { targetFolder: "Target Folder Name" },
    done: (count, all) => `Moved ${count} of ${all} message(s) to ${targetFolder}`,
  });
};

/** Resubmit Quarantined Message. */
export const resubmitMessages: Performer = (run) =>
  changeMessages(run, {
    verb: "resubmit",
    input: {},
    names: {},
    done: (count, all) => `Resubmission accepted for ${count} of ${all} message(s)`,
  });

/** Forward Quarantined Message. */
export const forwardMessages: Performer = (run) => {
  const { parameters } = run;
  const to = parameters.list("To Address", most.senders);
  if (to.length === 0) throw refuse("To Address", "names no address.");
  return changeMessages(run, {
    verb: "forward",
    input: {
      to,
      deletedFolder: parameters.text("Deleted Folder Name"),
      subject: parameters.text("New Subject"),
      appendOldSubject: parameters.flag("Append Old Subject"),
      from: parameters.text("From Address"),
      headerFrom: parameters.text("Header From"),
      comment: parameters.text("New Body Comment"),
    },
    names: {
      ...deletedFolder,
      to: "To Address",
      subject: "New Subject",
      from: "From Address",
      headerFrom: "Header From",
      comment: "New Body Comment",
    },
    done: (count, all) => `Forwarding to ${listFew(to)} accepted for ${count} of ${all} message(s)`,
  });
};
