import { Command as CommanderCommand } from "commander";
import type { Finding } from "../../../client/doctor/finding.ts";
import { errorCodes } from "../../../core/errors.ts";
import { safeJson, visibleText } from "../../../text/visible-text.ts";
import { resolveConnection } from "../connection.ts";
import { type CliContext, writeOut } from "../context.ts";
import { exitCodes } from "../exit-codes.ts";
import { choosePaint, type Paint, type Style } from "../output/paint.ts";
import {
  addConnectionOptions,
  addJsonOption,
  addTalkOptions,
  type ConnectionFlags,
  flagsOf,
} from "../shared-options.ts";

const styleOf: Readonly<Record<Finding["state"], Style>> = {
  ok: "good",
  warn: "warning",
  fail: "bad",
  skipped: "faint",
};

const exitCodeHelp = `
Exit codes, by the first check that fails, as a command that meets it would end:
    0  none failed; warnings and skipped checks count as well
    2  configuration
    3  credentials, modules or the key of the cloud API
    6  PPS is overloaded; try again later
    7  address, port or certificate, or no whole answer
    8  an answer that cannot be read`;

/** `pps doctor`: checks the way to PPS step by step and prints what would mend each finding. */
export function createDoctorCommand(context: CliContext, finish: (exitCode: number) => void): CommanderCommand {
  const doctor = new CommanderCommand("doctor").description(
    "Check settings, address, port, certificate, credentials, role, modules, clock and cloud API, and say how to mend them",
  );
  addConnectionOptions(addTalkOptions(addJsonOption(doctor)));
  doctor.addHelpText("after", exitCodeHelp);
  return doctor.action(async () => {
    const flags = flagsOf(doctor) as ConnectionFlags & { json?: boolean; color?: boolean };
    const { options, warnings } = await resolveConnection(flags, context);
    const { diagnose } = await import("../../../client/doctor/diagnose.ts");
    const paint = choosePaint(context.stdout, context.env, flags.color);
    const findings: Finding[] = [];
    for await (const finding of diagnose(options, { signal: context.interrupted, warnings })) {
      findings.push(finding);
      if (!flags.json) await writeOut(context.stdout, findingText(finding, paint));
    }
    if (flags.json) await writeOut(context.stdout, `${safeJson({ findings }, 2)}\n`);
    finish(exitCodeOf(findings));
  });
}

/** The first thing that is wrong decides. */
function exitCodeOf(findings: readonly Finding[]): number {
  const wrong = findings.find((finding) => finding.state === "fail");
  return wrong?.code === undefined ? exitCodes.done : errorCodes[wrong.code].exitCode;
}

function findingText({ check, state, found, fix }: Finding, paint: Paint): string {
  const label = paint(styleOf[state], state.padEnd(7));
  const lines = [`${label}  ${visibleText(check)}: ${visibleText(found)}`];
  if (fix !== undefined) lines.push(`         fix: ${visibleText(fix)}`);
  return `${lines.join("\n")}\n`;
}
