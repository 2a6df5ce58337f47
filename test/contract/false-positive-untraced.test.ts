import { describe, expect, test } from "vitest";
import type { Fault, SimulatorOptions } from "../../src/simulator/index.ts";
import { effectsOn } from "../simulator/effects.ts";
import { delivered, hold, type Lab, openLab } from "./lab.ts";

// Nothing but the trace tells of a virus that somebody moved out of its folder (pps-api.md 5): what is not known of it must
// never pass for nothing found. Judged by the gateway's own journal and mailboxes.

const partner = "news@partner.test";
const ann = "ann@example.com";
const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)", "7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");
const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");

const broken: Fault = { kind: "status", route: "GET /pss/filter", status: 500 };
const denied: Fault = { ...broken, status: 403 };

/** The trace follows its mail some time behind, and so knows nothing yet of what came just now. */
const untraced: SimulatorOptions = { quirks: { "trace-lag": "5-minutes" } };

let sent = 0;

async function send({ simulator }: Lab, text = gtube): Promise<string> {
  sent++;
  const lines = [`From: <${partner}>`, `To: <${ann}>`, `Subject: Letter ${sent}`, `Message-ID: <${sent}@partner.test>`];
  const raw = Buffer.from([...lines, "", text, ""].join("\r\n"));
  return (await simulator.send({ envelope: { from: partner, to: [ann] }, raw })).guid;
}

async function move({ pps }: Lab, guid: string, folder: string, targetFolder: string): Promise<void> {
  const { messages } = await pps.quarantine.list({ guid, folder: [folder], since: "1 day" });
  await pps.quarantine.move({ localGuids: [String(messages[0]?.localGuid)], folder, targetFolder });
}

/** A gateway on which a virus was moved to a folder that holds spam too. */
async function openMoved(options: SimulatorOptions = {}, targetFolder = "Quarantine") {
  const lab = await openLab(options);
  const guid = await send(lab, eicar);
  lab.simulator.clock.advance(20 * 60_000);
  await move(lab, guid, "Virus", targetFolder);
  return { lab, guid };
}

function releases(lab: Lab, guid: string): Promise<string[]> {
  return effectsOn(lab, guid).then((effects) => effects.filter((effect) => effect === "released"));
}

describe("a virus that was moved among spam", () => {
  test.each<[string, Fault, string]>([
    ["fails", broken, "unexpected"],
    ["is refused", { ...broken, status: 400 }, "refused"],
    ["is not there", { ...broken, status: 404 }, "refused"],
    ["is answered by a login page", { kind: "html", route: "GET /pss/filter" }, "unexpected"],
    ["is answered in half", { kind: "truncated-json", route: "GET /pss/filter" }, "unexpected"],
  ])("is not released where the search of the trace %s, whatever the folder", async (_what, fault, code) => {
    for (const folder of ["Quarantine", "Bulk"]) {
      const { lab, guid } = await openMoved({}, folder);
      lab.simulator.faults.add(fault);
      for (const named of [{}, { folder }]) {
        const asked = { guid, safelist: "user", others: true, scan: true, dlp: true, ...named } as const;
        const { outcomes, checks, notes } = await lab.pps.respond.falsePositive(asked);
        expect(outcomes).toMatchObject([
          {
            action: "release",
            outcome: "failed",
            code,
            folder,
            message: expect.stringMatching(/^Its trace could not be read, /),
            hint: expect.stringMatching(/^Try again later\b.* the command quarantine release /),
          },
        ]);
        expect(checks).toContainEqual({ name: "trace", state: "stop", detail: outcomes[0]?.message });
        expect(JSON.stringify(checks)).not.toContain("no trace of it was found");
        expect(notes).toContain("Its sender was not put on a safelist, as it was not released now.");
      }
      expect(await releases(lab, guid)).toEqual([]);
      expect(delivered(lab, ann)).toEqual([]);
    }
  });

  test("is not released by an account that may not read the trace, and the missing right is named", async () => {
    const { lab, guid } = await openMoved();
    lab.simulator.faults.add(denied);
    const { outcomes } = await lab.pps.respond.falsePositive({ guid });
    expect(outcomes).toMatchObject([
      { outcome: "failed", code: "denied", hint: expect.stringContaining("Tick the module pss") },
    ]);
    expect(await releases(lab, guid)).toEqual([]);
  });

  test("is not planned to be released either", async () => {
    const { lab, guid } = await openMoved();
    lab.simulator.faults.add(broken);
    const { counts } = await lab.pps.respond.falsePositive({ guid }, { dryRun: true });
    expect(counts).toEqual({ failed: 1 });
  });
});

test("a message of which the trace knows nothing is released from a folder for spam alone, with a warning", async () => {
  const lab = await openLab(untraced);
  const [spam = "", unknown = ""] = hold(lab, [
    { ago: 2, folder: "Bulk", rcpts: [ann] },
    { ago: 1, folder: "Quarantine", rcpts: [ann] },
  ]);
  const { notes } = await lab.pps.respond.falsePositive({ guid: spam });
  expect(notes).toContain("Its folder names no virus, but no trace of it was found to confirm that.");
  const { outcomes } = await lab.pps.respond.falsePositive({ guid: unknown });
  expect(await releases(lab, spam)).toEqual(["released"]);
  expect(outcomes).toMatchObject([
    {
      outcome: "refused",
      code: "refused",
      message: expect.stringMatching(/^The trace holds nothing of it, .* Folder Quarantine takes more than spam\.$/),
      hint: expect.stringContaining("the last minutes may not be in the trace yet"),
    },
  ]);
  expect(await releases(lab, unknown)).toEqual([]);
});

test("a message that is not held is not called unknown where its trace cannot be read", async () => {
  const lab = await openLab();
  const guid = await send(lab, "See you on Monday.");
  lab.simulator.faults.add(broken);
  await expect(lab.pps.respond.falsePositive({ guid })).rejects.toMatchObject({
    code: "unexpected",
    message: `Message ${guid} was not found in quarantine, and whether the trace knows it is not known.`,
  });
});

test("a second run of what was released is unchanged, also where the trace cannot be read then", async () => {
  const lab = await openLab();
  const guid = await send(lab);
  await lab.pps.respond.falsePositive({ guid });
  lab.simulator.faults.add(broken);
  expect((await lab.pps.respond.falsePositive({ guid })).counts).toEqual({ unchanged: 1 });
  expect(await releases(lab, guid)).toEqual(["released"]);
});

describe("others", () => {
  /** One that was released where it lies, so that it is unchanged and its folder is known without a trace. */
  async function openReleased(options: SimulatorOptions = {}) {
    const { lab, guid: virus } = await openMoved(options);
    const guid = await send(lab);
    lab.simulator.clock.advance(20 * 60_000);
    const { messages } = await lab.pps.quarantine.list({ guid, since: "1 day" });
    await lab.pps.quarantine.release({ localGuids: [String(messages[0]?.localGuid)], folder: "Quarantine" });
    return { lab, guid, virus, other: await send(lab) };
  }

  test.each([
    ["fails", broken],
    ["is denied", denied],
  ])("are left where the search of their traces %s, and a virus among them is not planned", async (_what, fault) => {
    const { lab, guid, virus, other } = await openReleased();
    lab.simulator.faults.add(fault);
    for (const dryRun of [true, false]) {
      const { outcomes, truncated } = await lab.pps.respond.falsePositive({ guid, others: true }, { dryRun });
      expect(outcomes[0]).toMatchObject({ guid, outcome: "unchanged" });
      expect(outcomes.slice(1).map((item) => [item.guid, item.outcome])).toEqual(
        expect.arrayContaining([virus, other].map((id) => [id, "left"])),
      );
      expect(outcomes[1]?.message).toMatch(/trace could not be read/);
      expect(truncated).toBe(true);
    }
    for (const id of [virus, other]) expect(await releases(lab, id)).toEqual([]);
  });

  test("of which the trace holds nothing are left, in whatever folder", async () => {
    const lab = await openLab(untraced);
    const [guid = "", other = ""] = hold(lab, [
      { ago: 2, folder: "Bulk", from: partner, rcpts: [ann] },
      { ago: 1, folder: "Bulk", from: partner, rcpts: [ann] },
    ]);
    const { outcomes } = await lab.pps.respond.falsePositive({ guid, others: true });
    expect(outcomes).toMatchObject([
      { guid, outcome: "done" },
      { guid: other, outcome: "left", message: expect.stringContaining("The trace holds nothing of it") },
    ]);
    expect(await releases(lab, other)).toEqual([]);
  });

  test("that PPS's cut answers leave out are asked for one by one, so that a virus among them stays", async () => {
    const lab = await openLab({ quirks: { "trace-order": "oldest-first", "trace-ceiling": "100" } });
    const guids: string[] = [];
    let virus = "";
    for (let index = 0; index < 130; index++) {
      const isVirus = index === 115;
      const guid = await send(lab, isVirus ? eicar : gtube);
      if (isVirus) virus = guid;
      else guids.push(guid);
    }
    await move(lab, virus, "Virus", "Quarantine");
    const asked = { guid: guids[guids.length - 1] ?? "", others: true };
    const plan = await lab.pps.respond.falsePositive(asked, { dryRun: true });
    expect(plan.outcomes.filter(({ outcome }) => outcome === "planned").length).toBeGreaterThan(90);
    expect(plan.outcomes.filter(({ guid }) => guid === virus).map(({ outcome }) => outcome)).not.toContain("planned");
    await lab.pps.respond.falsePositive(asked);
    expect(await releases(lab, virus)).toEqual([]);
    expect(delivered(lab, ann).length).toBeGreaterThan(90);
  });
});
