import { beforeAll, describe, expect, test } from "vitest";
import type { Files } from "../../src/hosts/xsoar/build/build.ts";
import { playbookFileName } from "../../src/hosts/xsoar/build/playbooks/playbook-readme.ts";
import { playbooks } from "../../src/hosts/xsoar/build/playbooks/playbooks.ts";
import { buildOnce, packFolder, textOf, treeOf } from "./rules/built.ts";
import { playbookRules } from "./rules/playbook-rules.ts";
import type { Tree } from "./rules/rule.ts";

let files: Files;

beforeAll(async () => {
  files = await buildOnce();
});

describe.each(playbooks.map((playbook) => [playbook.name, playbookFileName(playbook)]))("%s", (_, name) => {
  const path = `${packFolder}/Playbooks/playbook-${name}.yml`;

  test.each(playbookRules)("$code: $says", ({ check, spoil }) => {
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

test("in the phishing playbook nothing is deleted without a person's word, unless that is asked for", () => {
  const name = "Phishing_Response-Proofpoint_Protection_Server";
  const { inputs, tasks } = treeOf(files, `${packFolder}/Playbooks/playbook-${name}.yml`);
  const byName = (text: string): Tree => (Object.values(tasks) as Tree[]).find(({ task }) => task.name === text);
  const deletion = byName("Delete the messages");
  const before = (Object.values(tasks) as Tree[]).filter(({ nexttasks = {} }) =>
    (Object.values(nexttasks).flat() as string[]).includes(deletion.id),
  );
  expect(before.map(({ task }) => task.name)).toEqual(["Is approval waived?", "Should the messages be deleted?"]);
  const waiver = byName("Is approval waived?");
  // Whatever is not False asks: an empty or misspelt input must not delete.
  expect(waiver.nexttasks["#default#"]).toEqual([byName("Should the messages be deleted?").id]);
  expect(waiver.conditions).toMatchObject([
    { label: "yes", condition: [[{ operator: "isEqualString", right: { value: { simple: "False" } } }]] },
  ]);
  expect(byName("Should the messages be deleted?").nexttasks.yes).toEqual([deletion.id]);
  expect(inputs.find(({ key }: Tree) => key === "RequireApproval").value.simple).toBe("True");
});
