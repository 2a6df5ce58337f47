import { secopsActions } from "../catalogue/actions.ts";
import { flatImports } from "../python/flat-imports.ts";
import { actionBuilt } from "./action-definition.ts";
import type { Files } from "./archive.ts";
import { definitionBuilt, fullDetails } from "./definition.ts";
import { json, packageFacts } from "./package-facts.ts";
import { pythonVersion } from "./python-project.ts";
import { bridgeName, bridgeScript, shimOf } from "./python-scripts.ts";
import { releaseNotesBuilt } from "./release-notes.ts";
import { aiFiles } from "./source-tree.ts";

/** The package as the platform's IDE imports it (secops-platform.md 2.2): contents by path, none in an outer folder. */
export function makeBuiltPackage(): Files {
  const files: Record<string, string | Buffer> = {
    [`Integration-${packageFacts.identifier}.def`]: json(definitionBuilt()),
    [`${packageFacts.identifier}.fulldetails`]: json(fullDetails([bridgeName])),
    "RN.json": json(releaseNotesBuilt()),
    ".python-version": pythonVersion,
    "ActionsDefinitions/": "",
    "ActionsScripts/": "",
    // The import looks for the folder; there is nothing the bridge would have to bring along.
    "Dependencies/": "",
    "Managers/": "",
    [`Managers/${bridgeName}.py`]: flatImports(bridgeScript),
    ...aiFiles,
  };
  for (const action of secopsActions) {
    files[`ActionsDefinitions/${action.stem}.actiondef`] = json(actionBuilt(action));
    files[`ActionsScripts/${action.stem}.py`] = flatImports(shimOf(action));
  }
  return files;
}
