import type { SecopsAction } from "../catalogue/action.ts";

/** Which package an action belongs to; told to the server with every request. */
export interface PackageName {
  identifier: string;
  version: string;
}

/** What a shim is made of. */
export interface ShimFacts extends Pick<SecopsAction, "name" | "failureLead" | "writes"> {
  /** Begins the message of every success; only the test of the connection needs it (secops-platform.md 4, rule 8). */
  successLead?: string;
}

/** The Python file of one action: constants alone, since the bridge does the same for all of them. */
export function shimScript({ name, failureLead, writes, successLead }: ShimFacts, of: PackageName): string {
  const constants = [
    `PACKAGE = (${python(of.identifier)}, ${python(of.version)})`,
    `ACTION = ${python(name)}`,
    `FAILURE = ${python(failureLead)}`,
    `WRITES = ${writes ? "True" : "False"}`,
    ...(successLead === undefined ? [] : [`SUCCESS = ${python(successLead)}`]),
  ];
  const given = ["PACKAGE", "ACTION", "FAILURE", "WRITES", ...(successLead === undefined ? [] : ["SUCCESS"])];
  return `from ..core.pps_bridge import run

${constants.join("\n")}

if __name__ == "__main__":
    run(${given.join(", ")})
`;
}

/** Every JSON string in plain ASCII is a Python string of the same meaning. */
function python(text: string): string {
  return JSON.stringify(text).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
