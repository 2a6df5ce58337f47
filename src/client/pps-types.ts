import type { catalogue } from "../commands/index.ts";
import type { Command, ResultOf } from "../core/command.ts";
import type { Fields, RawInput } from "../core/fields.ts";
import type { Agree, Agreement } from "../core/steps.ts";

/** The commands with all their types. */
export type Catalogue = typeof catalogue;

/** `area.verb` of a command there is. */
export type CommandName = Catalogue[number]["name"];

/** One of the catalogue's commands by its name. */
export type CommandNamed<Name extends CommandName> = Extract<Catalogue[number], { name: Name }>;

/** What a caller writes for a command. */
export type InputOf<C> = C extends { fields: infer F extends Fields } ? RawInput<F> : never;

/** What a command's list holds; never for a command without one. */
export type ItemOf<C> =
  C extends Command<string, infer _F, infer List, infer Item, infer _S>
    ? [List] extends [never]
      ? never
      : Item
    : never;

/** What stands beside the list, or the whole result of a command without one. */
export type SummaryOf<C> = C extends Command<string, infer _F, infer _L, infer _I, infer Summary> ? Summary : never;

/** How one call of a method is to go. */
export interface CallOptions {
  /** Ends the call with the signal's reason: at once, or two seconds later where a change under way is waited for. */
  signal?: AbortSignal | undefined;
  /** Changes are described in the result, not sent. @default false */
  dryRun?: boolean | undefined;
  /**
   * Asked with its plan by a command that knows only then what it would change; after `declined` nothing is changed.
   * @default `unasked`: it goes on, but for what only a person may agree to
   */
  agree?: ((plan: Agree) => Agreement | Promise<Agreement>) | undefined;
  /** Told of long work, in words for a person. */
  onProgress?: ((text: string) => void) | undefined;
}

/** Every field that is required must be written; where none is, the input may be left out. */
type Arguments<C> =
  Record<never, never> extends InputOf<C>
    ? [input?: InputOf<C>, options?: CallOptions]
    : [input: InputOf<C>, options?: CallOptions];

/** The method of one command. */
export type Method<C> = (...given: Arguments<C>) => Promise<ResultOf<C>>;

/** What a name begins with before its first dot, and what stands behind it where it begins with `Head`. */
type HeadOf<Name extends string> = Name extends `${infer Head}.${string}` ? Head : Name;
type RestOf<Name extends string, Head extends string> = Name extends `${Head}.${infer Rest}` ? Rest : never;

/** `false-positive` as a method is called. */
type MethodName<Word extends string> = Word extends `${infer Head}-${infer Rest}`
  ? `${Head}${Capitalize<MethodName<Rest>>}`
  : Word;

/** The methods whose names begin with `Path`; `Names` are what follows. */
type MethodsBelow<Path extends string, Names extends string> = {
  readonly [Head in HeadOf<Names> as MethodName<Head>]: Head extends Names
    ? `${Path}${Head}` extends infer Name extends CommandName
      ? Method<CommandNamed<Name>>
      : never
    : MethodsBelow<`${Path}${Head}.`, RestOf<Names, Head>>;
};

/** One method for every command: `quarantine.list` is `pps.quarantine.list(...)`, `respond.false-positive` `pps.respond.falsePositive(...)`. */
export type Methods = MethodsBelow<"", CommandName>;
