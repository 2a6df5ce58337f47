import { must, type Rule, type Tree, unless } from "./rule.ts";

const sections = ["Connect", "Collect", "Optimize", "Mirroring", "Result", "Agentic Assistant"];
const markets = ["xsoar", "marketplacev2", "xpanse", "xsoar_saas", "xsoar_on_prem", "platform"];
const flags = [
  ...["deprecated", "beta", "hidden", "internal", "system", "defaultEnabled", "autoUpdateDockerImage"],
  ...["scriptNotVisible", "supportsquickactions", "hybrid"],
];

function nameOf({ name }: Tree): string {
  return name;
}

function versionOf(text: string): number {
  return text.split(".").reduce((sum, part) => sum * 1000 + Number(part), 0);
}

/** Rules over the head of the file and its settings. */
export const integrationRules: readonly Rule<Tree>[] = [
  {
    code: "BA100",
    says: "the version is -1",
    check: ({ commonfields }) => must(commonfields.version === -1, "version"),
    spoil: (yml) => {
      yml.commonfields.version = 1;
    },
  },
  {
    code: "BA101",
    says: "id and name are the same",
    check: ({ commonfields, name }) => must(commonfields.id === name, "id"),
    spoil: (yml) => {
      yml.name = "Another";
    },
  },
  {
    code: "BA105",
    says: "the id has no slash",
    check: ({ commonfields }) => must(!commonfields.id.includes("/"), "id"),
    spoil: (yml) => {
      yml.commonfields.id = "a/b";
    },
  },
  {
    code: "BA113",
    says: "id and name have no blanks at their edges",
    check: ({ commonfields, name }) =>
      unless([commonfields.id, name] as string[], (text) => text === text.trim(), String),
    spoil: (yml) => {
      yml.name = `${yml.name} `;
    },
  },
  {
    code: "BA110",
    says: "name and display do not say integration",
    check: ({ display, name }) => unless([display, name], (text) => !/integration/i.test(text), String),
    spoil: (yml) => {
      yml.display += " Integration";
    },
  },
  {
    code: "IN123",
    says: "a version at the end of a name is a small v and a number",
    check: ({ display, name }) =>
      unless([display, name], (text) => !/v\d+$/i.test(text) || / ?v\d+$/.test(text), String),
    spoil: (yml) => {
      yml.display += " V2";
    },
  },
  {
    code: "IN160",
    says: "what is not deprecated does not say so",
    check: ({ display }) => must(!display.endsWith("(Deprecated)"), "display"),
    spoil: (yml) => {
      yml.display += " (Deprecated)";
    },
  },
  {
    code: "IN104",
    says: "the category is one of the approved",
    check: ({ category }) => must(["Email", "Network Security"].includes(category), "category"),
    spoil: (yml) => {
      yml.category = "Mail";
    },
  },
  {
    code: "BA106",
    says: "it asks for a server of 5.0.0 at least",
    check: ({ fromversion }) => must(versionOf(fromversion) >= versionOf("5.0.0"), "fromversion"),
    spoil: (yml) => {
      yml.fromversion = "4.9.9";
    },
  },
  {
    code: "BA118",
    says: "it does not end before it begins",
    check: ({ fromversion, toversion = "99.99.99" }) =>
      must(versionOf(fromversion) < versionOf(toversion), "toversion"),
    spoil: (yml) => {
      yml.toversion = yml.fromversion;
    },
  },
  {
    code: "BA103",
    says: "tests are named, or it says that there are none",
    check: ({ tests }) => must(Array.isArray(tests) && tests.length > 0, "tests"),
    spoil: (yml) => {
      yml.tests = [];
    },
  },
  {
    code: "sectionorder",
    says: "its sections are known ones, and every setting stands in one of them",
    check: ({ sectionorder, configuration }) => [
      ...must(sectionorder.length > 0, "sectionorder"),
      ...unless(sectionorder as string[], (section) => sections.includes(section), String),
      ...unless(configuration as Tree[], ({ section }) => sectionorder.includes(section), nameOf),
    ],
    spoil: (yml) => {
      yml.configuration[0].section = "Collect";
    },
  },
  {
    code: "IN169",
    says: "a provider is named where it is offered on the platform",
    check: ({ marketplaces, provider }) => must(!marketplaces.includes("platform") || provider, "provider"),
    spoil: (yml) => {
      yml.marketplaces = ["platform"];
    },
  },
  {
    code: "BA130",
    says: "it is offered on XSOAR alone, as other marketplaces ask for more",
    check: ({ marketplaces }) => [
      ...unless(marketplaces as string[], (market) => markets.includes(market), String),
      ...must(marketplaces.join() === "xsoar", "marketplaces"),
    ],
    spoil: (yml) => {
      yml.marketplaces.push("marketplacev2");
    },
  },
  {
    code: "booleans",
    says: "flags are true or false",
    check: (yml) => unless(flags, (flag) => ["undefined", "boolean"].includes(typeof yml[flag]), String),
    spoil: (yml) => {
      yml.hidden = "no";
    },
  },
  {
    code: "IN114",
    says: "no two settings have one name",
    check: ({ configuration }) => repeated(configuration.map(nameOf)),
    spoil: (yml) => {
      yml.configuration.push(yml.configuration[0]);
    },
  },
  {
    code: "IN118",
    says: "every setting is shown under a name",
    check: ({ configuration }) =>
      unless(configuration as Tree[], ({ display, type }) => display || type === 17 || type === 23, nameOf),
    spoil: (yml) => {
      delete yml.configuration[0].display;
    },
  },
  {
    code: "IN135",
    says: "names of settings begin with a capital and hold no underscore",
    check: ({ configuration }) =>
      unless(
        configuration as Tree[],
        ({ display }) => /^[^a-z]/.test(display ?? "A") && !/_/.test(display ?? ""),
        nameOf,
      ),
    spoil: (yml) => {
      yml.configuration[0].display = "server_url";
    },
  },
  {
    code: "IN102",
    says: "a checkbox is never required",
    check: ({ configuration }) =>
      unless(configuration as Tree[], (it) => it.type !== 8 || it.required === false, nameOf),
    spoil: (yml) => {
      yml.configuration.find(({ type }: Tree) => type === 8).required = true;
    },
  },
  {
    code: "IN152",
    says: "a checkbox has the text true or false as its default, or none",
    check: ({ configuration }) =>
      unless(
        configuration as Tree[],
        (it) => it.type !== 8 || [undefined, "true", "false"].includes(it.defaultvalue),
        nameOf,
      ),
    spoil: (yml) => {
      yml.configuration.find(({ type }: Tree) => type === 8).defaultvalue = true;
    },
  },
  {
    code: "IN153",
    says: "no default is an address without encryption",
    check: ({ configuration }) =>
      unless(configuration as Tree[], ({ defaultvalue = "" }) => !String(defaultvalue).startsWith("http:"), nameOf),
    spoil: (yml) => {
      yml.configuration[0].defaultvalue = "http://pps.example.com";
    },
  },
  {
    code: "IN145",
    says: "secrets are credentials, never an encrypted text",
    check: ({ configuration }) => unless(configuration as Tree[], ({ type }) => type !== 4 && type !== 14, nameOf),
    spoil: (yml) => {
      yml.configuration[0].type = 4;
    },
  },
  {
    code: "IN100",
    says: "certificate check and proxy are asked for in the fixed words",
    check: ({ configuration }) => {
      const words: Record<string, string> = {
        insecure: "Trust any certificate (not secure)",
        unsecure: "Trust any certificate (not secure)",
        proxy: "Use system proxy settings",
      };
      return unless(configuration as Tree[], ({ name, display }) => [undefined, display].includes(words[name]), nameOf);
    },
    spoil: (yml) => {
      yml.configuration.find(({ name }: Tree) => name === "proxy").display = "Proxy";
    },
  },
  {
    code: "parameter types",
    says: "every setting is of a kind that XSOAR knows",
    check: ({ configuration }) =>
      unless(configuration as Tree[], ({ type }) => [0, 1, 4, ...range(8, 9), ...range(11, 23)].includes(type), nameOf),
    spoil: (yml) => {
      yml.configuration[0].type = 7;
    },
  },
];

function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, index) => from + index);
}

/** Names that occur more than once. */
export function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}
