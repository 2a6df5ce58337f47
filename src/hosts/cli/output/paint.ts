import { styleText } from "node:util";

const styles = {
  heading: "bold",
  label: "bold",
  good: "green",
  bad: "red",
  warning: "yellow",
  faint: "dim",
} as const;

export type Style = keyof typeof styles;

/** Gives text a meaning by colour where the stream shows colours. */
export type Paint = (style: Style, text: string) => string;

export const plain: Paint = (_style, text) => text;

const colourful: Paint = (style, text) => styleText(styles[style], text, { validateStream: false });

export interface PaintSettings {
  stream: { isTTY?: boolean | undefined };
  env: Readonly<Record<string, string | undefined>>;
  /** `--no-color` was not given. */
  color: boolean;
}

/** Colours only for a terminal, and not against NO_COLOR (no-color.org) or TERM=dumb. */
export function choosePaint({ stream, env, color }: PaintSettings): Paint {
  const wanted = color && stream.isTTY === true && !env.NO_COLOR && env.TERM !== "dumb";
  return wanted ? colourful : plain;
}
