import { packageFacts } from "./package-facts.ts";
import { packageVersionText } from "./release-notes.ts";

/** The exact range the platform's tools ask for (secops-platform.md 4, rule 14). */
const requiresPython = ">=3.11,<3.12";

/** `pyproject.toml`: the platform's tools take version and description of the package from here. */
export const pyproject = `[project]
name = ${quote(packageFacts.identifier)}
version = ${quote(packageVersionText)}
description = ${quote(packageFacts.description)}
requires-python = ${quote(requiresPython)}
dependencies = []

[dependency-groups]
dev = [
    "pytest>=9.0.0",
    "pytest-json-report>=1.5.0",
    "soar-sdk",
]

[[tool.uv.index]]
url = "https://pypi.org/simple"
default = true

[tool.uv.sources]
soar-sdk = { git = "https://github.com/chronicle/soar-sdk.git" }
`;

/** `uv.lock`: what can be said without asking the registries, and that it is no more than that. */
export const uvLock = `# Nothing was resolved here: this names the package alone, which needs nothing at run time. The tools for its
# development are missing, so "uv lock --check" refuses this file; run "uv lock" once where the registries can be reached.
version = 1
requires-python = "==3.11.*"

[[package]]
name = ${quote(packageFacts.identifier.toLowerCase())}
version = ${quote(packageVersionText)}
source = { virtual = "." }
`;

/** `.python-version`. */
export const pythonVersion = "3.11\n";

function quote(text: string): string {
  return JSON.stringify(text);
}
