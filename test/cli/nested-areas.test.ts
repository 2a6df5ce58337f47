import { expect, test } from "vitest";
import { makeCommands } from "./made-commands.ts";
import { run } from "./terminal.ts";

const { commands } = makeCommands();

test("an area within an area lists its commands", async () => {
  const { exitCode, stdout } = await run(["users", "blocklist", "--help"], { commands });
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^Usage: pps users blocklist /);
  expect(stdout).toMatch(/^ {2}add \[options\] \[ENTRY\.\.\.\] +Add Made Entries$/m);
  expect(stdout).toMatch(/^ {2}help \[command\.\.\.\] +Show the help of a command$/m);
});

test("an area lists the areas within it", async () => {
  const { stdout } = await run(["users", "--help"], { commands });
  expect(stdout).toMatch(/^ {2}blocklist\b/m);
});

test("the program groups what is about senders and users by itself", async () => {
  const { stdout } = await run(["--help"], { commands });
  expect(stdout).toMatch(/^Senders and users:\n {2}users.*\n {2}blocklist/m);
});

test.each([[["help", "users", "blocklist", "add"]], [["users", "help", "blocklist", "add"]]])(
  "%j shows the same as --help",
  async (args) => {
    const { exitCode, stdout } = await run(args, { commands });
    const { stdout: expected } = await run(["users", "blocklist", "add", "--help"], { commands });
    expect({ exitCode, stdout }).toEqual({ exitCode: 0, stdout: expected });
  },
);

test.each([
  [["users", "blocklst", "add"], "unknown command 'blocklst'.\nhint: Did you mean blocklist?"],
  [["users", "blocklist", "ad"], "unknown command 'ad'.\nhint: Did you mean add?"],
  [["users", "blocklist", "help", "ad"], 'There is no command "ad".\nhint: There are add, delete, help.'],
])("%j is refused with what was meant", async (args, told) => {
  const { exitCode, stdout, stderr } = await run(args, { commands });
  expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: "", stderr: `pps: ${told}\n` });
});

test("the listing of commands has them by all their words", async () => {
  const { stdout } = await run(["commands"], { commands });
  expect(stdout).toMatch(/^pps users blocklist add +change +Add Made Entries$/m);
});
