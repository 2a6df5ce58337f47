import { blindPairs, type QuirkName, type QuirkRow, type Quirks, quirkTable } from "./quirk-table.ts";
import { createRandom } from "./random.ts";

export { type QuirkName, type QuirkRow, type Quirks, quirkTable } from "./quirk-table.ts";

/** A product kind: one default for every quirk. */
export type ProfileName = "onprem" | "pod";

const names = Object.keys(quirkTable) as QuirkName[];

function rowOf(name: QuirkName): QuirkRow {
  return quirkTable[name];
}

/**
 * The quirks of a profile with some values replaced.
 * Throws an Error of one sentence that names the choices when a name or a value is not in the table.
 */
export function resolveQuirks(profile: ProfileName, overrides: Readonly<Record<string, string>> = {}): Quirks {
  for (const [name, value] of Object.entries(overrides)) {
    if (!Object.hasOwn(quirkTable, name)) {
      throw new Error(`There is no quirk "${name}"; the quirks are ${names.join(", ")}.`);
    }
    const { values } = rowOf(name as QuirkName);
    if (!values.includes(value)) {
      throw new Error(`The quirk "${name}" cannot be "${value}"; it is one of ${values.join(", ")}.`);
    }
  }
  return quirksOf((name) => overrides[name] ?? rowOf(name)[profile]);
}

/** Every quirk at another value than the profile's, leaving out hostile values and blind pairs. */
export function oppositeQuirks(profile: ProfileName): Quirks {
  return workable(
    profile,
    quirksOf((name) => {
      const row = rowOf(name);
      const start = row.values.indexOf(row[profile]);
      const others = [...row.values.slice(start + 1), ...row.values.slice(0, start)];
      return others.find((value) => !row.hostile?.includes(value)) ?? row[profile];
    }),
  );
}

/** Each quirk at a value drawn by the seed, leaving out hostile values and blind pairs. */
export function mixedQuirks(profile: ProfileName, seed: string | number): Quirks {
  const random = createRandom(`quirks/${seed}`);
  return workable(
    profile,
    quirksOf((name) => {
      const row = rowOf(name);
      return random.pick(row.values.filter((value) => !row.hostile?.includes(value)));
    }),
  );
}

/** Where both halves of a blind pair came up, the first goes back to the profile's value. */
function workable(profile: ProfileName, quirks: Quirks): Quirks {
  const blind = blindPairs.filter((pair) => quirks[pair.quirk] === pair.value && quirks[pair.beside] !== pair.unless);
  return { ...quirks, ...Object.fromEntries(blind.map(({ quirk }) => [quirk, rowOf(quirk)[profile]])) };
}

function quirksOf(choose: (name: QuirkName) => string): Quirks {
  return Object.fromEntries(names.map((name) => [name, choose(name)])) as Quirks;
}
