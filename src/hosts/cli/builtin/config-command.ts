import { Command as CommanderCommand } from "commander";
import { safeJson } from "../../../text/visible-text.ts";
import { resolveConnection } from "../connection.ts";
import { type CliContext, writeOut } from "../context.ts";
import { exitCodes } from "../exit-codes.ts";
import { cellText } from "../output/cell.ts";
import { choosePaint } from "../output/paint.ts";
import { tableText } from "../output/table.ts";
import {
  addConnectionOptions,
  addJsonOption,
  addTalkOptions,
  type ConnectionFlags,
  flagsOf,
} from "../shared-options.ts";
import { writeConfigTemplate } from "./config-template.ts";

interface ConfigFlags extends ConnectionFlags {
  json?: boolean;
  color?: boolean;
}

/** `pps config`: the settings file for several clusters, and what all settings come to. */
export function createConfigCommand(context: CliContext, finish: (exitCode: number) => void): CommanderCommand {
  const config = new CommanderCommand("config").description("Write, show and check the settings");
  config.addCommand(createInit(context));
  config.addCommand(createShow(context));
  config.addCommand(createCheck(context, finish));
  return config;
}

function createInit(context: CliContext): CommanderCommand {
  const init = new CommanderCommand("init")
    .description("Write a configuration file to fill in; an existing one is left alone")
    .option("--config <file>", "Where to write it, instead of the usual place (env: PPS_CONFIG)")
    .option("--profile <name>", "Name of its first profile (default: default)")
    .option("--url <url>", "Address of PPS to write into it")
    .option("--username <name>", "User name to write into it");
  return init.action(async () => {
    const path = await writeConfigTemplate(flagsOf(init), context);
    await writeOut(context.stdout, `${cellText(path)}\n`);
    await writeOut(context.stderr, "Fill it in, then try: pps config check, pps doctor\n");
  });
}

function createShow(context: CliContext): CommanderCommand {
  const show = new CommanderCommand("show").description("Show every setting in force and where it came from");
  addConnectionOptions(addTalkOptions(addJsonOption(show)));
  return show.action(async () => {
    const flags = flagsOf(show) as ConfigFlags;
    const { profile, configPath, values, warnings } = await resolveConnection(flags, context);
    if (flags.json) {
      await writeOut(context.stdout, `${safeJson({ configPath, profile, values, warnings }, 2)}\n`);
      return;
    }
    await writeOut(context.stderr, `configuration file: ${cellText(configPath) || "none"}\n`);
    if (profile !== undefined) await writeOut(context.stderr, `profile: ${cellText(profile)}\n`);
    await printTable(["name", "shown", "source"], values, flags, context);
    for (const warning of warnings) await writeOut(context.stderr, `warning: ${cellText(warning)}\n`);
  });
}

function createCheck(context: CliContext, finish: (exitCode: number) => void): CommanderCommand {
  const check = new CommanderCommand("check").description(
    "Check the configuration file, each of its profiles and the files with their secrets; nothing is sent. Ends with 2 when one cannot be used",
  );
  addJsonOption(check);
  addTalkOptions(check).option("--config <file>", "File to check, instead of the usual one (env: PPS_CONFIG)");
  return check.action(async () => {
    const flags = flagsOf(check) as ConfigFlags;
    const { checkConfig } = await import("./config-check.ts");
    const { path, profiles, warnings } = await checkConfig(flags.config, context);
    if (flags.json) await writeOut(context.stdout, `${safeJson({ configPath: path, profiles, warnings }, 2)}\n`);
    else {
      await writeOut(context.stderr, `configuration file: ${cellText(path)}\n`);
      await printTable(["profile", "state", "message"], profiles, flags, context);
      for (const warning of warnings) await writeOut(context.stderr, `warning: ${cellText(warning)}\n`);
    }
    finish(profiles.every((profile) => profile.state === "ok") ? exitCodes.done : exitCodes.usage);
  });
}

async function printTable(
  names: readonly string[],
  rows: readonly object[],
  flags: ConfigFlags,
  context: CliContext,
): Promise<void> {
  const paint = choosePaint(context.stdout, context.env, flags.color);
  const columns = names.map((name) => ({ name, whole: true }));
  await writeOut(context.stdout, tableText(rows, { columns, paint }));
}
