import type { Command } from "../../../core/command.ts";
import { Problem } from "./problem.ts";

/** In which form a result is given: one JSON object, JSON Lines as they come, a page for people, or a raw message. */
export type AnswerForm = "json" | "lines" | "page" | "mail";

/** The media type of each form. */
export const mediaTypes: Readonly<Record<AnswerForm, string>> = {
  json: "application/json",
  lines: "application/jsonl",
  page: "text/html",
  mail: "message/rfc822",
};

/** The forms a command's result can take, the usual one first. */
export function formsOf({
  file,
  list,
  hasReport,
}: Pick<Command, "file" | "list" | "hasReport">): readonly AnswerForm[] {
  if (file) return ["mail"];
  return ["json", ...(list === undefined ? [] : ["lines" as const]), ...(hasReport ? ["page" as const] : [])];
}

/** The form an Accept header asks for; the usual one where it takes anything. Throws Problem `not_acceptable`. */
export function chooseForm(command: Command, accept: string | undefined): AnswerForm {
  const forms = formsOf(command);
  const wanted = (accept ?? "*/*")
    .split(",")
    .map(readRange)
    .filter(({ quality }) => quality > 0)
    .sort((one, other) => other.quality - one.quality);
  for (const { range } of wanted) {
    const form = forms.find((candidate) => covers(range, mediaTypes[candidate]));
    if (form !== undefined) return form;
  }
  throw new Problem(
    "not_acceptable",
    `${command.name} answers with ${forms.map((form) => mediaTypes[form]).join(" or ")}.`,
  );
}

function readRange(text: string): { range: string; quality: number } {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const quality = parameters.find((parameter) => parameter.startsWith("q="));
  // The older name of JSON Lines is still the more common one.
  const known = range === "application/x-ndjson" ? mediaTypes.lines : range;
  return { range: known, quality: quality === undefined ? 1 : Number(quality.slice(2)) || 0 };
}

function covers(range: string, type: string): boolean {
  return range === "*/*" || range === type || (range.endsWith("/*") && type.startsWith(range.slice(0, -1)));
}
