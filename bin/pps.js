#!/usr/bin/env node
// CommonJS and nothing newer than ES2018, so that a Node that is too old gets as far as saying so.
const wanted = [22, 19];
const running = process.versions.node.split(".").map(Number);

if (running[0] < wanted[0] || (running[0] === wanted[0] && running[1] < wanted[1])) {
  console.error(`pps needs Node ${wanted.join(".")} or newer; this is Node ${process.versions.node}.`);
  process.exitCode = 1;
} else {
  start();
}

function start() {
  const { existsSync } = require("node:fs");
  const { enableCompileCache } = require("node:module");
  const { homedir } = require("node:os");
  const { join } = require("node:path");
  const { pathToFileURL } = require("node:url");
  // Compiled code is kept for the next start: in the user's own cache, since in a shared one others could plant code.
  enableCompileCache(join(process.env.XDG_CACHE_HOME || join(homedir(), ".cache"), "proofpoint-ps"));
  // node:sqlite and TypeScript announce themselves as experimental, which is no news for a user.
  const emitWarning = process.emitWarning;
  process.emitWarning = (warning, ...details) => {
    const type = details[0] && typeof details[0] === "object" ? details[0].type : details[0];
    if (type !== "ExperimentalWarning") emitWarning.call(process, warning, ...details);
  };
  const source = join(__dirname, "..", "src", "hosts", "cli", "main.ts");
  const built = join(__dirname, "..", "dist", "hosts", "cli", "main.js");
  import(pathToFileURL(existsSync(source) ? source : built).href).catch((error) => {
    console.error(error);
    process.exitCode = 1;
  });
}
