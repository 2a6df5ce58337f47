import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { type Lab, startLab } from "../scripts/lab.ts";
import { megabytes, type Row, ratio } from "./row.ts";

const run = promisify(execFile);
const child = fileURLToPath(new URL("listing-child.ts", import.meta.url));

/** Complete listings: requests against the fewest possible, and memory against ten times the messages. */
export async function benchListing(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const shape of ["uniform", "burst"]) {
    const small = await list(20_000, shape);
    const large = await list(200_000, shape);
    for (const { count, listed, requests } of [small, large]) {
      const fewest = Math.ceil(count / 1000);
      if (listed !== count) throw new Error(`${listed} of ${count} messages were listed.`);
      rows.push({
        what: `List ${count.toLocaleString("en")} messages, ${shape}`,
        measured: `${requests} requests`,
        against: `${fewest}, the fewest possible`,
        ratio: ratio(requests, fewest),
        goal: { text: "at most 1.2 x plus 8", isMet: requests <= 1.2 * fewest + 8 },
      });
    }
    const growth = large.memory - small.memory;
    rows.push({
      what: `Peak memory of the client for 200,000 messages, ${shape}`,
      measured: megabytes(large.memory),
      against: `${megabytes(small.memory)} for 20,000`,
      ratio: ratio(large.memory, small.memory),
      goal: { text: "grows by less than 60 MB", isMet: growth < 60_000_000 },
    });
  }
  return rows;
}

async function list(count: number, shape: string) {
  await using lab: Lab = await startLab();
  await lab.generate({ count, shape, from: "7d", seed: 1 });
  const environment = { ...process.env, LISTING: JSON.stringify({ options: lab.options, since: "8 days" }) };
  const { stdout } = await run(process.execPath, [child], { env: environment });
  return { count, ...(JSON.parse(stdout) as { listed: number; requests: number; memory: number }) };
}
