import { execFileSync, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { beforeAll, expect, test } from "vitest";
import { temporaryDirectory } from "../temporary-directory.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const home = temporaryDirectory();
const site = join(home, "node_modules");
const program = join(site, ".bin", "pps");

// Installed as npm would, with the dependencies that are here already: nothing is fetched.
beforeAll(() => {
  execFileSync(process.execPath, [join(root, "scripts", "build.ts")], { stdio: "pipe" });
  execFileSync("npm", ["pack", "--ignore-scripts", "--pack-destination", home], { cwd: root, stdio: "pipe" });
  const tarball = readdirSync(home).find((name) => name.endsWith(".tgz")) ?? "";
  mkdirSync(join(site, "proofpoint-ps"), { recursive: true });
  mkdirSync(join(site, ".bin"));
  execFileSync("tar", ["-xzf", join(home, tarball), "--strip-components=1", "-C", join(site, "proofpoint-ps")]);
  for (const name of readdirSync(join(root, "node_modules"))) {
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(site, name));
  }
  symlinkSync(join("..", "proofpoint-ps", "bin", "pps.js"), program);
}, 120_000);

function node(args: readonly string[], env: Record<string, string> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: home,
    encoding: "utf8",
    env: { PATH: process.env.PATH, HOME: home, ...env },
  });
  return { status, stdout, stderr };
}

test("the installed package holds the program and no tests or sources", () => {
  const files = readdirSync(join(site, "proofpoint-ps"), { recursive: true, encoding: "utf8" });
  expect(files).toContain(join("dist", "hosts", "cli", "main.js"));
  expect(files).toContain(join("dist", "client", "index.d.ts"));
  expect(files.filter((file) => /\.test\.|(?<!\.d)\.ts$/.test(file))).toEqual([]);
});

test("each published entry point can be imported", () => {
  writeFileSync(
    join(home, "use.mjs"),
    `import { createPps } from "proofpoint-ps";
     import { catalogue } from "proofpoint-ps/commands";
     import { startSimulator } from "proofpoint-ps/simulator";
     console.log(typeof createPps, catalogue.length > 0, typeof startSimulator);`,
  );
  const { status, stdout } = node([join(home, "use.mjs")]);
  expect({ status, stdout }).toEqual({ status: 0, stdout: "function true function\n" });
});

test("the installed program talks to the installed simulator, which ends cleanly", async () => {
  const simulator = spawn(process.execPath, [program, "simulator", "--json"], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home },
  });
  let complaints = "";
  simulator.stderr.on("data", (chunk) => {
    complaints += chunk;
  });
  const ended = once(simulator, "close");
  try {
    const [line] = await once(createInterface({ input: simulator.stdout }), "line");
    const ready = JSON.parse(line) as { api: string; username: string; password: string; ca: string };
    const { status, stdout, stderr } = node([program, "ping", "--json"], {
      PPS_URL: ready.api,
      PPS_USERNAME: ready.username,
      PPS_PASSWORD: ready.password,
      PPS_CA: ready.ca,
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toMatchObject({ connected: true });
  } finally {
    simulator.kill("SIGINT");
  }
  expect(await ended).toEqual([0, null]);
  expect(complaints).toBe("");
});
