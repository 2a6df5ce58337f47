import { startLab } from "../scripts/lab.ts";
import { buildBundle } from "../src/hosts/xsoar/build/bundle.ts";
import type { EngineName } from "../test/xsoar/sandbox/engine/engines.ts";
import { isMujsMissing } from "../test/xsoar/sandbox/engine/mujs.ts";
import { type Call, runCommand } from "../test/xsoar/sandbox/sandbox.ts";
import { median, milliseconds, type Row, ratio, timed } from "./row.ts";

const rounds = 9;
const sizeGoal = 120_000;
const names: readonly EngineName[] = ["js-interpreter", "mujs", "node-vm"];

/** The XSOAR script: its size, and what loading it and one search take, against a script that does nothing. */
export async function benchXsoar(): Promise<Row[]> {
  const bundle = await buildBundle();
  await using lab = await startLab("--load", "samples/mail");
  const { username, password, ca } = lab.options;
  const params = { url: lab.api, credentials: { identifier: username, password }, timeout: "60" };
  const call: Call = { bundle, command: "none", params, ca: String(ca) };
  const rows: Row[] = [
    {
      what: "XSOAR script, size",
      measured: `${bundle.length.toLocaleString("en")} bytes`,
      against: `${sizeGoal.toLocaleString("en")} bytes`,
      ratio: ratio(bundle.length, sizeGoal),
      goal: { text: "under 120 kB", isMet: bundle.length < sizeGoal },
    },
  ];
  for (const engine of names) {
    if (engine === "mujs" && isMujsMissing()) continue;
    const medianOf = async (one: Partial<Call>) => {
      const times: number[] = [];
      for (let round = 0; round < rounds; round++) {
        times.push(await timed(() => runCommand({ ...call, engine, ...one })));
      }
      return median(times);
    };
    const nothing = await medianOf({ bundle: "return 1;" });
    const against = `${milliseconds(nothing)}, a script that does nothing`;
    const loaded = await medianOf({});
    const searched = await medianOf({ command: "proofpoint-pps-list-quarantined-messages", args: { subject: "*" } });
    rows.push(
      {
        what: `XSOAR script in ${engine}, loaded`,
        measured: milliseconds(loaded),
        against,
        ratio: ratio(loaded, nothing),
      },
      {
        what: `XSOAR script in ${engine}, one search`,
        measured: milliseconds(searched),
        against,
        ratio: ratio(searched, nothing),
      },
    );
  }
  return rows;
}
