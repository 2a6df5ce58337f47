import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { type Simulator, startSimulator } from "../../src/simulator/index.ts";
import { temporaryDirectory } from "../temporary-directory.ts";
import { cloudEnvironmentOf, environmentOf, type RunOptions, run } from "./terminal.ts";

const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)", "7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");

const passed = "mx.example.com; spf=pass smtp.mailfrom=partner.test; dkim=pass; dmarc=pass header.from=partner.test";
const claimed = passed.replace("example.com", "paypal.test");
const forged = "mx.example.com; spf=softfail; dkim=none; dmarc=fail header.from=partner.test";

const cwd = temporaryDirectory();
let simulator: Simulator;
let env: Record<string, string>;
let sent = 0;

beforeAll(async () => {
  const quirks = { "cloud-lists": "present", "cloud-call-limit": "none" };
  simulator = await startSimulator({ seed: "cli-false-positive", quirks });
  // All runs are one process here, whose calls with one key keep its rate together.
  writeFileSync(join(cwd, "config.yaml"), ["profiles:", "  quick:", "    cloudCallsPerMinute: 600"].join("\n"));
  const config = { PPS_CONFIG: join(cwd, "config.yaml"), PPS_PROFILE: "quick" };
  env = { ...environmentOf(simulator), ...cloudEnvironmentOf(simulator), ...config };
});
afterEach(() => {
  simulator.reset();
  sent = 0;
});
afterAll(() => simulator.stop());

async function send({ from = "news@partner.test", text = gtube, results = passed } = {}): Promise<string> {
  sent++;
  const raw = Buffer.from(
    [
      `Authentication-Results: ${results}`,
      `From: <${from}>`,
      "To: <ann@example.com>",
      `Subject: Letter ${sent}`,
      `Message-ID: <${sent}@partner.test>`,
      "",
      text,
      "",
    ].join("\r\n"),
  );
  return (await simulator.send({ envelope: { from, to: ["ann@example.com"] }, raw })).guid;
}

function release(guid: string, args = "", options: RunOptions = {}) {
  const flags = args === "" ? [] : args.split(" ");
  return run(["respond", "false-positive", ...flags, "--", guid], { env, cwd, ...options });
}

const arrived = () => simulator.mailbox("ann@example.com").length;

test("a message held by mistake arrives once, and a second run says that it was released", async () => {
  const guid = await send();
  const first = await release(guid);
  expect(first).toMatchObject({ exitCode: 0, stderr: "1 outcome: 1 done.\n" });
  expect(first.stdout).toMatch(
    /^outcome +action +folder +sender +subject +message\ndone +release +Quarantine +news@partner\.test +Letter 1 +\S/,
  );
  const second = await release(guid);
  expect(second).toMatchObject({ exitCode: 0, stderr: "1 outcome: 1 unchanged.\n" });
  expect(second.stdout).toMatch(/^unchanged +release +Deleted .*It lies in Deleted: released or deleted already\./m);
  expect(arrived()).toBe(1);
});

test("a message that was deleted exits as refused, and it is said how to deliver it", async () => {
  const guid = await send();
  const listed = JSON.parse((await run(["quarantine", "list", "--guid", guid, "--json"], { env })).stdout);
  const id: string = listed.messages[0].localGuid;
  const away = ["quarantine", "delete", id, "--folder", "Quarantine", "--deleted-folder", "Deleted", "--yes"];
  expect(await run(away, { env })).toMatchObject({ exitCode: 0 });
  const { exitCode, stdout, stderr } = await release(guid);
  expect(exitCode).toBe(5);
  expect(stdout).toMatch(/^refused +release +Deleted .*It lies in Deleted and PPS notes no release of it \(New\): /m);
  expect(stderr).toMatch(/the command quarantine release takes it from Deleted by its local id \S+\.$/m);
  expect(arrived()).toBe(0);
});

test("a person at a terminal is warned on stderr, in whole sentences", async () => {
  const { exitCode, stderr } = await release(await send({ results: forged }), "--no-color", { columns: 100 });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 0,
    stderr:
      "1 outcome: 1 done.\n" +
      "SPF does not confirm the sending host: softfail.\n" +
      "DMARC does not confirm the From domain partner.test: fail header.from=partner.test.\n",
  });
});

test("results that a sender may have written verify nothing", async () => {
  const { stdout, stderr } = await release(await send({ results: claimed }), "--no-color", { columns: 160 });
  expect(stdout + stderr).toMatch(/carries authentication results by mx\.paypal\.test, which may be the sender's own/);
  expect(stdout + stderr).not.toMatch(/^ok +(?:spf|dkim|dmarc) /m);
});

test("a dry run shows what would be sent, the checks and the others, and sends nothing", async () => {
  const guid = await send();
  await send({ from: "shop@partner.test" });
  const before = simulator.journal().length;
  const { exitCode, stdout, stderr } = await release(guid, "--dry-run --safelist organisation --scan");
  expect(exitCode).toBe(0);
  expect(stdout).toMatch(/^planned +release .* Would release; nothing was sent\.$/m);
  expect(stdout).toMatch(/^planned +trust +news@partner\.test /m);
  expect(stdout).toMatch(
    /^left +release +Quarantine +shop@partner\.test +Letter 2 +Held for the same reason; left there\./m,
  );
  expect(stderr).toMatch(
    /^3 outcomes: 2 planned, 1 left\.\n1 other is held for the same reason \(sender @partner\.test, /,
  );
  const json = JSON.parse((await release(guid, "--dry-run --json")).stdout);
  expect(json.outcomes[0].request.body).toMatchObject({ deletedfolder: "Deleted" });
  expect(json).toMatchObject({
    message: { guid, subject: "Letter 1" },
    counts: { planned: 1, left: 1 },
    truncated: false,
  });
  expect(json.checks).toContainEqual({ name: "virus", state: "ok", detail: "No virus was found in it." });
  expect(simulator.journal()).toHaveLength(before);
});

test("the report tells what is left apart from what is released", async () => {
  const guid = await send();
  await send({ from: "shop@partner.test" });
  await release(guid, "--report left.html");
  const page = readFileSync(join(cwd, "left.html"), "utf8").replaceAll("<wbr>", "");
  const sections = page.split("<h2 ").slice(1);
  const released = sections.find((section) => section.includes(">Released and trusted</h2>"));
  const left = sections.find((section) => section.includes(">Found and left</h2>"));
  expect(released).toContain("news[@]partner[.]test");
  expect(released).not.toContain("shop[@]partner[.]test");
  expect(left).toContain("shop[@]partner[.]test");
  expect(left).toContain("Held for the same reason; left there.");
  expect(left).not.toContain("news[@]partner[.]test");
});

test("malware is refused with the code for that, whatever is asked for", async () => {
  const guid = await send({ text: eicar });
  const { exitCode, stdout } = await release(guid, "--dlp --others --safelist user --folder Virus");
  expect(exitCode).toBe(5);
  expect(stdout).toMatch(/^refused +release +Virus .*which is never released by this command\.$/m);
  expect((await release(guid, "--dry-run")).exitCode).toBe(5);
  expect(arrived()).toBe(0);
});

test("DLP needs its flag", async () => {
  const guid = await send({ text: "4111 1111 1111 1111" });
  const refused = await release(guid);
  expect(refused).toMatchObject({ exitCode: 5, stdout: expect.stringMatching(/^refused +release +PCI /m) });
  expect(refused.stdout + refused.stderr).not.toContain("4111");
  expect(await release(guid, "--dlp")).toMatchObject({
    exitCode: 0,
    stderr: expect.stringContaining("DLP rules hold it (folder PCI, rule dlp.credit_card); it was allowed to go"),
  });
  expect(arrived()).toBe(1);
});

test("a sender whom the guard rails refuse to trust is an outcome, beside the release that was done", async () => {
  const guid = await send({ from: "boss@example.com" });
  const { exitCode, stdout } = await release(guid, "--safelist organisation");
  expect(exitCode).toBe(9);
  expect(stdout).toMatch(/^done +release /m);
  expect(stdout).toMatch(/^refused +trust +boss@example\.com +.*past the spam filter/m);
  expect(simulator.organisationLists.entries("safe")).toEqual([]);
});

test("others are released with it where that is asked for", async () => {
  const guid = await send();
  await send({ from: "shop@partner.test" });
  expect(await release(guid, "--others")).toMatchObject({ exitCode: 0, stderr: "2 outcomes: 2 done.\n" });
  expect(arrived()).toBe(2);
});

test("a guid that nobody knows and a message that was never held are both not found", async () => {
  const unknown = await release("nobody");
  expect(unknown).toMatchObject({
    exitCode: 4,
    stdout: "",
    stderr: expect.stringContaining("neither in quarantine nor"),
  });
  const { exitCode, stdout } = await release(await send({ text: "See you on Monday." }));
  expect(exitCode).toBe(4);
  expect(stdout).toMatch(/^not_found +release .*delivered to ann@example\.com/m);
});

test("bad input is refused before anything is sent", async () => {
  const { exitCode, stderr } = await run(["respond", "false-positive", "--local-guid", "4:2:6"], { env });
  expect({ exitCode, stderr }).toEqual({
    exitCode: 2,
    stderr: "pps: --local-guid names a message in its folder only; name --folder too.\n",
  });
});
