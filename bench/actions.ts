import { Agent, fetch } from "undici";
import { type Lab, startLab } from "../scripts/lab.ts";
import { createPps } from "../src/client/index.ts";
import { type Row, ratio, timed } from "./row.ts";

const count = 2000;
const latency = 20;

/** Deleting many messages from a server that takes its time, against the loop of one call after another that scripts use. */
export async function benchActions(): Promise<Row[]> {
  await using lab = await startLab();
  const loop = await timedDeletion(lab, async (localGuids) => {
    const dispatcher = new Agent({ connect: { ca: String(lab.options.ca) } });
    const credentials = Buffer.from(`${lab.options.username}:${lab.options.password}`).toString("base64");
    for (const localguid of localGuids) {
      const answer = await fetch(`${lab.api}/rest/v1/quarantine`, {
        method: "POST",
        dispatcher,
        headers: { authorization: `Basic ${credentials}`, "content-type": "application/json" },
        body: JSON.stringify({ action: "delete", folder: "Quarantine", localguid }),
      });
      if (!answer.ok) throw new Error(await answer.text());
      await answer.text();
    }
    await dispatcher.close();
  });
  const command = await timedDeletion(lab, async (localGuids) => {
    await using pps = createPps(lab.options);
    const { counts } = await pps.quarantine.delete({ localGuids, folder: "Quarantine" });
    if (counts.done !== count) throw new Error(`Outcomes: ${JSON.stringify(counts)}`);
  });
  return [
    {
      what: `Delete ${count.toLocaleString("en")} messages, ${latency} ms server latency`,
      measured: `${(command / 1000).toFixed(1)} s`,
      against: `${(loop / 1000).toFixed(1)} s, one call after another on one connection`,
      ratio: ratio(command, loop),
    },
  ];
}

async function timedDeletion(lab: Lab, remove: (localGuids: string[]) => Promise<void>): Promise<number> {
  await lab.reset();
  await lab.generate({ count, from: "24h", seed: 4 });
  await using pps = createPps(lab.options);
  const { messages } = await pps.quarantine.list({ sender: "*", since: "25 hours", limit: "all" });
  await lab.addFault({ kind: "latency", milliseconds: latency, route: "POST /quarantine" });
  const took = await timed(() => remove(messages.map((message) => message.localGuid)));
  const { held } = await lab.stats();
  if ((held.Quarantine ?? 0) !== 0) throw new Error(`${held.Quarantine} messages are still held.`);
  return took;
}
