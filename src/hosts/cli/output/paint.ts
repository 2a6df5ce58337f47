import { styleText } from "node:util";
import type { CliContext, Terminal } from "../context.ts";

const styles = {
  heading: "bold",
  label: "bold",
  good: "green",
  bad: "red",
  warning: "yellow",
  faint: "dim",
} as const;

/** What a piece of text is, by which its colour is chosen. */
export type Style = keyof typeof styles;

/** Gives text a meaning by colour where the stream shows colours. */
export type Paint = (style: Style, text: string) => string;

/** Text as it is: for pipes, and where no colours are wanted. */
export const plain: Paint = (_style, text) => text;

const colourful: Paint = (style, text) => styleText(styles[style], text, { validateStream: false });

/** Colours only for a terminal, and not against `--no-color` (false), NO_COLOR (no-color.org) or TERM=dumb. */
export function choosePaint(
  stream: Pick<Terminal, "isTTY">,
  env: CliContext["env"],
  color: boolean | undefined,
): Paint {
  const wanted = color !== false && stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  return wanted ? colourful : plain;
}
