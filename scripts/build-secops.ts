// Makes dist/secops/: the package for Google SecOps as a zip to import in the IDE, and its source tree.
import { fileURLToPath } from "node:url";
import { buildSecops } from "../src/hosts/secops/build/build.ts";

const files = await buildSecops(fileURLToPath(new URL("../dist/secops/", import.meta.url)));
for (const [path, content] of Object.entries(files)) {
  console.error(`dist/secops/${path}: ${Buffer.byteLength(content).toLocaleString("en")} bytes`);
}
