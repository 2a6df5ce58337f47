import { type FilterModule, hold } from "./module.ts";
import type { Rules } from "./rules.ts";

/** Mail that says itself, by its headers, that it went to many. */
export function createBulkModule(rules: Rules["bulk"]): FilterModule {
  return {
    id: "bulk",
    examine({ headers }) {
      const bulk = rules.headers.some((rule) =>
        headers.some(
          ({ name, value }) =>
            name === rule.name.toLowerCase() &&
            (rule.value === undefined || value.trim().toLowerCase() === rule.value.toLowerCase()),
        ),
      );
      return { findings: bulk ? [hold("bulk", rules.folder)] : [] };
    },
  };
}
