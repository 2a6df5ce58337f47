import { repeated } from "./integration-rules.ts";
import { must, type Rule, type Tree, unless } from "./rule.ts";

function nameOf({ name }: Tree): string {
  return name;
}

/** Every argument under `command argument`. */
function argumentsOf({ script }: Tree): [name: string, argument: Tree][] {
  return script.commands.flatMap(({ name, arguments: declared = [] }: Tree) =>
    declared.map((argument: Tree) => [`${name} ${argument.name}`, argument]),
  );
}

function outputsOf({ script }: Tree): Tree[] {
  return script.commands.flatMap(({ outputs = [] }: Tree) => outputs);
}

/** A text that ends as DS108 wants: a full stop, an exclamation or question mark, or an address. */
function isSentence(text: string): boolean {
  const bare = text
    .trim()
    .replace(/^(["'])(.*)\1$/, "$2")
    .trim();
  return bare === "" || /[.!?]$|\.[)'"]$|https?:\/\/\S+$/.test(bare);
}

const command = (yml: Tree) => yml.script.commands[0];

/** Rules over the script, its commands, arguments and outputs. */
export const scriptRules: readonly Rule<Tree>[] = [
  {
    code: "DS108",
    says: "descriptions of the integration, of arguments and of outputs are sentences",
    check: (yml) => [
      ...must(isSentence(yml.description), "description"),
      ...unless(
        argumentsOf(yml),
        ([, { description }]) => isSentence(description),
        ([name]) => name,
      ),
      ...unless(
        outputsOf(yml),
        ({ description }) => isSentence(description),
        ({ contextPath }) => contextPath,
      ),
    ],
    spoil: (yml) => {
      command(yml).outputs[0].description = "Mail message agent host,";
    },
  },
  {
    code: "script type",
    says: "the script is JavaScript in full, and needs no image",
    check: ({ script }) => [
      ...must(script.type === "javascript", "type"),
      ...must(typeof script.script === "string", "script"),
      ...must(script.dockerimage === undefined && script.subtype === undefined, "dockerimage"),
    ],
    spoil: (yml) => {
      yml.script.dockerimage = "demisto/python3";
    },
  },
  {
    code: "script flags",
    says: "nothing is fetched, fed, mirrored or run for long",
    check: ({ script }) =>
      unless(
        [
          "runonce",
          "isfetch",
          "feed",
          "longRunning",
          "ismappable",
          "isremotesyncin",
          "isremotesyncout",
          "resetContext",
        ],
        (flag) => !script[flag],
        String,
      ),
    spoil: (yml) => {
      yml.script.isfetch = true;
    },
  },
  {
    code: "IN130",
    says: "there is a command",
    check: ({ script }) => must(script.commands.length > 0, "commands"),
    spoil: (yml) => {
      yml.script.commands = [];
    },
  },
  {
    code: "command",
    says: "every command has a name of its own and a description",
    check: ({ script }) => [
      ...repeated(script.commands.map(nameOf)),
      ...unless(script.commands as Tree[], ({ name, description }) => name && description, nameOf),
    ],
    spoil: (yml) => {
      command(yml).description = "";
    },
  },
  {
    code: "BA128",
    says: "no command begins with a digit",
    check: ({ script }) => unless(script.commands as Tree[], ({ name }) => !/^\d/.test(name), nameOf),
    spoil: (yml) => {
      command(yml).name = "2fast";
    },
  },
  {
    code: "IN151",
    says: "arguments are a list or left out",
    check: ({ script }) =>
      unless(script.commands as Tree[], (it) => !("arguments" in it) || it.arguments?.length > 0, nameOf),
    spoil: (yml) => {
      command(yml).arguments = null;
    },
  },
  {
    code: "IN113",
    says: "no command has an argument twice",
    check: ({ script }) =>
      script.commands.flatMap(({ arguments: declared = [] }: Tree) => repeated((declared as Tree[]).map(nameOf))),
    spoil: (yml) => {
      command(yml).arguments.push(command(yml).arguments[0]);
    },
  },
  {
    code: "IN134",
    says: "a command has one default argument at most",
    check: ({ script }) =>
      unless(
        script.commands as Tree[],
        (it) => (it.arguments ?? []).filter((one: Tree) => one.default).length < 2,
        nameOf,
      ),
    spoil: (yml) => {
      for (const argument of command(yml).arguments) argument.default = true;
    },
  },
  {
    code: "arguments",
    says: "arguments are described, and defaults and offered values are texts",
    check: (yml) =>
      unless(
        argumentsOf(yml),
        ([, { description, defaultValue = "", auto, predefined }]) =>
          description &&
          typeof defaultValue === "string" &&
          (auto === "PREDEFINED") === (predefined !== undefined) &&
          (predefined ?? []).every((value: unknown) => typeof value === "string"),
        ([name]) => name,
      ),
    spoil: (yml) => {
      command(yml).arguments[0].predefined = [true, false];
    },
  },
  {
    code: "IN115",
    says: "every output has a context path and a known type",
    check: (yml) =>
      unless(
        outputsOf(yml),
        ({ contextPath, type }) => contextPath && ["Unknown", "String", "Number", "Date", "Boolean"].includes(type),
        ({ contextPath }) => String(contextPath),
      ),
    spoil: (yml) => {
      delete command(yml).outputs[0].contextPath;
    },
  },
  {
    code: "BA127",
    says: "no context path is deeper than five",
    check: (yml) =>
      unless(
        outputsOf(yml),
        ({ contextPath }) => contextPath.split(".").length <= 5,
        ({ contextPath }) => contextPath,
      ),
    spoil: (yml) => {
      command(yml).outputs[0].contextPath = "a.b.c.d.e.f";
    },
  },
];
