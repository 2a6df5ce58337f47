import type { Identifier, MemberExpression, Node, Program } from "acorn";
import { full } from "acorn-walk";
import { es5Members } from "../sandbox/engine/es5-library.ts";

const old = new Set(Object.values(es5Members).flat());

/** Names of this engine's library that ES5.1 does not have: `.includes` of instances, `Object.assign` of objects. */
const newer = new Set(
  Object.keys(es5Members).flatMap((path) => {
    const [name = "", isPrototype] = path.split(".");
    const object = (globalThis as never as Record<string, { prototype: object }>)[name];
    const owner = isPrototype ? object?.prototype : object;
    return Object.getOwnPropertyNames(owner)
      .filter((member) => !old.has(member))
      .map((member) => (isPrototype ? `.${member}` : `${name}.${member}`));
  }),
);

/** Calls of methods that ES5.1 has not, and uses of newer functions of its objects, as they are spelt. */
export function newerLibrary(program: Program): string[] {
  const found = new Set<string>();
  full(program, (node) => {
    if (node.type === "MemberExpression") {
      const { object, property, computed } = node as MemberExpression;
      if (!computed && object.type === "Identifier") add(`${object.name}.${(property as Identifier).name}`);
    }
    if (node.type === "CallExpression") {
      const { callee } = node as Node & { callee: MemberExpression };
      if (callee.type === "MemberExpression" && !callee.computed) add(`.${(callee.property as Identifier).name}`);
    }
  });
  function add(name: string) {
    if (newer.has(name)) found.add(name);
  }
  return [...found].sort();
}
