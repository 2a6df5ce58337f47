import { unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import type { Files } from "../../src/hosts/secops/build/archive.ts";
import { buildOnce } from "./rules/pack.ts";
import { playbookActionRules } from "./rules/playbook-action-rules.ts";
import { playbookFileRules } from "./rules/playbook-file-rules.ts";
import { type PlaybookForms, playbookZip, readPlaybooks } from "./rules/playbook-forms.ts";
import { playbookStepRules } from "./rules/playbook-step-rules.ts";
import { playbookWayRules } from "./rules/playbook-way-rules.ts";

const names = {
  pps_phishing_response: "PPS Phishing Response",
  pps_false_positive_release: "PPS False Positive Release",
  pps_threat_hunt: "PPS Threat Hunt",
  pps_automated_blocking: "PPS Automated Blocking",
};

let files: Files;
let playbooks: Record<string, PlaybookForms>;

beforeAll(async () => {
  files = await buildOnce();
  playbooks = readPlaybooks(files);
});

describe.each(Object.entries(names))("%s", (stem, name) => {
  test.each([...playbookFileRules, ...playbookStepRules, ...playbookActionRules, ...playbookWayRules])(
    "$code: $says",
    ({ check, spoil }) => {
      const forms = structuredClone(playbooks[stem] as PlaybookForms);
      expect(forms.definition.name).toBe(name);
      expect(check(forms)).toEqual([]);
      spoil(forms);
      expect(check(forms)).not.toEqual([]);
    },
  );
});

test("the four playbooks are there, each once", () => {
  expect(Object.keys(playbooks)).toEqual(Object.keys(names));
  const ids = Object.values(playbooks).flatMap(({ definition, trigger, steps }) =>
    [definition, trigger, ...steps].map(({ identifier }) => identifier),
  );
  expect(new Set(ids).size).toBe(ids.length);
});

test("the zip holds a JSON file for each playbook, none of them in a folder", () => {
  const entries = unzipSync(playbookZip(files));
  expect(Object.keys(entries).sort()).toEqual(
    Object.values(names)
      .map((name) => `${name}.json`)
      .sort(),
  );
  for (const content of Object.values(entries)) {
    expect(JSON.parse(Buffer.from(content).toString()).Definition.Steps.length).toBeGreaterThan(4);
  }
});

test("a second build gives the same bytes", async () => {
  const again = await buildOnce();
  const own = (all: Files) => Object.entries(all).filter(([path]) => path.includes("playbooks"));
  expect(own(again)).toEqual(own(files));
});

test("a hunt changes nothing whatever is answered", () => {
  const { steps } = playbooks.pps_threat_hunt as PlaybookForms;
  const actions = steps.filter(({ integration }) => integration === "ProofpointProtectionServer");
  expect(actions.map(({ action_name }) => action_name.split("_")[1])).toEqual([
    "Get Message Trace",
    "Find Quarantined Messages",
  ]);
});

test("no playbook starts by itself what is destructive or changes a list", () => {
  const changing = Object.values(playbooks).flatMap(({ steps }) =>
    steps
      .filter(({ action_name }) => /_(Add|Delete|Release)/.test(action_name))
      .map(({ instance_name, is_automatic }) => `${instance_name}: ${is_automatic ? "behind a question" : "by hand"}`),
  );
  expect(changing).toEqual([
    "Delete Before Blocking: behind a question",
    "Block The Sender: behind a question",
    "Delete Without Blocking: behind a question",
    "Release After Approval: by hand",
    "Trust The Sender: behind a question",
    "Block After Approval: by hand",
  ]);
});
