import { Command as CommanderCommand } from "commander";
import { safeJson } from "../../../text/visible-text.ts";
import type { MadeToken, TokenFacts, TokenStore } from "../../server/access/token-store.ts";
import { type CliContext, writeOut } from "../context.ts";
import { choosePaint } from "../output/paint.ts";
import { tableText } from "../output/table.ts";
import { createTalk } from "../output/talk.ts";
import { addJsonOption, addTalkOptions, flagsOf } from "../shared-options.ts";
import { addStateOption, chooseState } from "./state-option.ts";

interface Flags {
  state?: string;
  scope?: string[];
  profile?: string[] | string;
  rotate?: boolean;
  id?: string;
  json?: boolean;
  quiet?: boolean;
  color?: boolean;
}

const scopeHelp = `
Scopes, of which a call needs all that are meant for it:
  read, change, destroy   what a command does to mail, lists and users
  lists                   blocklists and safelists, the organisation's and the users' own
  users                   users: look up, create, modify, delete

Examples:
  $ pps tokens create soar --scope read,change
  $ pps tokens create helpdesk --scope read,change,lists --profile lab
  $ pps tokens create soar --rotate      a second one, to change over to
  $ pps tokens revoke soar --id 1f3c9a2b`;

/** `pps tokens`: who may call the action server. A running server follows every change at once. */
export function createTokensCommand(context: CliContext): CommanderCommand {
  const tokens = new CommanderCommand("tokens").description("Make, list and revoke the tokens of the action server");
  tokens.addCommand(createCreate(context));
  tokens.addCommand(createList(context));
  tokens.addCommand(createRevoke(context));
  return tokens;
}

function createCreate(context: CliContext): CommanderCommand {
  const create = new CommanderCommand("create")
    .description("Make a token and print it, this once: only its hash is kept")
    .argument("<name>", "Who is to hold it; the audit log calls the holder so")
    .option("--scope <list>", "What it may do: read, change, destroy, lists, users; repeatable", addText)
    .option("--profile <name>", "PPS profile it may use; repeatable (default: every profile)", addText)
    .option("--rotate", "A second token with the rights of the first, which stays valid until it is revoked")
    .addHelpText("after", scopeHelp);
  addStateOption(addTalkOptions(addJsonOption(create)));
  return create.action(async (name: string) => {
    const flags = flagsOf(create) as Flags;
    const made = await makeToken(name, flags, create, context);
    if (flags.json) {
      await writeOut(context.stdout, `${safeJson(made, 2)}\n`);
      return;
    }
    await writeOut(context.stdout, `${made.token}\n`);
    const profiles = made.profiles.includes("*") ? "every profile" : `the profiles ${made.profiles.join(", ")}`;
    const rights = `${made.scopes.join(", ")} on ${profiles}`;
    const talk = createTalk(context, flags);
    await talk.say(`Token ${made.id} of ${made.name}: ${rights}. It is shown this once.`);
  });
}

async function makeToken(
  name: string,
  { scope, profile, rotate, state }: Flags,
  command: CommanderCommand,
  context: CliContext,
): Promise<MadeToken> {
  const { readScopes } = await import("../../server/access/token-order.ts");
  if (rotate && (scope !== undefined || profile !== undefined)) {
    command.error("error: --rotate keeps the rights of the first token: leave --scope and --profile out.");
  }
  const { openStateDirectory } = await import("../../server/state/state-directory.ts");
  if (rotate) return (await openStore(state, context)).rotate(name);
  const order = { name, scopes: readScopes(scope ?? []), profiles: profile === undefined ? ["*"] : [profile].flat() };
  openStateDirectory((await chooseState(state, context)).directory);
  return (await openStore(state, context)).create(order);
}

function createList(context: CliContext): CommanderCommand {
  const list = new CommanderCommand("list").description("List the tokens: names, rights, last use; never the tokens");
  addStateOption(addTalkOptions(addJsonOption(list)));
  return list.action(async () => {
    const flags = flagsOf(list) as Flags;
    await print((await openStore(flags.state, context)).list(), flags, context);
  });
}

function createRevoke(context: CliContext): CommanderCommand {
  const revoke = new CommanderCommand("revoke")
    .description("End the tokens of a name at once, or one of them; there is no way back")
    .argument("<name>", "Who holds it")
    .option("--id <id>", "Only the token with this id, as list shows it");
  addStateOption(addTalkOptions(addJsonOption(revoke)));
  return revoke.action(async (name: string) => {
    const flags = flagsOf(revoke) as Flags;
    await print((await openStore(flags.state, context)).revoke(name, flags.id), flags, context);
  });
}

async function openStore(state: string | undefined, context: CliContext): Promise<TokenStore> {
  const { createTokenStore } = await import("../../server/access/token-store.ts");
  return createTokenStore((await chooseState(state, context)).tokens);
}

const columns = ["name", "id", "state", "scopes", "profiles", "created", "lastUsed", "revoked"];

async function print(tokens: readonly TokenFacts[], flags: Flags, context: CliContext): Promise<void> {
  if (flags.json) {
    await writeOut(context.stdout, `${safeJson({ tokens }, 2)}\n`);
    return;
  }
  const paint = choosePaint(context.stdout, context.env, flags.color);
  const shape = { columns: columns.map((name) => ({ name, whole: true })), omitEmpty: true, paint };
  await writeOut(context.stdout, tokens.length > 0 ? tableText(tokens, shape) : "");
  if (tokens.length === 0)
    await createTalk(context, flags).say("There are no tokens. Make one with pps tokens create.");
}

const addText = (text: string, before: string[] = []) => [...before, text];
