import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { temporaryDirectory } from "../temporary-directory.ts";

/** Settings that are complete and lead to an address where nobody listens: a request ends with code 7. */
export function nobody(): { PPS_CONFIG: string } {
  const path = join(temporaryDirectory(), "config.yaml");
  const profile = "{ url: https://127.0.0.1:1, username: api-user, password: secret, retries: 0 }";
  writeFileSync(path, `profiles: { nobody: ${profile} }`, { mode: 0o600 });
  return { PPS_CONFIG: path };
}
