import type { Rule } from "../../xsoar/rules/rule.ts";
import { must, unless } from "../../xsoar/rules/rule.ts";
import type { Pack } from "./pack.ts";

const dateFormat = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/;

function file({ source }: Pack, path: string): string {
  return source[path] ?? "";
}

function tomlValue(toml: string, key: string): string | undefined {
  return new RegExp(`^${key} = "(.*)"$`, "m").exec(toml)?.[1];
}

/** What Google's packaging tool asks of a source tree, by the numbers of its rules (secops-platform.md 4). */
export const sourceRules: readonly Rule<Pack>[] = [
  {
    code: "1",
    says: "a lock file names the package, and says that nothing was resolved",
    check: (pack) =>
      must(
        /^# Nothing was resolved.*\n#.*uv lock/.test(file(pack, "uv.lock")) &&
          /^\[\[package\]\]\nname = "proofpointprotectionserver"$/m.test(file(pack, "uv.lock")) &&
          tomlValue(file(pack, "uv.lock"), "requires-python") === "==3.11.*",
        "uv.lock",
      ),
    spoil: ({ source }) => {
      source["uv.lock"] = "version = 1\n";
    },
  },
  {
    code: "3",
    says: "the version is the same in the project file, the lock file, the last release note and the definition",
    check: (pack) => {
      const last = pack.notes.at(-1).version;
      const versions = {
        pyproject: Number(tomlValue(file(pack, "pyproject.toml"), "version")),
        lock: Number(tomlValue(file(pack, "uv.lock").slice(file(pack, "uv.lock").indexOf("[[package]]")), "version")),
        def: pack.def.Version,
        details: pack.details.Version,
        notes: pack.builtNotes.at(-1).IntroducedInIntegrationVersion,
      };
      return unless(Object.entries(versions), ([, version]) => version === last, String);
    },
    spoil: (pack) => {
      pack.notes.at(-1).version = 2;
    },
  },
  {
    code: "3",
    says: "release notes stand in the order of their versions",
    check: ({ notes }) =>
      unless(
        notes,
        (note, index = notes.indexOf(note)) => index === 0 || note.version >= notes[index - 1].version,
        String,
      ),
    spoil: ({ notes }) => {
      notes[0].version = 9;
    },
  },
  {
    code: "4",
    says: "the tools of development are named",
    check: (pack) =>
      unless(
        ["soar-sdk", "pytest", "pytest-json-report"],
        (tool) => new RegExp(`^ {4}"${tool}(>=[\\d.]+)?",$`, "m").test(file(pack, "pyproject.toml")),
        String,
      ),
    spoil: ({ source }) => {
      source["pyproject.toml"] = file({ source } as Pack, "pyproject.toml").replace("pytest-json-report", "other");
    },
  },
  {
    code: "5, 6",
    says: "nothing in the source is custom or disabled",
    check: ({ definition, actions }) =>
      unless(
        [definition, ...Object.values(actions)],
        (tree) => tree.is_custom !== true && tree.is_enabled !== false,
        ({ name }) => name,
      ),
    spoil: ({ actions }) => {
      (actions.ping as { is_enabled?: boolean }).is_enabled = false;
    },
  },
  {
    code: "7",
    says: "there is an action named Ping",
    check: ({ actions }) => must(actions.ping?.name === "Ping", "ping"),
    spoil: ({ actions }) => {
      delete actions.ping;
    },
  },
  {
    code: "8",
    says: "the script of Ping holds the two texts that are looked for",
    check: (pack) =>
      unless(
        ["Successfully connected to the", "Failed to connect to the"],
        (text) => file(pack, "actions/ping.py").includes(text),
        String,
      ),
    spoil: ({ source }) => {
      source["actions/ping.py"] = file({ source } as Pack, "actions/ping.py").replace("Successfully", "Well");
    },
  },
  {
    code: "10",
    says: "Verify SSL is a boolean and true unless told otherwise",
    check: ({ definition }) => {
      const parameter = definition.parameters.find(({ name }: { name: string }) => name === "Verify SSL");
      return must(parameter?.type === "boolean" && parameter.default_value === true, "Verify SSL");
    },
    spoil: ({ definition }) => {
      definition.parameters.find(({ name }: { name: string }) => name === "Verify SSL").default_value = "true";
    },
  },
  {
    code: "12",
    says: "there is a documentation link",
    check: ({ definition }) =>
      must(URL.canParse(definition.documentation_link) && /^https:/.test(definition.documentation_link), "link"),
    spoil: ({ definition }) => {
      definition.documentation_link = "docs";
    },
  },
  {
    code: "14",
    says: "the only Python is 3.11",
    check: (pack) =>
      must(
        file(pack, ".python-version").trim() === "3.11" &&
          tomlValue(file(pack, "pyproject.toml"), "requires-python") === ">=3.11,<3.12",
        "Python",
      ),
    spoil: ({ source }) => {
      source[".python-version"] = "3.12\n";
    },
  },
  {
    code: "15",
    says: "the package and every parameter of an action is described",
    check: (pack) => [
      ...must(tomlValue(file(pack, "pyproject.toml"), "description"), "pyproject.toml"),
      ...Object.values(pack.actions).flatMap(({ name, description, parameters }) => [
        ...must(description, name),
        ...unless(
          parameters as { name: string; description: string }[],
          (one) => one.description,
          (one) => `${name}: ${one.name}`,
        ),
      ]),
    ],
    spoil: ({ actions }) => {
      Object.values(actions).find(({ parameters }) => parameters.length > 0).parameters[0].description = "";
    },
  },
  {
    code: "18",
    says: "every folder of scripts has an __init__.py that holds no code",
    check: (pack) =>
      unless(
        ["__init__.py", "actions/__init__.py", "core/__init__.py"],
        (path) => pack.source[path] !== undefined && /^(#.*\n|\s)*$/.test(file(pack, path)),
        String,
      ),
    spoil: ({ source }) => {
      source["core/__init__.py"] = "import os\n";
    },
  },
  {
    code: "20",
    says: "releases are dated",
    check: ({ notes }) =>
      unless(
        notes,
        ({ publish_time }) => dateFormat.test(publish_time),
        ({ item_name }) => item_name,
      ),
    spoil: ({ notes }) => {
      notes[0].publish_time = "21/11/2026";
    },
  },
  {
    code: "21",
    says: "tests/config.json is a JSON object",
    check: (pack) =>
      must(
        /^\{[\s\S]*\}\n$/.test(file(pack, "tests/config.json")) && JSON.parse(file(pack, "tests/config.json")),
        "tests/config.json",
      ),
    spoil: ({ source }) => {
      source["tests/config.json"] = "[]\n";
    },
  },
  {
    code: "22",
    says: "each action is a pair of a script and a description",
    check: ({ source }) => {
      const stems = Object.keys(source).flatMap(
        (path) => /^actions\/(?!__init__)(.+)\.(?:py|yaml)$/.exec(path)?.[1] ?? [],
      );
      return unless(
        stems,
        (stem) => source[`actions/${stem}.py`] !== undefined && source[`actions/${stem}.yaml`] !== undefined,
        String,
      );
    },
    spoil: ({ source }) => {
      delete source["actions/ping.py"];
    },
  },
  {
    code: "22",
    says: "files and folders are named in snake_case",
    check: ({ source }) =>
      unless(
        Object.keys(source).filter((path) => !/_JsonResult_example\.json$|^\.python-version$/.test(path)),
        (path) => path.split("/").every((part) => /^[a-z0-9_]+(\.[a-z]+)?$/.test(part)),
        String,
      ),
    spoil: ({ source }) => {
      source["actions/PingAgain.py"] = "";
    },
  },
  {
    code: "22",
    says: "no two scripts have one name, since folders are flattened",
    check: ({ source }) => {
      const names = Object.keys(source).flatMap((path) => /([^/]+)\.py$/.exec(path)?.[1] ?? []);
      return unless(names, (name) => name === "__init__" || names.indexOf(name) === names.lastIndexOf(name), String);
    },
    spoil: ({ source }) => {
      source["core/ping.py"] = "";
    },
  },
  {
    code: "23",
    says: "every registry is PyPI",
    check: (pack) => {
      const named = ["uv.lock", "pyproject.toml"].flatMap((path) => [
        ...file(pack, path).matchAll(/(?:registry|^url) = "(.*?)"/gm),
      ]);
      return [...must(pack.source["uv.lock"], "uv.lock"), ...unless(named, ([, url]) => url?.includes("pypi"), String)];
    },
    spoil: ({ source }) => {
      source["uv.lock"] += 'source = { registry = "https://packages.example.com/simple" }\n';
    },
  },
  {
    code: "load",
    says: "the picture is a PNG and the logo an SVG of at most 5 MB",
    check: (pack) => [
      ...must(file(pack, "resources/image.png").startsWith("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image.png"),
      ...must(/^<svg [^>]*xmlns="http:\/\/www\.w3\.org\/2000\/svg"/.test(file(pack, "resources/logo.svg")), "logo.svg"),
      ...unless(["resources/image.png", "resources/logo.svg"], (path) => file(pack, path).length <= 5e6, String),
    ],
    spoil: ({ source }) => {
      source["resources/image.png"] = "GIF89a";
    },
  },
  {
    code: "load",
    says: "every path leads to a file of the tree",
    check: ({ source, definition, actions }) =>
      unless(
        [
          definition.svg_logo_path,
          definition.image_path,
          ...Object.values(actions).flatMap(({ dynamic_results_metadata }) =>
            dynamic_results_metadata.map(
              ({ result_example_path }: { result_example_path: string }) => result_example_path,
            ),
          ),
        ],
        (path) => source[path] !== undefined,
        String,
      ),
    spoil: ({ definition }) => {
      definition.image_path = "../image.png";
    },
  },
];
