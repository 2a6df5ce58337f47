const interruption = new AbortController();
// Once only: a second Ctrl-C finds no listener and ends the process at once.
process.once("SIGINT", () => interruption.abort());
process.once("SIGTERM", () => interruption.abort());

for (const stream of [process.stdout, process.stderr]) {
  // Whoever wrote is told, and tells it; thrown here, it would end the process in the middle of its work.
  stream.on("error", () => {});
}

const { runCli } = await import("./run.ts");
process.exitCode = await runCli({
  args: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  get stdin() {
    // Touching it opens it, which most commands need not do.
    return process.stdin;
  },
  stdout: process.stdout,
  stderr: process.stderr,
  interrupted: interruption.signal,
});
