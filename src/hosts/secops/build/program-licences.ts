import { readdirSync, readFileSync } from "node:fs";

/** The texts that the packages joined into a program want to go with it; empty where there are none. */
export function licencesOf(program: string): string {
  // The bundler writes before each module where it came from.
  const origins = program.matchAll(/^ *\/\/ node_modules\/((?:@[^/\n]+\/)?[^/\n]+)\//gm);
  const names = new Set([...origins].map(([, name = ""]) => name));
  return [...names].sort().map(licenceOf).join("\n");
}

function licenceOf(name: string): string {
  const folder = new URL(`../../../../node_modules/${name}/`, import.meta.url);
  const { version, license } = JSON.parse(readFileSync(new URL("package.json", folder), "utf8")) as {
    version: string;
    license: string;
  };
  const files = readdirSync(folder).filter((file) => /^(licen[cs]e|notice|copying)(\.|$)/i.test(file));
  if (files.length === 0) throw new Error(`The package ${name} has no licence that could go with the program.`);
  const texts = files.sort().map((file) => readFileSync(new URL(file, folder), "utf8").trim());
  return `${name} ${version} (${license})\n\n${texts.join("\n\n")}\n`;
}
