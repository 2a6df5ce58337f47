import type { Rule, Tree } from "./rule.ts";

/** Keys that XSOAR's strict model takes, by what they stand in. */
const keys: Record<string, string> = {
  integration:
    "category sectionorder commonfields configuration description detaileddescription display image name script fromversion toversion marketplaces tests provider deprecated beta hidden internal system defaultEnabled autoUpdateDockerImage scriptNotVisible supportsquickactions hybrid",
  commonfields: "id version",
  configuration:
    "display displaypassword name type required defaultvalue section advanced additionalinfo options hidden hiddenusername hiddenpassword fromlicense",
  script:
    "commands script type dockerimage subtype runonce isfetch feed longRunning ismappable isremotesyncin isremotesyncout resetContext",
  commands: "name description arguments outputs execution deprecated hidden timeout polling prettyname",
  arguments: "name description required default isArray defaultValue auto predefined secret deprecated hidden type",
  outputs: "contextPath description type",
};

const mayBeNull = [
  ...[
    "defaultvalue",
    "defaultValue",
    "additionalinfo",
    "default",
    "detaileddescription",
    "image",
    "display",
    "outputs",
  ],
  ...["predefined", "playbookInputQuery"],
];

function unknownKeys(place: string, tree: Tree): string[] {
  const allowed = keys[place]?.split(" ") ?? [];
  return Object.keys(tree).flatMap((key) => {
    const value = tree[key];
    const inner = Array.isArray(value) ? value : [value];
    const own = allowed.includes(key) ? [] : [`${place}.${key}`];
    return key in keys && typeof inner[0] === "object" && inner[0] !== null
      ? [...own, ...inner.flatMap((item) => unknownKeys(key, item))]
      : own;
  });
}

function nulls(tree: Tree, path = ""): string[] {
  if (typeof tree !== "object" || tree === null) return [];
  return Object.keys(tree).flatMap((key) =>
    tree[key] === null && !mayBeNull.includes(key) ? [`${path}${key}`] : nulls(tree[key], `${path}${key}.`),
  );
}

/** Rules of the strict model. */
export const shapeRules: readonly Rule<Tree>[] = [
  {
    code: "strict model",
    says: "it holds no key that XSOAR does not know",
    check: (yml) => unknownKeys("integration", yml),
    spoil: (yml) => {
      yml.script.commands[0].arguments[0].format = "text";
    },
  },
  {
    code: "strict model",
    says: "no key is there without a value",
    check: (yml) => nulls(yml),
    spoil: (yml) => {
      yml.script.commands[0].description = null;
    },
  },
];
