// Installs what package-lock.json names, when that has not been done yet, then runs the command it was given with what was
// installed, Node included: a shell that has found another Node once would go on using it. Runs on any Node.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const stamp = `${root}node_modules/.set-up-for`;
const wanted = createHash("sha256")
  .update(readFileSync(`${root}package-lock.json`))
  .update(`${process.platform}-${process.arch}`)
  .digest("hex");

if (!existsSync(stamp) || readFileSync(stamp, "utf8") !== wanted) {
  console.error("Installing the dependencies named in package-lock.json (once) ...");
  const npm = spawnSync("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"], {
    cwd: root,
    stdio: ["ignore", 2, "inherit"],
    shell: process.platform === "win32",
  });
  if (npm.status !== 0) {
    console.error("The installation failed. Run `npm ci` by hand to see why.");
    process.exit(1);
  }
  writeFileSync(stamp, wanted);
}

const [command, ...words] = process.argv.slice(2);
if (command !== undefined) {
  const separator = process.platform === "win32" ? ";" : ":";
  const run = spawnSync(command, words, {
    stdio: "inherit",
    shell: process.platform === "win32",
    env: { ...process.env, PATH: `${root}node_modules/.bin${separator}${process.env.PATH}` },
  });
  process.exitCode = run.status ?? 1;
}
