import { secopsActions } from "../catalogue/actions.ts";
import { packageFacts } from "./package-facts.ts";

interface Note {
  item: string;
  kind: "Integration" | "Action";
  text: string;
  isNew: boolean;
}

interface Release {
  /** In steps of 1.0: the platform offers an update only for a higher number. */
  version: number;
  /** Midnight UTC. */
  day: string;
  notes: readonly Note[];
}

/** What changed in each version, oldest first. */
export const releases: readonly Release[] = [
  {
    version: 1,
    day: "2026-11-21",
    notes: [
      {
        item: packageFacts.name,
        kind: "Integration",
        text: "First version. It needs the action server of proofpoint-ps, or Node on the machine of a Remote Agent.",
        isNew: true,
      },
      ...secopsActions.map(({ name, description }) => ({
        item: name,
        kind: "Action" as const,
        text: description,
        isNew: true,
      })),
    ],
  },
];

/** The package's version: that of the last release. */
export const packageVersion: number = releases.at(-1)?.version ?? 1;

/** As `pyproject.toml` and the requests of the bridge have it. */
export const packageVersionText = packageVersion.toFixed(1);

/** `release_notes.yaml` of the source tree. */
export function releaseNotesSource(): object[] {
  return releases.flatMap(({ version, day, notes }) =>
    notes.map(({ item, kind, text, isNew }) => ({
      description: text,
      version,
      item_name: item,
      item_type: kind,
      publish_time: day,
      new: isNew,
      regressive: false,
      deprecated: false,
      removed: false,
    })),
  );
}

/** `RN.json` of the built package; times in seconds. */
export function releaseNotesBuilt(): object[] {
  return releases.flatMap(({ version, day, notes }) =>
    notes.map(({ item, kind, text, isNew }) => ({
      ChangeDescription: text,
      IntroducedInIntegrationVersion: version,
      ItemName: item,
      ItemType: kind,
      New: isNew,
      Regressive: false,
      Deprecated: false,
      Removed: false,
      TicketNumber: "",
      PublishTime: Date.parse(day) / 1000,
    })),
  );
}

/** The release notes in `fulldetails`; times in milliseconds. */
export function releaseNotesDetails(): object[] {
  return releases.map(({ version, day, notes }) => ({
    Version: version,
    Items: notes.map(({ text }) => text),
    PublishTimeUnixTime: Date.parse(day),
  }));
}
