import { arch, cpus, platform, totalmem } from "node:os";
import { benchActions } from "./actions.ts";
import { benchListSync } from "./list-sync.ts";
import { benchListing } from "./listing.ts";
import { formatRows, megabytes, type Row } from "./row.ts";
import { benchSecops } from "./secops.ts";
import { benchServer } from "./server.ts";
import { benchSimilarity } from "./similarity.ts";
import { benchSimulator } from "./simulator.ts";
import { benchStartUp } from "./start-up.ts";
import { benchXsoar } from "./xsoar.ts";

const benches: Record<string, () => Promise<Row[]>> = {
  listing: benchListing,
  "list-sync": benchListSync,
  similarity: benchSimilarity,
  simulator: benchSimulator,
  "start-up": benchStartUp,
  actions: benchActions,
  server: benchServer,
  secops: benchSecops,
  xsoar: benchXsoar,
};

const chosen = process.argv.slice(2);
const unknown = chosen.find((name) => !(name in benches));
if (unknown !== undefined) {
  console.error(`There is no bench "${unknown}"; there are ${Object.keys(benches).join(", ")}.`);
  process.exitCode = 2;
} else {
  const rows: Row[] = [];
  for (const [name, bench] of Object.entries(benches)) {
    if (chosen.length > 0 && !chosen.includes(name)) continue;
    console.error(`Measuring ${name} ...`);
    rows.push(...(await bench()));
  }
  console.log(
    `Node ${process.version}, ${platform()} ${arch()}, ${cpus().length} cores, ${megabytes(totalmem())} of memory\n`,
  );
  console.log(formatRows(rows));
}
