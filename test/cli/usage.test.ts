import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { commands } from "../../src/commands/index.ts";
import { commandLine } from "../../src/hosts/cli/catalogue/command-words.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { nobody } from "./nobody.ts";
import { run } from "./terminal.ts";

// Whatever gets past the command line's own checks fails with code 7.
const env = nobody();

test("the version is one line on stdout", async () => {
  const { exitCode, stdout, stderr } = await run(["--version"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
});

test("without a command the help goes to stderr with the code for bad usage", async () => {
  const { exitCode, stdout, stderr } = await run([]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("Usage: pps");
});

test.each(commands.map((command) => [commandLine(command.name)]))("the help of %s says all it takes", async (line) => {
  const { exitCode, stdout, stderr } = await run([...line.split(" ").slice(1), "--help"]);
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  await expect(stdout).toMatchFileSnapshot(`help/${line.replaceAll(" ", "-")}.txt`);
});

test("help shows the same as --help, and knows what there is", async () => {
  const { exitCode, stdout } = await run(["help", "quarantine", "list"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: (await run(["quarantine", "list", "--help"])).stdout });
  const unknown = await run(["help", "quarantine", "lst"]);
  expect(unknown).toMatchObject({ exitCode: 2, stdout: "" });
  expect(unknown.stderr).toContain("list");
});

test.each([["quarantine"], ["config"], ["simulator"]])(
  "the help of the group %s is all in one voice",
  async (group) => {
    const { stdout } = await run([group, "--help"]);
    expect(stdout).toMatch(/^ {2}help \[command(\.\.\.)?\] +Show the help of a command$/m);
    expect(stdout).not.toContain("display help");
  },
);

test("the help of the program lists every command", async () => {
  const { stdout } = await run(["--help"]);
  await expect(stdout).toMatchFileSnapshot("help/pps.txt");
});

test.each([
  ["an unknown command", ["quarantne"], "pps: unknown command 'quarantne'.\nhint: Did you mean quarantine?\n"],
  ["an unknown verb", ["quarantine", "lst"], "pps: unknown command 'lst'.\nhint: Did you mean list?\n"],
  [
    "an unknown option",
    ["quarantine", "list", "--sendr", "x"],
    "pps: unknown option '--sendr'.\nhint: Did you mean --sender?\n",
  ],
  ["an option of no command", ["simulator", "--gremlins"], "pps: unknown option '--gremlins'.\n"],
  [
    "an id that looks like an option",
    ["quarantine", "release", "-m4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f"],
    "pps: unknown option '-m4rT7_yJ2wLx0Zc9VbN-pEa5sKdHu3f'.\nhint: What begins with - but is no option is written after --.\n",
  ],
  [
    "two forms of output",
    ["quarantine", "list", "--sender", "*", "--json", "--csv"],
    `{"error":{"code":"bad_input","message":"option '--json' cannot be used with option '--csv'."}}\n`,
  ],
  [
    "a missing search field",
    ["quarantine", "list"],
    /^pps: At least one of .* --sender, --recipient, --subject, --message-id, --guid\.\n/,
  ],
  ["a missing id", ["quarantine", "release"], /^pps: LOCALGUID is missing: /],
  ["a bad time", ["quarantine", "list", "--sender", "*", "--since", "3/4/2026"], /^pps: --since is not a time/],
  ["a bad number", ["quarantine", "list", "--sender", "*", "--limit", "0"], /^pps: --limit takes a whole number/],
  ["a bad timeout", ["ping", "--timeout", "soon"], /^pps: --timeout takes seconds/],
  ["an unknown column", ["quarantine", "list", "--sender", "*", "--columns", "sendr"], /^pps: --columns does not know/],
  ["a control character", ["quarantine", "list", "--subject", "a\u001bb"], /^pps: --subject holds a control character/],
])("%s is refused with code 2 before anything is sent", async (_what, args, told) => {
  const { exitCode, stdout, stderr } = await run(args, { env });
  if (typeof told === "string") expect(stderr).toBe(told);
  else expect(stderr).toMatch(told);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
});

test("without an address the settings that lack are named", async () => {
  const { exitCode, stderr } = await run(["ping"]);
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/^pps: url is missing\.\nhint: .*PPS_URL/);
});

test("a flag given before the command counts, and the one after it wins", async () => {
  const both = ["--url", "before://pps.example", "ping", "--url", "after://pps.example"];
  expect((await run(both.slice(0, 3))).stderr).toContain("before://");
  expect((await run(both)).stderr).toContain("after://");
});

test("a destructive command is refused where nobody can be asked", async () => {
  const args = ["quarantine", "delete", "4:2:6", "4:2:7", "--folder", "Phish"];
  const { exitCode, stdout, stderr } = await run(args, { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toBe(
    "pps: Not done without --yes, since nobody can be asked: Delete Messages: 2 messages, --folder Phish.\n" +
      "hint: Give --yes to go ahead, or --dry-run to see what would be sent.\n",
  );
});

test("the question names how many messages of which folders were piped in", async () => {
  const input = [
    '{"localGuid":"1","folder":"Phish"}',
    '{"localGuid":"2","folder":"Spam"}',
    '{"localGuid":"3","folder":"Spam\\u001b[2J"}',
  ].join("\n");
  const { exitCode, stderr } = await run(["quarantine", "delete", "-"], { env, input });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("Delete Messages: 3 messages (1 in Phish, 1 in Spam, 1 in Spam\\u{1b}[2J).");
});

test("standard input that is a terminal is not waited for", async () => {
  const { exitCode, stderr } = await run(["quarantine", "release", "-"], { env, columns: 80, typed: "" });
  expect(exitCode).toBe(2);
  expect(stderr).toContain("- reads from standard input, which is a terminal.");
});

test("an empty pipe means nothing to do", async () => {
  const { exitCode, stdout, stderr } = await run(["quarantine", "release", "-"], { env, input: "\n" });
  expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: "" });
  expect(stderr).toBe("Standard input held no items; nothing to do.\n");
});

test("an unreachable address gives code 7, as JSON on stderr when JSON was asked for", async () => {
  const { exitCode, stdout, stderr } = await run(["ping", "--json"], { env });
  expect({ exitCode, stdout }).toEqual({ exitCode: 7, stdout: "" });
  expect(JSON.parse(stderr)).toMatchObject({ error: { code: "unreachable" } });
  expect(stderr).not.toContain("secret");
});

test("the catalogue is complete in JSON", async () => {
  const { stdout } = await run(["commands", "--json"]);
  const { commands: listed } = JSON.parse(stdout) as { commands: { name: string; input: object }[] };
  expect(listed.map(({ name }) => name)).toEqual(commands.map(({ name }) => name));
  for (const { input } of listed) expect(input).toMatchObject({ type: "object", additionalProperties: false });
});

test("every example of the catalogue is a command line that is understood", async () => {
  const cwd = temporaryDirectory();
  for (const { examples } of commands) {
    for (const { line } of examples) {
      // What stands before a pipe or a redirection is one command line of ours.
      const words = splitWords(line.split(/ [|>] /)[0] ?? "");
      for (const word of words.filter((each) => /\.(csv|json|txt|eml)$/.test(each))) {
        writeFileSync(join(cwd, word.replace(/^@/, "")), "{}");
      }
      const { stderr } = await run(words.slice(1), { cwd });
      expect(`${line}: ${stderr}`).toMatch(/url is missing\.|Not done without --yes/);
    }
  }
});

function splitWords(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(
    ([, double, single, bare]) => double ?? single ?? bare ?? "",
  );
}
