// Makes dist/xsoar/: the integration for Cortex XSOAR as one file to upload.
import { mkdirSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildBundle } from "../src/hosts/xsoar/build/bundle.ts";

const target = fileURLToPath(new URL("../dist/xsoar/", import.meta.url));
mkdirSync(target, { recursive: true });
const script = await buildBundle();
writeFileSync(`${target}integration.js`, script);
console.error(`dist/xsoar/integration.js: ${script.length.toLocaleString("en")} bytes`);
