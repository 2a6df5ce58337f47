import { version } from "../../../../client/product.ts";
import { isPpsError } from "../../../../core/errors.ts";
import { commandNamed, execute, type Performer, type Run } from "../run.ts";
import { shortReason } from "../texts.ts";

/** For each optional module a harmless command that needs it, and what its absence of results is called. */
const probes = [
  { name: "pss", command: "trace.search", input: { since: "5 minutes", limit: 1 } },
  { name: "enduser", command: "users.get", input: { email: "pps-ping@nobody.example" } },
  { name: "Threat Protection", command: "blocklist.list", input: {} },
] as const;

/** Tests the connection, and tells which optional modules the account may use. */
export const ping: Performer = async (run) => {
  await execute(run, commandNamed("system.ping"), {});
  const modules = await Promise.all(probes.map((probe) => tryModule(run, probe)));
  const lead = run.action.successLead;
  return {
    result: true,
    message: `${lead} through action server ${version}. Optional modules: ${modules.join(", ")}.`,
  };
};

async function tryModule(run: Run, { name, command, input }: (typeof probes)[number]): Promise<string> {
  if (name === "Threat Protection" && run.instance.missingForLists.length > 0) return `${name} not configured`;
  try {
    await execute(run, commandNamed(command), input);
    return `${name} ok`;
  } catch (error) {
    if (!isPpsError(error)) throw error;
    // That there is no such user is told only to someone who was let in.
    if (name === "enduser" && error.code === "not_found") return `${name} ok`;
    return error.code === "denied" ? `${name} no permission` : `${name} not usable (${shortReason(error.message)})`;
  }
}
