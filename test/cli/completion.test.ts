import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";
import { run } from "./terminal.ts";

const shells = ["bash", "zsh", "fish"] as const;
const scripts = new Map<string, string>();

beforeAll(async () => {
  const folder = temporaryDirectory();
  for (const shell of shells) {
    const { exitCode, stdout } = await run(["completion", shell]);
    expect(exitCode).toBe(0);
    scripts.set(shell, join(folder, `pps.${shell}`));
    writeFileSync(join(folder, `pps.${shell}`), stdout);
  }
});

/** A shell that is missing skips its tests by name, but not where CI has installed it. */
function isMissing(shell: string): boolean {
  return process.env.CI !== "true" && spawnSync(shell, ["-c", "true"]).status !== 0;
}

for (const shell of shells) {
  test.skipIf(isMissing(shell))(`the script for ${shell} can be read by ${shell}`, () => {
    const { status, stderr } = spawnSync(shell, ["-n", scripts.get(shell) ?? ""], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
}

/** What bash proposes for the last of these words. */
function complete(...words: string[]): string[] {
  const program = `source "$1"; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _pps; printf '%s\\n' "\${COMPREPLY[@]}"`;
  const { stdout, stderr } = spawnSync("bash", ["-c", program, "bash", scripts.get("bash") ?? "", "pps", ...words], {
    encoding: "utf8",
  });
  expect(stderr).toBe("");
  return stdout.split("\n").filter((word) => word !== "");
}

test.skipIf(isMissing("bash"))("bash completes commands, verbs, options and choices in their place", () => {
  expect(complete("quar")).toEqual(["quarantine"]);
  expect(complete("quarantine", "re")).toEqual(["release", "resubmit"]);
  expect(complete("quarantine", "release", "--del")).toEqual(["--deleted-folder"]);
  expect(complete("quarantine", "list", "--dlp", "")).toEqual(["basic", "details"]);
  expect(complete("quarantine", "list", "--sender", "")).toEqual([]);
  expect(complete("quarantine", "release", "4:2:6", "--dry")).toEqual(["--dry-run"]);
  expect(complete("simulator", "--prof")).toEqual(["--profile"]);
  expect(complete("simulator", "--profile", "")).toEqual(["onprem", "pod"]);
  expect(complete("completion", "")).toContain("fish");
});

test.skipIf(isMissing("bash"))("bash completes three words, and files where a file is taken", () => {
  const folder = temporaryDirectory();
  writeFileSync(join(folder, "my senders.csv"), "");
  expect(complete("users", "bl")).toEqual(["blocklist"]);
  expect(complete("users", "blocklist", "re")).toEqual(["remove"]);
  expect(complete("users", "blocklist", "remove", "a.example", "--user")).toEqual(["--user", "--username"]);
  expect(complete("blocklist", "sync", join(folder, "my"))).toEqual([join(folder, "my senders.csv")]);
  expect(complete("blocklist", "sync", "--la")).toEqual(["--label"]);
  expect(complete("blocklist", "add", "--file", join(folder, "my"))).toEqual([join(folder, "my senders.csv")]);
});

test.skipIf(isMissing("zsh"))("zsh knows a function for each place of three words", () => {
  const program = 'compdef() { :; }; source "$1"; whence -w _pps_users_blocklist_add _pps_blocklist_sync';
  const { stdout, stderr } = spawnSync("zsh", ["-f", "-c", program, "zsh", scripts.get("zsh") ?? ""], {
    encoding: "utf8",
  });
  expect({ stdout, stderr }).toEqual({
    stdout: "_pps_users_blocklist_add: function\n_pps_blocklist_sync: function\n",
    stderr: "",
  });
});

test.skipIf(isMissing("fish"))("fish completes commands, verbs, options and choices in their place", () => {
  const propose = (line: string) => {
    const program = `source $argv[1]; complete -C $argv[2]`;
    const { stdout, stderr } = spawnSync("fish", ["-N", "-c", program, scripts.get("fish") ?? "", line], {
      encoding: "utf8",
    });
    expect(stderr).toBe("");
    return stdout.split("\n").flatMap((proposal) => proposal.split("\t")[0] || []);
  };
  expect(propose("pps quar")).toEqual(["quarantine"]);
  expect(propose("pps quarantine re")).toEqual(["release", "resubmit"]);
  expect(propose("pps quarantine release --del")).toEqual(["--deleted-folder"]);
  expect(propose("pps users blocklist re")).toEqual(["remove"]);
  expect(propose("pps quarantine list --dlp ")).toEqual(expect.arrayContaining(["basic", "details"]));
});

test("an unknown shell is refused with the known ones", async () => {
  const { exitCode, stdout, stderr } = await run(["completion", "tcsh"]);
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
  expect(stderr).toContain("bash, zsh, fish");
});
