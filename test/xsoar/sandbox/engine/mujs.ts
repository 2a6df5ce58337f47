import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Engine } from "./engines.ts";

/** Whether tests in mujs must be skipped: it is not installed here, and this is not CI, which installs it. */
export function isMujsMissing(): boolean {
  return process.env.CI !== "true" && spawnSync("mujs", ["-e"], { input: "" }).error !== undefined;
}

// A request goes out as a line of ASCII; blanks after it push it through the buffer that mujs cannot be told to empty. Its
// answer comes in a file, for the longest line that mujs can read is too short for it.
const connection = `this.exchange = (function (print, read, readline) {
  var blanks = " ";
  while (blanks.length < 65536) blanks += blanks;
  function unit(code) { return "\\\\u" + ("000" + code.toString(16)).slice(-4); }
  // By a pattern: mujs looks for the place of every single character from the start of the text.
  function ascii(text) {
    return text.replace(/[^\\u0000-\\u007f]/g, function (sign) {
      var code = sign.charCodeAt(0);
      return code < 65536 ? unit(code) : unit(55232 + (code >> 10)) + unit(56320 + (code & 1023));
    });
  }
  return function (text) { print(ascii(text)); print(blanks); return read(readline()); };
})(print, read, readline);
["compile", "gc", "load", "print", "quit", "read", "readline", "repr", "scriptArgs", "write"].forEach(
  function (name) { delete this[name]; }, this);
this.console = this.require = undefined;
`;

/** Runs a script in mujs, a process for itself. */
export const runInMujs: Engine = async (script, answer) => {
  const folder = await mkdtemp(join(tmpdir(), "pps-mujs-"));
  try {
    await writeFile(join(folder, "script.js"), connection + script);
    await talk(folder, answer);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

async function talk(folder: string, answer: Parameters<Engine>[1]): Promise<void> {
  const child = spawn("mujs", [join(folder, "script.js")], { stdio: ["pipe", "pipe", "pipe"] });
  let complaint = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once("error", reject).once("close", resolve);
  });
  ended.catch(() => {});
  try {
    let count = 0;
    for await (const line of createInterface({ input: child.stdout })) {
      if (!line.startsWith("{")) continue;
      const file = join(folder, `${count++}.json`);
      await writeFile(file, ascii(await answer(line)));
      child.stdin.write(`${file}\n`);
    }
  } finally {
    child.stdin.end();
  }
  if ((await ended) !== 0) throw new Error(`mujs: ${complaint}`);
}

function ascii(text: string): string {
  return text.replace(/[^\0-\x7f]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
