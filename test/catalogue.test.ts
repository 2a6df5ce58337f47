import type { Command as CommanderCommand } from "commander";
import { describe, expect, test } from "vitest";
import { createPps, type PpsOptions } from "../src/client/index.ts";
import { areaOf, areaTitles, commands, defaultFolders, findCommand } from "../src/commands/index.ts";
import type { Access, Command } from "../src/core/command.ts";
import type { Field } from "../src/core/fields.ts";
import { readInput } from "../src/core/read-input.ts";
import type { Ask } from "../src/core/steps.ts";
import { commandWords } from "../src/hosts/cli/catalogue/command-words.ts";
import type { CliContext } from "../src/hosts/cli/context.ts";
import { createProgram } from "../src/hosts/cli/program.ts";
import {
  type ProfileName,
  type Simulator,
  defaultFolders as simulatorFolders,
  startSimulator,
} from "../src/simulator/index.ts";
import { execute } from "./model/execute.ts";
import { createMailSystem, type Fate } from "./model/mail-system.ts";

/** Argument names of the commands' counterparts in the public Cortex XSOAR integration "Proofpoint Protection Server v2". */
const xsoarArguments: Record<string, string[]> = {
  "trace.search": [
    ...["action", "start_time", "end_time", "virus", "sender", "recipient", "attachment", "queue_id", "host", "sid"],
    ...["subject", "guid", "message_id"],
  ],
  "quarantine.list": ["from", "to", "subject", "start_time", "end_time", "folder_name", "guid"],
  "quarantine.release": ["folder_name", "local_guid", "deleted_folder", "scan", "brand_template", "security_policy"],
  "quarantine.resubmit": ["folder_name", "local_guid"],
  "quarantine.forward": [
    ...["folder_name", "local_guid", "deleted_folder", "subject", "append_old_subject", "from", "header_from", "to"],
    "comment",
  ],
  "quarantine.move": ["folder_name", "local_guid", "target_folder"],
  "quarantine.delete": ["folder_name", "local_guid", "deleted_folder"],
  "quarantine.download": ["guid"],
  "users.get": ["email", "uid"],
  "users.create": ["email", "fields", "attributes"],
  "users.modify": ["email", "uid", "fields", "attributes"],
  "users.delete": ["email", "uid"],
};

const verbs = [
  "ping",
  "list",
  "folders",
  "download",
  "release",
  "resubmit",
  "forward",
  "move",
  "delete",
  "show",
  "search",
  "get",
  "create",
  "modify",
  "add",
  "remove",
  "sync",
  "phishing",
  "false-positive",
  "hunt",
  "feed",
];

/** Commands that know what they would destroy only once they have looked. */
const planning = /\.(sync|feed|phishing)$/;

/** Which right the commands of an area need, where it is not the quarantine's. */
const accessOfArea: Record<string, Access> = {
  trace: "pss",
  users: "enduser",
  blocklist: "Threat Protection",
  safelist: "Threat Protection",
};

function fieldsOf(command: Command): [name: string, field: Field][] {
  return Object.entries(command.fields);
}

function xsoarName(name: string, field: Field): string {
  return field.xsoar ?? name.replace(/[A-Z]/g, (capital) => `_${capital.toLowerCase()}`);
}

/** A full phrase: begins with a capital or a name in lower case that is a value, ends in one full stop. */
const phrase = /^[A-Za-z*].*[^.\s]\.$/s;

test("command names are unique and found", () => {
  const names = commands.map((command) => command.name);
  expect(new Set(names).size).toBe(names.length);
  for (const name of names) expect(findCommand(name)?.name).toBe(name);
  expect(findCommand("toString")).toBeUndefined();
});

test("every area has a title, and no title is without commands", () => {
  const areas = commands.flatMap(({ name }) => {
    const words = areaOf(name).split(".");
    return words.map((_word, index) => words.slice(0, index + 1).join("."));
  });
  expect(Object.keys(areaTitles).sort()).toEqual([...new Set(areas)].sort());
});

test("titles are unique", () => {
  expect(new Set(commands.map((command) => command.title)).size).toBe(commands.length);
});

describe.each(commands.map((command) => [command.name, command] as const))("%s", (name, command) => {
  test("is named verb, area.verb or area.part.verb, by a verb that means one thing", () => {
    expect(name).toMatch(/^[a-z]+(\.[a-z]+(-[a-z]+)?){0,2}$/);
    expect(verbs).toContain(name.split(".").at(-1));
  });

  test("has a short capitalised title and a description in full sentences", () => {
    expect(command.title).toMatch(/^[A-Z][a-z]+( [A-Za-z][a-z]+){1,3}$/);
    expect(command.description).toMatch(phrase);
    expect(command.description).toMatch(/^[A-Z]/);
  });

  test("states its effect, and only a deletion or what removes all that is not named destroys", () => {
    expect(["read", "change", "destroy"]).toContain(command.effect);
    expect(command.effect === "destroy").toBe(name.endsWith(".delete") || planning.test(name));
  });

  test("shows a plan where the input does not tell what will be destroyed", () => {
    expect(command.showsPlan === true).toBe(planning.test(name));
  });

  test("says what lets it in", () => {
    expect(command.access).toBe(accessOfArea[name.split(".")[0] ?? ""] ?? "Quarantine");
  });

  test.each(fieldsOf(command))("describes the field %s in a full phrase", (_field, field) => {
    expect(field.description).toMatch(phrase);
    expect(field.description).toMatch(/^[A-Z]/);
  });

  test("bounds every text, pattern, list and integer", () => {
    for (const [, field] of fieldsOf(command)) {
      if ("maxLength" in field) expect(field.maxLength).toBeGreaterThan(0);
      if (field.kind === "text" || field.kind === "pattern") expect(field.maxLength).toBeLessThanOrEqual(10_000);
      if (field.kind === "object") expect(field.maxLength).toBeLessThanOrEqual(1_000_000);
      if (field.kind === "file") expect(field.maxLength).toBeLessThanOrEqual(10_000_000);
      if (field.kind === "list") expect(field.maxItems).toBeLessThanOrEqual(100_000);
      if (field.kind === "integer") expect(field.max).toBeGreaterThan(field.min);
      if (field.kind === "choice") expect(field.values.length).toBeGreaterThan(1);
    }
  });

  test("names its fields in camel case, and each by another name in XSOAR", () => {
    for (const [field] of fieldsOf(command)) expect(field).toMatch(/^[a-z]+([A-Z][a-z]+)*$/);
    const names = fieldsOf(command).map(([field, description]) => xsoarName(field, description));
    expect(new Set(names).size).toBe(names.length);
  });

  test("reads its own defaults and examples", () => {
    for (const [field, description] of fieldsOf(command)) {
      const only = { name, fields: { [field]: { ...description, required: false } }, rules: [] };
      for (const written of [description.default, description.example]) {
        if (written !== undefined)
          expect(() => readInput(only, { [field]: written }, { now: Date.now() })).not.toThrow();
      }
    }
  });

  test("takes every argument of its XSOAR counterpart under its name", () => {
    const names = fieldsOf(command).map(([field, description]) => xsoarName(field, description));
    expect(names).toEqual(expect.arrayContaining(xsoarArguments[name] ?? []));
  });

  test("describes every output once", () => {
    for (const output of command.outputs) expect(output.description).toMatch(phrase);
    const names = command.outputs.map((output) => output.name);
    expect(new Set(names).size).toBe(names.length);
  });

  test("shows columns that are outputs", () => {
    expect(command.columns.length).toBeGreaterThan(0);
    expect(new Set(command.columns).size).toBe(command.columns.length);
    expect(command.outputs.map((output) => output.name)).toEqual(expect.arrayContaining([...command.columns]));
  });

  test("names its list in the plural, beside nothing of the same name", () => {
    if (command.list !== undefined) expect(command.list).toMatch(/^[a-z]+s$/);
  });

  test("has examples, each with a purpose", () => {
    expect(command.examples.length).toBeGreaterThan(0);
    for (const example of command.examples) expect(example.purpose).toMatch(/^[A-Z].*[^.]$/);
  });
});

test("the counterparts of all twelve commands of the XSOAR integration are there", () => {
  expect(commands.map((command) => command.name)).toEqual(expect.arrayContaining(Object.keys(xsoarArguments)));
});

/** Splits a command line as a shell does, for the quotes, pipes and redirections our examples use. */
function splitLine(line: string): string[][] {
  const parts: string[][] = [[]];
  for (const [word, double, single] of line.matchAll(/"([^"]*)"|'([^']*)'|\S+/g)) {
    if (word === "|") parts.push([]);
    else parts.at(-1)?.push(double ?? single ?? word);
  }
  return parts.map((words) => (words.includes(">") ? words.slice(0, words.indexOf(">")) : words));
}

const examples = commands.flatMap((command) => command.examples.map(({ line }) => [command.name, line] as const));

test.each(examples)("the example of %s runs its command with flags that exist: %s", async (name, line) => {
  const named: string[] = [];
  for (const [pps, ...words] of splitLine(line)) {
    expect(pps).toBe("pps");
    const program = await createProgram(
      { args: words, env: {}, stdout: {}, stderr: {} } as unknown as CliContext,
      () => {},
    );
    let ran: string[] | undefined;
    replaceActions(program, (path) => {
      ran = path;
    });
    await program.parseAsync(words, { from: "user" });
    expect(ran).toBeDefined();
    named.push((ran ?? []).join(" "));
  }
  const known = commands.map((command) => commandWords(command.name).join(" "));
  expect(named).toContain(commandWords(name).join(" "));
  expect(known).toEqual(expect.arrayContaining(named));
});

/** Lets every command only say that it was chosen; commander still judges the arguments and flags. */
function replaceActions(command: CommanderCommand, chosen: (path: string[]) => void, path: string[] = []): void {
  command.exitOverride();
  if (command.commands.length === 0) command.action(() => chosen(path));
  for (const child of command.commands) replaceActions(child as CommanderCommand, chosen, [...path, child.name()]);
}

/** Something for every field that some command takes. */
const anything: Record<string, unknown> = {
  sender: "*",
  guid: "g",
  folder: "Quarantine",
  localGuids: "1:1:1",
  to: "soc@example.com",
  targetFolder: "Audit",
  entries: ["billing@evil.example", "new@evil.example"],
  file: "billing@evil.example\nnew@evil.example\n",
  email: "ann@example.com",
  lastName: "Smith",
  aliases: "smith@example.com",
  safelist: "partner.example",
  blocklist: "evil.example",
};

const user = "ann@example.com";

/** Calls that do something: of lists that may be the organisation's or a user's, one of each. */
function inputsFor({ fields }: Command): Record<string, unknown>[] {
  // A field of the same name may be a choice elsewhere, which takes its own words alone.
  const takes = (field: string) => field in fields && fields[field]?.kind !== "choice";
  const input = Object.fromEntries(Object.entries(anything).filter(([field]) => takes(field)));
  if (fields.user === undefined) return [input];
  return fields.user.required ? [{ ...input, user }] : [input, { ...input, user }];
}

/** What the model has for commands that are about no mail: one user, who is like the organisation's own lists. */
function answerElsewhere({ path, service }: Ask): Fate {
  const entry = { attribute: "$from", operator: "equal", value: "billing@evil.example", comment: "" };
  if (service === "threat-protection") return { text: JSON.stringify({ entries: [entry] }) };
  const profile = { uid: "ann", email: user, blocklist: [entry.value], safelist: [entry.value] };
  return path.startsWith("/enduser/") ? { text: JSON.stringify(profile) } : undefined;
}

const calls = commands.flatMap((command) => inputsFor(command).map((input) => [command.name, input, command] as const));

test.each(calls)("%s %j asks for nothing but what its effect says", (_name, input, command) => {
  const system = createMailSystem({ fate: answerElsewhere });
  const threatProtection = { clusterId: "lab", missing: [] };
  try {
    execute(command, input, system, { now: Date.UTC(2026, 2, 4), threatProtection });
  } catch (error) {
    expect(error).toMatchObject({ code: "not_found" });
  }
  expect(system.asked.length).toBeGreaterThan(0);
  for (const { method, effect } of system.asked) expect(effect).toBe(method === "GET" ? "read" : command.effect);
});

function someValue(field: Field): unknown {
  if (field.kind === "flag") return true;
  if (field.kind === "choice") return field.values[0];
  return field.example ?? { time: "now", integer: 5 }[field.kind as string] ?? "text";
}

test("the simulator has the very folders that the client takes for granted", () => {
  const sorted = (folders: readonly { name: string; moduleType: string }[]) =>
    folders.map(({ name, moduleType }) => `${name}:${moduleType}`).sort();
  expect(sorted(simulatorFolders)).toEqual(sorted(defaultFolders));
});

test.each<ProfileName>(["onprem", "pod"])(
  "the simulator of profile %s knows every route, parameter and field that the commands use",
  async (profile) => {
    const reported: string[] = [];
    const simulator = await startSimulator({
      profile,
      quirks: { "cloud-lists": "present", "cloud-call-limit": "none" },
      report: (line) => reported.push(line),
    });
    const pps = createPps({ ...connectionOf(simulator), cloudCallsPerMinute: 600 });
    try {
      for (const command of commands) {
        const everything = fieldsOf(command).map(
          ([name, field]) => [name, anything[name] ?? someValue(field)] as const,
        );
        const refusal = expect.not.objectContaining({ code: "bad_input" });
        for (const input of inputsFor(command)) {
          await pps.execute(command, input).catch((error: unknown) => expect(error).toEqual(refusal));
        }
        const told = expect.objectContaining({ name: "PpsError" });
        await pps
          .execute(command, Object.fromEntries(everything))
          .catch((error: unknown) => expect(error).toEqual(told));
      }
      expect(reported).toEqual([]);
    } finally {
      await pps.close();
      await simulator.stop();
    }
  },
);

function connectionOf({
  api,
  username,
  password,
  ca,
  cloud,
  clientId,
  clientSecret,
  clusterId,
}: Simulator): PpsOptions {
  return {
    url: api,
    username,
    password,
    ca,
    cloudUrl: cloud,
    cloudTokenUrl: `${cloud}/v1/token`,
    cloudClientId: clientId,
    cloudClientSecret: clientSecret,
    cloudClusterId: clusterId,
  };
}
