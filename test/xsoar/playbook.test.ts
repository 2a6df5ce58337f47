import { beforeAll, describe, expect, test } from "vitest";
import type { Files } from "../../src/hosts/xsoar/build/build.ts";
import { playbookFileName } from "../../src/hosts/xsoar/build/playbooks/playbook-readme.ts";
import { playbooks } from "../../src/hosts/xsoar/build/playbooks/playbooks.ts";
import { buildOnce, packFolder, textOf, treeOf } from "./rules/built.ts";
import { playbookFlowRules } from "./rules/playbook-flow-rules.ts";
import { playbookRules } from "./rules/playbook-rules.ts";
import { playbookTaskRules } from "./rules/playbook-task-rules.ts";
import type { Tree } from "./rules/rule.ts";

let files: Files;

beforeAll(async () => {
  files = await buildOnce();
});

describe.each(playbooks.map((playbook) => [playbook.name, playbookFileName(playbook)]))("%s", (_, name) => {
  const path = `${packFolder}/Playbooks/playbook-${name}.yml`;

  test.each([...playbookRules, ...playbookTaskRules, ...playbookFlowRules])("$code: $says", ({ check, spoil }) => {
    const yml = treeOf(files, path);
    expect(check(yml)).toEqual([]);
    spoil(yml);
    expect(check(yml)).not.toEqual([]);
  });

  test("RM109, RM116: it has a README that names its commands, inputs and outputs, and a picture", () => {
    const { inputs, outputs, tasks } = treeOf(files, path);
    const readme = textOf(files, path.replace(".yml", "_README.md"));
    for (const { key } of inputs) expect(readme).toContain(`| ${key} |`);
    for (const { contextPath } of outputs) expect(readme).toContain(`| ${contextPath} |`);
    for (const { task } of Object.values(tasks) as Tree[]) {
      if (task.iscommand) expect(readme).toContain(`* ${task.script.slice(3)}\n`);
    }
    expect(readme).toContain(`](../doc_files/${name}.png)`);
    expect((files[`${packFolder}/doc_files/${name}.png`] as Buffer).subarray(1, 4).toString()).toBe("PNG");
  });
});

test("the playbook that fetches a message hands its GUID on and gives the file", () => {
  const name = "Get_Email_From_Email_Gateway-Proofpoint_PPS";
  const { inputs, outputs, tasks } = treeOf(files, `${packFolder}/Playbooks/playbook-${name}.yml`);
  expect(inputs.map(({ key }: Tree) => key)).toEqual(["MessageID"]);
  expect(outputs.map(({ contextPath }: Tree) => contextPath)).toEqual(["File"]);
  expect(tasks["2"].task.script).toBe("|||proofpoint-pps-quarantine-message-download");
  // biome-ignore lint/suspicious/noTemplateCurlyInString: XSOAR's own way to write a reference
  expect(tasks["2"].scriptarguments).toEqual({ guid: { simple: "${inputs.MessageID}" } });
});

test("no playbook bears the name of a released one", () => {
  expect(playbooks.map(({ name }) => name)).not.toContain(
    "Get Email From Email Gateway - Proofpoint Protection Server",
  );
});

function tasksNamed(file: string): (name: string) => Tree {
  const { tasks } = treeOf(files, `${packFolder}/Playbooks/playbook-${file}.yml`);
  return (text) => (Object.values(tasks) as Tree[]).find(({ task }) => task.name === text);
}

test("the playbooks that section 7 of the platform's description lists are there, under these names", () => {
  expect(playbooks.map(({ name }) => name)).toEqual([
    "Get Email From Email Gateway - Proofpoint PPS",
    "Phishing Response - Proofpoint Protection Server",
    "False Positive Release - Proofpoint Protection Server",
    "Threat Hunt - Proofpoint Protection Server",
    "Automated Blocking - Proofpoint Protection Server",
  ]);
});

test.each([
  ["quarantine", "FolderName"],
  ["the folder for phish", "PhishFolderName"],
])(
  "in the phishing playbook nothing is deleted from %s without a person's word, unless that is asked for",
  (place, folder) => {
    const byName = tasksNamed("Phishing_Response-Proofpoint_Protection_Server");
    const removal = byName(`Delete the messages from ${place}`);
    const question = byName(`Should the messages found in ${place} be deleted?`);
    // Whatever is not False asks: an empty or misspelt input must not delete.
    expect(byName(`Is approval to delete from ${place} waived?`).nexttasks).toEqual({
      yes: [removal.id],
      "#default#": [question.id],
    });
    expect(question.nexttasks.yes).toEqual([removal.id]);
    // Exactly what the search of that folder found is deleted.
    const { local_guid: ids, folder_name: named } = removal.scriptarguments;
    expect(named).toEqual({ simple: `\${inputs.${folder}}` });
    expect(ids.complex).toMatchObject({ root: "Proofpoint.QuarantinedMessage", accessor: "localguid" });
    expect(ids.complex.filters).toMatchObject([
      [
        {
          left: { value: { simple: "Proofpoint.QuarantinedMessage.folder" } },
          right: { value: { simple: `inputs.${folder}` }, iscontext: true },
        },
      ],
    ]);
  },
);

test.each([
  ["another word", "No", undefined],
  ["another spelling", "false", undefined],
  ["whatever the case", "False", true],
])("a waiver by %s is none", (_, word, ignorecase) => {
  const yml = treeOf(files, `${packFolder}/Playbooks/playbook-Phishing_Response-Proofpoint_Protection_Server.yml`);
  const waivers = (Object.values(yml.tasks) as Tree[]).filter(({ task }) => /waived/.test(task.name));
  for (const { conditions } of waivers) {
    Object.assign(conditions[0].condition[0][0], { right: { value: { simple: word } }, ignorecase });
  }
  expect(waivers).toHaveLength(3);
  const approved = playbookFlowRules.find(({ says }) => says.startsWith("nothing is changed on any way"));
  expect(approved?.check(yml)).toEqual(
    (Object.values(yml.tasks) as Tree[])
      .filter(({ task }) => /^(Delete the messages from|Block the sender$)/.test(task.name))
      .map(({ id }) => `task ${id}`),
  );
});

const releaseFile = "False_Positive_Release-Proofpoint_Protection_Server";

test("a message that was only searched for is released on a person's word alone", () => {
  const byName = tasksNamed(releaseFile);
  const before = ["Should the message found be released as planned?"].map((name) => byName(name));
  const release = byName("Release the message found");
  for (const task of before) {
    expect(task.conditions).toBeUndefined();
    expect(task.nexttasks.yes).toEqual([release.id]);
  }
  const { tasks } = treeOf(files, `${packFolder}/Playbooks/playbook-${releaseFile}.yml`);
  const leading = (Object.values(tasks) as Tree[]).filter(({ nexttasks = {} }) =>
    (Object.values(nexttasks).flat() as string[]).includes(release.id),
  );
  expect(leading).toEqual(before);
});

test.each(["named", "found"])(
  "the message %s is released by exactly what was checked, and by the checked command",
  (origin) => {
    const byName = tasksNamed(releaseFile);
    const check = byName(`Check the message ${origin}`);
    const release = byName(`Release the message ${origin}`);
    expect(release.task.script).toBe("|||proofpoint-pps-respond-false-positive");
    expect(check.task.script).toBe(release.task.script);
    expect(check.scriptarguments).toEqual({ ...release.scriptarguments, dry_run: { simple: "true" } });
  },
);

test("a check that an input could turn into a release counts as one that needs a person's word", () => {
  const path = `${packFolder}/Playbooks/playbook-${releaseFile}.yml`;
  const approved = playbookFlowRules.find(({ says }) => says.startsWith("nothing is changed on any way"));
  // biome-ignore lint/suspicious/noTemplateCurlyInString: XSOAR's own way to write a reference
  for (const word of [{ simple: "false" }, { simple: "${inputs.DryRun}" }, undefined]) {
    const yml = treeOf(files, path);
    const checks = (Object.values(yml.tasks) as Tree[]).filter(({ task }) => /^Check the/.test(task.name));
    for (const check of checks) check.scriptarguments.dry_run = word;
    expect(checks).toHaveLength(2);
    expect(approved?.check(yml)).toEqual(expect.arrayContaining(checks.map(({ id }) => `task ${id}`)));
  }
});

test("a hunt changes nothing, and does not search for everything where nothing was given", () => {
  const byName = tasksNamed("Threat_Hunt-Proofpoint_Protection_Server");
  const gate = byName("Is there anything to hunt for?");
  expect(gate.conditions[0].condition).toHaveLength(1);
  expect(gate.conditions[0].condition[0]).toHaveLength(5);
  expect(gate.nexttasks["#default#"]).toEqual([byName("Done").id]);
});

test("what could not be blocked is collected on a way of its own", () => {
  const byName = tasksNamed("Automated_Blocking-Proofpoint_Protection_Server");
  const block = byName("Block the senders");
  expect(block.continueonerrortype).toBe("errorPath");
  expect(block.nexttasks["#error#"]).toEqual([byName("Collect what failed").id]);
  expect(byName("Collect what failed").scriptarguments.value.simple).toContain(
    // biome-ignore lint/suspicious/noTemplateCurlyInString: XSOAR's own way to write a reference
    '${Proofpoint.SenderListChange(!(val.outcome == "done" || val.outcome == "accepted" || val.outcome == "unchanged")).entry}',
  );
});
