import { type Expression, type ObjectExpression, type Property, parse, type VariableDeclaration } from "acorn";
import { simple } from "acorn-walk";

/** What describes commands to people; the unified file says it, and the script has no use for it. */
const describing = ["description", "examples", "purpose"];

type Cut = readonly [from: number, to: number];

/**
 * Takes out of a script what only describes it: texts, and the lists of outputs. What describes a required field stays:
 * errors repeat it. `script` may be of any year that acorn knows.
 */
export function withoutDescriptions(script: string): string {
  return withoutUnreadOutputs(withoutDescribing(script));
}

function withoutDescribing(script: string): string {
  const cuts: Cut[] = [];
  simple(parse(script, { ecmaVersion: "latest" }), {
    ObjectExpression(object) {
      const properties = object.properties.filter((one): one is Property => one.type === "Property");
      if (properties.some((one) => nameOf(one) === "required")) return;
      for (const one of properties) {
        const isDescribing = describing.includes(nameOf(one)) && isPlain(one.value);
        if (!isDescribing && nameOf(one) !== "outputs") continue;
        cuts.push([one.start, endWithComma(script, one.end)]);
      }
    },
  });
  return cutOut(script, cuts);
}

/** Lists of outputs are constants whose names end in `Outputs`; they are made of one another. */
function withoutUnreadOutputs(script: string): string {
  const read = new Set<string>();
  const declared: VariableDeclaration[] = [];
  simple(parse(script, { ecmaVersion: "latest" }), {
    Identifier: ({ name }) => void read.add(name),
    VariableDeclaration: (declaration) => void declared.push(declaration),
  });
  const cuts = declared.flatMap(({ start, end, declarations: [first, ...others] }): Cut[] => {
    const name = first?.id.type === "Identifier" ? first.id.name : "";
    return others.length === 0 && /Outputs\d*$/.test(name) && !read.has(name) ? [[start, end]] : [];
  });
  return cuts.length === 0 ? script : withoutUnreadOutputs(cutOut(script, cuts));
}

function cutOut(script: string, cuts: Cut[]): string {
  cuts.sort(([one], [other]) => one - other);
  let kept = "";
  let at = 0;
  for (const [from, to] of cuts) {
    if (from < at) continue;
    kept += script.slice(at, from);
    at = to;
  }
  return kept + script.slice(at);
}

function nameOf({ key, computed }: Property): string {
  return !computed && key.type === "Identifier" ? key.name : "";
}

/** Whether a value is written down as it is, so that nothing happens less without it. */
function isPlain(value: Expression): boolean {
  if (value.type === "Literal") return true;
  if (value.type === "TemplateLiteral") return value.expressions.every(isPlainName);
  if (value.type === "ArrayExpression")
    return value.elements.every((one) => one !== null && one.type !== "SpreadElement" && isPlain(one));
  return value.type === "ObjectExpression" && isPlainObject(value);
}

function isPlainObject({ properties }: ObjectExpression): boolean {
  return properties.every((one) => one.type === "Property" && !one.computed && isPlain(one.value));
}

function isPlainName({ type }: Expression): boolean {
  return type === "Identifier" || type === "MemberExpression";
}

function endWithComma(script: string, end: number): number {
  const comma = /^\s*,/.exec(script.slice(end, end + 200));
  return end + (comma?.[0].length ?? 0);
}
