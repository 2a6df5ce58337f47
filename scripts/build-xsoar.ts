// Makes dist/xsoar/: the integration for Cortex XSOAR as one file to upload, as a pack's source and as a zip.
import { fileURLToPath } from "node:url";
import { buildXsoar } from "../src/hosts/xsoar/build/build.ts";

const files = await buildXsoar(fileURLToPath(new URL("../dist/xsoar/", import.meta.url)));
for (const [path, content] of Object.entries(files)) {
  console.error(`dist/xsoar/${path}: ${Buffer.byteLength(content).toLocaleString("en")} bytes`);
}
