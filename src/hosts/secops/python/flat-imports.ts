/**
 * A script as the built package has it: there all files lie in one folder, beside the modules of the SDK
 * (secops-platform.md 2.2).
 */
export function flatImports(script: string): string {
  return script
    .replace(/^from \.\.core\.(\w+) import /gm, "from $1 import ")
    .replace(/^from soar_sdk\.(\w+) import /gm, "from $1 import ");
}
