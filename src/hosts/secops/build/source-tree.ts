import { toYaml } from "../../xsoar/build/yaml-text.ts";
import { secopsActions } from "../catalogue/actions.ts";
import { actionSource, examplePath } from "./action-definition.ts";
import { actionsAiDescription, integrationAiDescription } from "./ai-descriptions.ts";
import type { Files } from "./archive.ts";
import { definitionSource } from "./definition.ts";
import { json } from "./package-facts.ts";
import { png, svg } from "./picture.ts";
import { pyproject, pythonVersion, uvLock } from "./python-project.ts";
import { bridgeName, bridgeScript, shimOf } from "./python-scripts.ts";
import { releaseNotesSource } from "./release-notes.ts";

/** The AI files, which both forms of the package have. */
export const aiFiles: Files = {
  "resources/ai/actions_ai_description.yaml": toYaml(actionsAiDescription()),
  "resources/ai/integration_ai_description.yaml": toYaml(integrationAiDescription()),
};

/** The package as Google's packaging tool judges it (secops-platform.md 2.1): contents by path below the package's folder. */
export function makeSourceTree(): Files {
  const files: Record<string, string | Buffer> = {
    "__init__.py": "",
    ".python-version": pythonVersion,
    "definition.yaml": toYaml(definitionSource()),
    "pyproject.toml": pyproject,
    "uv.lock": uvLock,
    "release_notes.yaml": toYaml(releaseNotesSource()),
    "actions/__init__.py": "",
    "core/__init__.py": "",
    [`core/${bridgeName}.py`]: bridgeScript,
    "resources/image.png": png,
    "resources/logo.svg": svg,
    ...aiFiles,
    "tests/__init__.py": "",
    "tests/config.json": json({}),
  };
  for (const action of secopsActions) {
    files[`actions/${action.stem}.yaml`] = toYaml(actionSource(action));
    files[`actions/${action.stem}.py`] = shimOf(action);
    if (action.example !== undefined) files[examplePath(action)] = json(action.example);
  }
  return files;
}
