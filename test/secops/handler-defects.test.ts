import { describe, expect, test } from "vitest";
import { secopsActions } from "../../src/hosts/secops/catalogue/actions.ts";
import { works } from "../../src/hosts/secops/handler/actions/performers.ts";
import { escapedCost } from "../../src/hosts/secops/handler/json-cost.ts";
import { commandNamed } from "../../src/hosts/secops/handler/run.ts";
import { gateways, openHandlerLab } from "./handler-lab.ts";

// The faults of secops-platform.md 6 that are the handler's, by their rows; those of searches and changes stand beside them too.

test("every action of the catalogue is carried out, and nothing else (row 12)", () => {
  expect(Object.keys(works).sort()).toEqual(secopsActions.map(({ name }) => name).sort());
});

test("whatever changes something is said to, and the other way round", () => {
  const changing = secopsActions.filter(({ name }) =>
    works[name]?.commands.some((command) => commandNamed(command).effect !== "read"),
  );
  expect(changing).toEqual(secopsActions.filter(({ writes }) => writes));
});

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test("a refused connection is told by the action's own words, with who refused (row 3)", async () => {
    const lab = await openHandlerLab(options, { apiRoots: undefined });
    // A port of the gateway that speaks no TLS, and one where nobody is.
    const smtp = await lab.run("Ping", {}, { config: { "Api Root": `https://${lab.simulator.smtp}` } });
    expect(smtp.message).toMatch(/^Failed to connect to the Proofpoint Protection Server: .*127\.0\.0\.1/);
    lab.simulator.faults.add({ kind: "refused" });
    const refused = await lab.run("Ping");
    expect(refused).toMatchObject({ state: "failed", result: false });
    expect(refused.message).toMatch(/^Failed to connect to the Proofpoint Protection Server: .*PPS/);
    for (const { message } of [smtp, refused]) expect(message).not.toMatch(/ECONN|Error:|undici|\bat /);
  });

  test("a PPS that does not answer ends with the time of the action, and a search is failed then (row 11)", async () => {
    const lab = await openHandlerLab(options);
    lab.simulator.faults.add({ kind: "latency", milliseconds: 60_000 });
    const reply = await lab.run("Find Quarantined Messages", {}, { budgetMs: 1000 });
    expect(reply).toMatchObject({ state: "failed", result: false });
    expect(reply.message).toMatch(/The time of the action was over before PPS had answered/);
  });

  test("the same error ends every action that changes messages in the same way (row 9)", async () => {
    const lab = await openHandlerLab(options);
    lab.simulator.faults.add({ kind: "status", status: 403, route: "POST /quarantine" });
    const parameters = { "Message GUIDs": "4:2:6", "Folder Name": "Quarantine" };
    const more: Record<string, Record<string, string>> = {
      "Move Quarantined Message": { "Target Folder Name": "Audit" },
      "Forward Quarantined Message": { "To Address": "soc@example.com" },
    };
    const ends = new Set<string>();
    for (const { name, writes } of secopsActions.filter((action) => /Quarantined Message$/.test(action.name))) {
      if (!writes) continue;
      const { state, result, message } = await lab.run(name, { ...parameters, ...more[name] });
      ends.add(
        `${state} ${result} ${message.replace(/^Failed to \w+/, "").replace(/\b(release|delete|move|resubmit|forward)\b/, "")}`,
      );
    }
    expect([...ends]).toEqual([expect.stringMatching(/^failed false : .*\(403\)/)]);
  });

  test.each(["html", "truncated-json", "cut-body"] as const)(
    "an answer of kind %s is never taken for no results",
    async (kind) => {
      const lab = await openHandlerLab(options);
      lab.held({});
      lab.simulator.faults.add({ kind });
      for (const action of ["Find Quarantined Messages", "Get Message Trace", "Ping"]) {
        const reply = await lab.run(action);
        expect(reply, action).toMatchObject({ state: "failed", result: false });
        expect(reply.message.length).toBeLessThan(900);
        expect(reply.message).not.toMatch(/<html|<body/i);
      }
    },
  );

  test("a result that is too large for the platform is cut, and says so", async () => {
    const lab = await openHandlerLab(options);
    const subject = "\u{1f4e7}".repeat(450);
    const rcpts = Array.from({ length: 60 }, (_, index) => `${"\u00fc".repeat(40)}${index}@example.com`);
    lab.held(...Array.from({ length: 1000 }, (_, index) => ({ ago: 100 + index, subject, rcpts })));
    const reply = await lab.run("Find Quarantined Messages", { "Max Results To Return": "1000" });
    expect(reply).toMatchObject({ state: "completed", result: true, truncated: true });
    const records = reply.json as unknown[];
    expect(records.length).toBeGreaterThan(300);
    expect(records.length).toBeLessThan(1000);
    expect(escapedCost(reply.json ?? null)).toBeLessThanOrEqual(12 * 1024 * 1024);
    expect(reply.message).toMatch(/The JSON result was too large for the platform and holds the first records only\.$/);
    expect(Buffer.byteLength(JSON.stringify(reply))).toBeLessThan(24 * 1024 * 1024);
  });
});
