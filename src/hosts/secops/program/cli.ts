import { runProgram } from "./program.ts";

const ending = new AbortController();
process.once("SIGTERM", () => ending.abort());

process.exitCode = await runProgram({
  stdin: process.stdin,
  stdout: process.stdout,
  env: process.env,
  signal: ending.signal,
});
