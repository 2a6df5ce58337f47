import { unzipSync } from "fflate";
import { beforeAll, describe, expect, test } from "vitest";
import type { Files } from "../../src/hosts/secops/build/archive.ts";
import { buildOnce } from "./rules/pack.ts";
import { playbookActionRules } from "./rules/playbook-action-rules.ts";
import { playbookFileRules } from "./rules/playbook-file-rules.ts";
import {
  fieldsOf,
  nameOf,
  type PlaybookForms,
  playbookZip,
  readPlaybooks,
  setParameter,
} from "./rules/playbook-forms.ts";
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
      .filter(
        (step) => /_(Add|Delete|Release|Respond|Update)/.test(step.action_name) && fieldsOf(step)["Dry Run"] !== "true",
      )
      .map(({ instance_name, is_automatic }) => `${instance_name}: ${is_automatic ? "behind a question" : "by hand"}`),
  );
  expect(changing).toEqual([
    "Delete Quarantine And Block In Both: behind a question",
    "Delete Phish And Block In Both: behind a question",
    "Block The Sender In Both: behind a question",
    "Delete Quarantine Only In Both: behind a question",
    "Delete Phish Only In Both: behind a question",
    "Delete Quarantine And Block In Quarantine: behind a question",
    "Block The Sender In Quarantine: behind a question",
    "Delete Quarantine Only In Quarantine: behind a question",
    "Delete Phish And Block In Phish: behind a question",
    "Block The Sender In Phish: behind a question",
    "Delete Phish Only In Phish: behind a question",
    "Release And Trust: behind a question",
    "Release Without Trust: behind a question",
    "Block After Approval: by hand",
  ]);
});

test("a message is released by exactly what was checked, but for whom the answer has trust", () => {
  const { steps } = playbooks.pps_false_positive_release as PlaybookForms;
  const checked = steps.filter(({ action_name }) => action_name.endsWith("_Respond to False Positive"));
  expect(checked.map(nameOf)).toEqual(["Check The Message", "Release And Trust", "Release Without Trust"]);
  const [check, trusting, alone] = checked.map(fieldsOf);
  expect(trusting).toEqual({ ...check, "Dry Run": "false" });
  expect(alone).toEqual({ ...check, "Dry Run": "false", "Safelist Sender": "None" });
  expect(check).toMatchObject({ "Dry Run": "true", "Release DLP Message": "false", "Release Others": "false" });
});

test.each(["false", "", "[Event.event_dry_run]", "True"])(
  "a check with Dry Run set to %o counts as one that needs a person's word",
  (word) => {
    const forms = structuredClone(playbooks.pps_false_positive_release as PlaybookForms);
    const check = forms.steps.find((step) => nameOf(step) === "Check The Message");
    setParameter(check, "ScriptParametersEntityFields", JSON.stringify({ ...fieldsOf(check), "Dry Run": word }));
    const approved = playbookWayRules.find(({ says }) => says.startsWith("whatever changes something waits"));
    expect(approved?.check(forms)).toEqual(["Check The Message"]);
  },
);
