import { readFileSync } from "node:fs";

// The manifest stands two folders up from here, in a checkout as in an installed package.
const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8")) as {
  version: string;
};

/** This package's own version. */
export const version: string = manifest.version;

/** How requests name the program to PPS. */
export const userAgent = `proofpoint-ps/${version}`;
