// Lists a folder whole and reports requests and memory; a process of its own, so that memory is the listing's alone.
import { createPps, type PpsOptions } from "../src/client/index.ts";

const { options, since } = JSON.parse(process.env.LISTING ?? "{}") as { options: PpsOptions; since: string };
await using pps = createPps(options);
const stream = pps.stream("quarantine.list", { sender: "*", since, limit: "all" });
const seen = new Set<string>();
let listed = 0;
let turn = await stream.next();
while (!turn.done) {
  listed++;
  // Doubles are counted over a stretch, so that the counting itself keeps memory flat.
  if (seen.size > 5000) seen.clear();
  seen.add(turn.value.localGuid);
  turn = await stream.next();
}
const { requests, truncated } = turn.value;
const memory = process.resourceUsage().maxRSS * 1024;
process.stdout.write(JSON.stringify({ listed, requests, truncated, memory }));
