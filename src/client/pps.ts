import { commands, findCommand } from "../commands/index.ts";
import type { Command } from "../core/command.ts";
import { PpsError } from "../core/errors.ts";
import type { Fields } from "../core/fields.ts";
import type { MailContents, MailFile } from "../core/mail-file.ts";
import type { NameFacts } from "../core/name-facts.ts";
import { readInput } from "../core/read-input.ts";
import type { Agree, Agreement, Ask, Reply } from "../core/steps.ts";
import { createChannel } from "./channel.ts";
import { createThreatProtection } from "./cloud/threat-protection.ts";
import { drive, type Host } from "./drive.ts";
import { createFeedSource } from "./feeds/feed-source.ts";
import { createLimiter } from "./http/limiter.ts";
import { createMailFile, fileBytes } from "./http/reply.ts";
import { sendWithRetry } from "./http/retry.ts";
import { createTransport, type Transport } from "./http/transport.ts";
import type { PpsOptions } from "./options/options.ts";
import { readSettings, type Settings } from "./options/settings.ts";
import type { CallOptions, CommandName, CommandNamed, InputOf, ItemOf, Methods, SummaryOf } from "./pps-types.ts";

/** How a host runs one command: the input is as its user wrote it, items are handed on as they come. */
export interface ExecuteOptions {
  signal?: AbortSignal | undefined;
  dryRun?: boolean | undefined;
  /** Messages and trace records carry PPS's own record as `record`. @default false */
  keepsRecords?: boolean | undefined;
  /** What the host's user calls a field, such as `--folder`, for messages. */
  nameOf?: ((field: string) => string) | undefined;
  /** Given the items of the command's list; awaited before more are fetched. */
  found?: ((items: readonly unknown[]) => void | Promise<void>) | undefined;
  progress?: ((text: string) => void) | undefined;
  /** Asked before a plan is carried out that the input alone does not tell. @default unasked */
  agree?: ((plan: Agree) => Agreement | Promise<Agreement>) | undefined;
}

interface Client extends AsyncDisposable {
  /**
   * Runs any command for a host: reads the raw input by its fields, drives the steps, returns the summary (what stands
   * beside the list). Throws PpsError, or the signal's reason.
   */
  execute(command: Command, rawInput: Readonly<Record<string, unknown>>, options?: ExecuteOptions): Promise<object>;
  /** The items of a list as they are found; the generator's return value is the summary. Leaving the loop ends the work. */
  stream<Name extends CommandName>(
    name: Name,
    input: InputOf<CommandNamed<Name>>,
    options?: CallOptions,
  ): AsyncGenerator<ItemOf<CommandNamed<Name>>, SummaryOf<CommandNamed<Name>>, undefined>;
  /** Ends all connections; calls under way fail. */
  close(): Promise<void>;
}

/** One PPS, with a method for every command: `pps.quarantine.list({...})`. */
export type Pps = Methods & Client;

/**
 * Makes a client for one PPS; nothing is sent yet. Close it when done, or write `await using`.
 * Throws PpsError `bad_input` for options that cannot work.
 */
export function createPps(options: PpsOptions): Pps {
  const settings = readSettings(options);
  if (settings.tls.insecure) {
    settings.onWarning("The certificate of PPS is not checked (insecure): anybody on the way can read the password.");
  }
  return createClient(settings, createTransport(settings));
}

/** A client over a given transport. */
export function createClient(
  settings: Settings,
  transport: Transport,
  threatProtection = createThreatProtection(settings),
): Pps {
  const limiter = createLimiter({ ...settings, monotonic: () => performance.now() });
  const feeds = createFeedSource(settings);
  const closed = new AbortController();

  function ask(request: Ask, signal: AbortSignal, tell: (text: string) => void): Promise<Reply> {
    if (request.service === "threat-protection") return threatProtection.ask(request, signal, tell);
    const send = () => limiter.run(() => transport.send(request, signal), signal);
    return sendWithRetry(request, send, settings, signal);
  }

  async function execute(command: Command, rawInput: Readonly<Record<string, unknown>>, options: ExecuteOptions = {}) {
    closed.signal.throwIfAborted();
    const now = settings.now();
    const { nameOf } = options;
    const dryRun = options.dryRun ?? false;
    const given = withMailFiles(command.fields, rawInput);
    const input = readInput(command, given, nameOf === undefined ? { now } : { now, nameOf });
    const { folders, ownDomains } = settings;
    const { threatProtection } = settings.cloud;
    const context = { now, folders, dryRun, keepsRecords: options.keepsRecords ?? false, ownDomains, threatProtection };
    const steps = command.run(input, context);
    const signal = options.signal === undefined ? closed.signal : AbortSignal.any([closed.signal, options.signal]);
    const progress = options.progress ?? (() => {});
    const host: Host = {
      ask: (request, stop) => ask(request, stop, progress),
      found: options.found ?? (() => {}),
      progress,
      pause: settings.sleep,
      inspect,
      recognise,
      retrieve: feeds.retrieve,
      agree: options.agree ?? (() => "unasked"),
      dryRun,
    };
    return drive(steps, host, signal);
  }

  async function call(command: Command, input: Readonly<Record<string, unknown>> = {}, options: CallOptions = {}) {
    const items: unknown[] = [];
    const summary = await execute(command, input, {
      signal: options.signal,
      dryRun: options.dryRun,
      progress: options.onProgress,
      agree: options.agree,
      found: (more) => {
        for (const item of more) items.push(item);
      },
    });
    return command.list === undefined ? summary : { [command.list]: items, ...summary };
  }

  async function* stream(name: string, input: Readonly<Record<string, unknown>>, options: CallOptions = {}) {
    const command = findCommand(name);
    if (command === undefined) throw new PpsError("bad_input", `There is no command ${name}.`);
    const left = new AbortController();
    const channel = createChannel<unknown>();
    const work = execute(command, input, {
      signal: options.signal === undefined ? left.signal : AbortSignal.any([left.signal, options.signal]),
      dryRun: options.dryRun,
      progress: options.onProgress,
      agree: options.agree,
      found: channel.put,
    });
    channel.endWith(work);
    try {
      yield* channel.items();
      return await work;
    } finally {
      left.abort();
      channel.discard();
      await work.catch(() => {});
    }
  }

  async function close() {
    closed.abort(new Error("The client is closed."));
    await Promise.all([transport.close(), threatProtection.close(), feeds.close()]);
  }

  return { ...createMethods(call), execute, stream, close, [Symbol.asyncDispose]: close } as unknown as Pps;
}

/** A caller in TypeScript has the bytes of a message, or its text; a host has made a file of it. */
function withMailFiles(fields: Fields, raw: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const given = { ...raw };
  for (const [name, field] of Object.entries(fields)) {
    const value = given[name];
    if (field.kind !== "mail" || value === "") continue;
    if (typeof value === "string") given[name] = createMailFile(Buffer.from(value, "utf8"));
    else if (value instanceof Uint8Array) given[name] = createMailFile(value);
  }
  return given;
}

async function inspect(file: MailFile): Promise<MailContents> {
  // Most calls never take a message apart, so that the mail parser is loaded by the first that does.
  const { inspectMail } = await import("./mail/mail-contents.ts");
  return inspectMail(fileBytes(file));
}

async function recognise(names: readonly string[]): Promise<NameFacts[]> {
  // The list of public suffixes is large, and only the sender lists ask for it.
  const { recogniseName } = await import("./names/recognised-name.ts");
  return names.map(recogniseName);
}

type Call = (command: Command, input?: Readonly<Record<string, unknown>>, options?: CallOptions) => Promise<object>;

/** The methods of an area, and the areas within it. */
interface MethodTree {
  [name: string]: MethodTree | ((input?: Readonly<Record<string, unknown>>, options?: CallOptions) => Promise<object>);
}

function createMethods(call: Call): MethodTree {
  const root: MethodTree = {};
  for (const command of commands) {
    const areas = command.name.split(".").map(methodName);
    const verb = areas.pop() ?? "";
    let place = root;
    for (const area of areas) {
      place[area] ??= {};
      place = place[area] as MethodTree;
    }
    place[verb] = (input, options) => call(command, input, options);
  }
  return root;
}

/** `false-positive` as a method is called. */
function methodName(word: string): string {
  return word.replace(/-([a-z])/g, (_dash, letter: string) => letter.toUpperCase());
}
