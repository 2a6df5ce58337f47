import { contextOf, inputOf, type Reference, type Task } from "./playbook.ts";
import { outcomesOf, summaryName } from "./summary.ts";

/** How the playbook came to the message. */
type Origin = "named" | "found";

const command = "proofpoint-pps-respond-false-positive";
const checks = "Proofpoint.ResponseSummary.checks";

/** What the check is called. */
export function checkName(origin: Origin): string {
  return `Check the message ${origin}`;
}

/** What the release is called. */
export function releaseName(origin: Origin): string {
  return `Release the message ${origin}`;
}

/** The same for the check and the release, so that what was checked is what is released. */
function argumentsFor(guid: string | Reference): Readonly<Record<string, string | Reference>> {
  return {
    guid,
    start_time: inputOf("StartTime"),
    deleted_folder: inputOf("DeletedFolder"),
    scan: inputOf("Scan"),
    dlp: inputOf("ReleaseDLP"),
    safelist: inputOf("SafelistSender"),
  };
}

/** Three tasks, one below the other: has the message checked, shows what came of it, and goes on where a release is planned. */
export function checkMessage(
  origin: Origin,
  guid: string | Reference,
  planned: string,
  [column, row]: Task["at"],
): Task[] {
  const show = `Show what was checked of the message ${origin}`;
  const decide = `Is the release of the message ${origin} planned?`;
  return [
    {
      name: checkName(origin),
      description:
        "Has viruses, DLP rules, earlier releases and lists looked at, and tells what would be done; changes nothing.",
      work: {
        kind: "command",
        command,
        arguments: { ...argumentsFor(guid), dry_run: "true" },
        isOptional: true,
      },
      // A refusal is told as an error, with its checks beside it.
      next: { "#none#": show, "#error#": show },
      at: [column, row],
    },
    {
      name: show,
      description: "Prints what was checked and what would be done, as a note.",
      work: {
        kind: "script",
        script: "Print",
        arguments: {
          value: [
            "### Checked before a release",
            `- Message: ${contextOf("Proofpoint.ResponseSummary.message.guid")}, in folder: ${contextOf("Proofpoint.ResponseSummary.message.folder")}`,
            `- Speaks against it: ${outcomesOf(checks, 'val.state == "stop"', "detail")}`,
            `- To be known: ${outcomesOf(checks, 'val.state == "warn"', "detail")}`,
            `- In order: ${outcomesOf(checks, 'val.state == "ok"', "name")}`,
            `- Would be done: ${outcomesOf("Proofpoint.Response", 'val.outcome == "planned"', "action")}`,
            `- Notes: ${contextOf("Proofpoint.ResponseSummary.notes")}`,
            "",
            "The tables of the check show sender, recipients and subject. Where no check is named here, the check itself failed: its error says why.",
          ].join("\n"),
        },
        isKept: true,
      },
      next: { "#none#": decide },
      at: [column, row + 1],
    },
    {
      name: decide,
      description: "Checks whether anything is left to agree to: what is refused or was released before is not.",
      work: {
        kind: "decision",
        tests: [
          {
            left: {
              root: "Proofpoint.Response",
              where: [
                ["Proofpoint.Response.outcome", "planned"],
                ["Proofpoint.Response.action", "release"],
              ],
              accessor: "action",
            },
            operator: "isNotEmpty",
          },
        ],
      },
      next: { yes: planned, "#default#": summaryName },
      at: [column, row + 2],
    },
  ];
}

/** Checks the message once more, and delivers it where nothing has come in between. */
export function releaseMessage(origin: Origin, guid: string | Reference, at: Task["at"]): Task {
  return {
    name: releaseName(origin),
    description:
      "Checks the message again and delivers it, puts it into the folder for deleted mail, so that no repeat delivers it, and trusts its sender where that is asked for.",
    work: { kind: "command", command, arguments: argumentsFor(guid), isOptional: true },
    next: { "#none#": summaryName, "#error#": summaryName },
    at,
  };
}
