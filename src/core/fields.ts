import type { MailFile } from "./mail-file.ts";
import type { Json } from "./steps.ts";

/** What every field says of itself; every surface derives its flag, argument or schema from this. */
export interface FieldDescription {
  /** A full phrase for people, with the unit where there is one. */
  description: string;
  required?: boolean;
  /** Read as if the user had written it. */
  default?: string;
  /** A value as a user would write it, for help and schemas. */
  example?: string;
  /** The argument's name in XSOAR, where its public integration has another than ours in snake case. */
  xsoar?: string;
  /** On a command line the value stands by itself, without a flag. */
  positional?: boolean;
}

/** A text on one line, trimmed. */
export interface TextField extends FieldDescription {
  kind: "text";
  /** In characters. */
  maxLength: number;
  /** May hold line breaks, as the body of a mail does. */
  multiline?: boolean;
}

/** An envelope address, or a part of one with `*` at its start or end (pps-api.md 2.2). */
export interface PatternField extends FieldDescription {
  kind: "pattern";
  maxLength: number;
}

/** An instant; read as milliseconds since 1970. */
export interface TimeField extends FieldDescription {
  kind: "time";
}

/** A whole number. */
export interface IntegerField extends FieldDescription {
  kind: "integer";
  min: number;
  max: number;
  /** The word `all` is read as no limit (Infinity). */
  orAll: boolean;
}

/** One of some words, in any case of letters. */
export interface ChoiceField<Value extends string = string> extends FieldDescription {
  kind: "choice";
  values: readonly Value[];
}

/** Yes or no; absent means no. */
export interface FlagField extends FieldDescription {
  kind: "flag";
}

/** Several texts. */
export interface ListField extends FieldDescription {
  kind: "list";
  maxItems: number;
  /** Characters in one item. */
  maxLength: number;
  /** `comma`: a text is split at commas. `none`: a text is one item, for names that may hold commas. */
  separator: "comma" | "none";
}

/** Names with values, written as a JSON object. */
export interface ObjectField extends FieldDescription {
  kind: "object";
  /** In characters, as JSON. */
  maxLength: number;
}

/** The text of a file. A surface with a file system takes a path and reads the file; elsewhere the text itself is given. */
export interface FileField extends FieldDescription {
  kind: "file";
  /** In characters. */
  maxLength: number;
}

/** A raw message (RFC 5322), its bytes. A surface with a file system takes a path and reads the file. */
export interface MailField extends FieldDescription {
  kind: "mail";
  maxBytes: number;
}

/** Any field. */
export type Field =
  | TextField
  | PatternField
  | TimeField
  | IntegerField
  | ChoiceField
  | FlagField
  | ListField
  | ObjectField
  | FileField
  | MailField;

/** The fields of a command by name. */
export type Fields = { readonly [name: string]: Field };

type Options<F extends Field, Bounds extends keyof F = never> = Omit<F, "kind" | Bounds> & Partial<Pick<F, Bounds>>;

/** A declared field: its bounds filled in, and what was written kept as literal types, from which inputs are typed. */
type Declared<F extends Field, O> = O & Pick<F, "kind"> & Omit<F, keyof O>;

/** At most 1000 characters unless stated. */
export function text<const O extends Options<TextField, "maxLength">>(options: O): Declared<TextField, O> {
  return { maxLength: 1000, ...options, kind: "text" };
}

/** At most 320 characters unless stated. */
export function pattern<const O extends Options<PatternField, "maxLength">>(options: O): Declared<PatternField, O> {
  return { maxLength: 320, ...options, kind: "pattern" };
}

/** A span back from now, or a calendar time (time.ts). */
export function time<const O extends Options<TimeField>>(options: O): Declared<TimeField, O> {
  return { ...options, kind: "time" };
}

/** `all` is not taken unless stated. */
export function integer<const O extends Options<IntegerField, "orAll">>(options: O): Declared<IntegerField, O> {
  return { orAll: false, ...options, kind: "integer" };
}

/** Its values are all there are. */
export function choice<const O extends Options<ChoiceField>>(options: O): Declared<ChoiceField, O> {
  return { ...options, kind: "choice" };
}

/** Absent means no. */
export function flag<const O extends Options<FlagField>>(options: O): Declared<FlagField, O> {
  return { ...options, kind: "flag" };
}

/** At most 10,000 items of 1000 characters, divided by commas, unless stated. */
export function list<const O extends Options<ListField, "maxItems" | "maxLength" | "separator">>(
  options: O,
): Declared<ListField, O> {
  return { maxItems: 10_000, maxLength: 1000, separator: "comma", ...options, kind: "list" };
}

/** At most 100,000 characters unless stated. */
export function object<const O extends Options<ObjectField, "maxLength">>(options: O): Declared<ObjectField, O> {
  return { maxLength: 100_000, ...options, kind: "object" };
}

/** At most 10,000,000 characters unless stated. */
export function file<const O extends Options<FileField, "maxLength">>(options: O): Declared<FileField, O> {
  return { maxLength: 10_000_000, ...options, kind: "file" };
}

/** At most 50,000,000 bytes unless stated: gateways seldom take larger mail. */
export function mail<const O extends Options<MailField, "maxBytes">>(options: O): Declared<MailField, O> {
  return { maxBytes: 50_000_000, ...options, kind: "mail" };
}

/** What a field of kind `object` is read to. */
export type JsonObject = { [name: string]: Json };

/** The value a field is read to. */
export type FieldValue<F> = F extends { kind: "time" | "integer" }
  ? number
  : F extends { kind: "flag" }
    ? boolean
    : F extends { kind: "list" }
      ? string[]
      : F extends { kind: "object" }
        ? JsonObject
        : F extends { kind: "mail" }
          ? MailFile
          : F extends { kind: "choice"; values: readonly (infer Value)[] }
            ? Value
            : string;

/** What a caller in TypeScript may write for a field; it is read and bounded like any other input. */
export type RawValue<F> = F extends { kind: "time" }
  ? string | number | Date
  : F extends { kind: "integer" }
    ? F extends { orAll: true }
      ? number | "all"
      : number
    : F extends { kind: "list" }
      ? readonly string[] | string
      : F extends { kind: "object" }
        ? JsonObject | string
        : F extends { kind: "mail" }
          ? MailFile | Uint8Array | string
          : FieldValue<F>;

type AlwaysSet<F> = F extends { required: true } | { default: string } | { kind: "flag" } ? true : false;

/** A command's input after reading: defaults filled in, every value typed and within its bounds. */
export type Input<F extends Fields> = {
  [K in keyof F as AlwaysSet<F[K]> extends true ? K : never]: FieldValue<F[K]>;
} & { [K in keyof F as AlwaysSet<F[K]> extends true ? never : K]?: FieldValue<F[K]> };

/** A command's input as a caller in TypeScript writes it. */
export type RawInput<F extends Fields> = {
  [K in keyof F as F[K] extends { required: true } ? K : never]: RawValue<F[K]>;
} & { [K in keyof F as F[K] extends { required: true } ? never : K]?: RawValue<F[K]> | undefined };
