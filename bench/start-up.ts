import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { startLab } from "../scripts/lab.ts";
import { median, milliseconds, type Row, ratio, timed } from "./row.ts";

const run = promisify(execFile);
const root = fileURLToPath(new URL("..", import.meta.url));
const rounds = 15;

/** Starting the built program, against starting Node with nothing to do. */
export async function benchStartUp(): Promise<Row[]> {
  execFileSync("npm", ["run", "--silent", "build"], { cwd: root, stdio: ["ignore", "ignore", "inherit"] });
  const installed = mkdtempSync(join(tmpdir(), "pps-bench-"));
  try {
    for (const part of ["bin", "dist", "package.json"])
      cpSync(join(root, part), join(installed, part), { recursive: true });
    symlinkSync(join(root, "node_modules"), join(installed, "node_modules"));
    const program = join(installed, "bin", "pps.js");
    await using lab = await startLab("--load", join(root, "samples", "mail"));
    const env = { ...process.env, ...lab.environment };
    const medianOf = async (words: string[]) => {
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) times.push(await timed(() => run(process.execPath, words, { env })));
      return median(times);
    };
    const bare = await medianOf(["-e", "0"]);
    const against = `${milliseconds(bare)}, node -e 0`;
    const version = await medianOf([program, "--version"]);
    const list = await medianOf([program, "quarantine", "list", "--sender", "*"]);
    return [
      { what: "pps --version, built", measured: milliseconds(version), against, ratio: ratio(version, bare) },
      {
        what: "pps quarantine list, built, one search",
        measured: milliseconds(list),
        against,
        ratio: ratio(list, bare),
      },
    ];
  } finally {
    rmSync(installed, { recursive: true, force: true });
  }
}
