/** What a part of the rule file must look like; a key ending in "?" may be left out, a list has one shape for all its items. */
export type Shape = "text" | "number" | "pattern" | readonly [Shape] | { readonly [key: string]: Shape };

/** Throws an Error naming the path of the first value that does not fit, or the first key nobody reads. */
export function checkShape(path: string, value: unknown, shape: Shape): void {
  const refuse = (expected: string): never => {
    throw new Error(`rule file: ${path || "the whole"}: expected ${expected}`);
  };
  if (shape === "number") {
    if (typeof value !== "number" || !Number.isFinite(value)) refuse("a number");
  } else if (shape === "text" || shape === "pattern") {
    if (typeof value !== "string") refuse("text");
    else if (shape === "pattern") checkPattern(path, value);
  } else if (Array.isArray(shape)) {
    if (!Array.isArray(value)) refuse("a list");
    else for (const [index, item] of value.entries()) checkShape(`${path}[${index + 1}]`, item, shape[0] as Shape);
  } else if (typeof value !== "object" || value === null || Array.isArray(value)) {
    refuse("names with values");
  } else checkKeys(path, value as Record<string, unknown>, shape as Record<string, Shape>);
}

function checkKeys(path: string, value: Record<string, unknown>, shape: Record<string, Shape>): void {
  const inside = (key: string) => (path ? `${path}.${key}` : key);
  for (const key of Object.keys(value)) {
    if (!(key in shape) && !(`${key}?` in shape)) {
      const known = Object.keys(shape).map((name) => name.replace("?", ""));
      throw new Error(`rule file: ${inside(key)} is unknown; known are ${known.join(", ")}`);
    }
  }
  for (const [name, inner] of Object.entries(shape)) {
    const key = name.replace("?", "");
    if (value[key] === undefined) {
      if (!name.endsWith("?")) throw new Error(`rule file: ${inside(key)} is missing`);
    } else checkShape(inside(key), value[key], inner);
  }
}

function checkPattern(path: string, source: string): void {
  try {
    new RegExp(source);
  } catch (cause) {
    throw new Error(`rule file: ${path}: not a regular expression`, { cause });
  }
}
