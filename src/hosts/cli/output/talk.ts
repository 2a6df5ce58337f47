import { visibleText } from "../../../text/visible-text.ts";
import { type CliContext, writeOut } from "../context.ts";
import type { TalkFlags } from "../shared-options.ts";
import { choosePaint, type Paint } from "./paint.ts";
import { fitText } from "./width.ts";

/** What the program says to a person, on stderr. */
export interface Talk {
  paint: Paint;
  /** A sentence that `--quiet` leaves out. */
  say(sentence: string): Promise<void>;
  /** A sentence that must be seen: a warning, or that a list is not complete. */
  warn(sentence: string): Promise<void>;
  /** Word of long work, on one line that is written over; only on a terminal. */
  progress(text: string): void;
  /** Takes the progress line away, before anything else is printed. */
  clear(): void;
}

/** Talk on stderr as the flags want it: `--quiet` silences sentences and progress, `--no-color` colours. */
export function createTalk(context: Pick<CliContext, "stderr" | "env">, flags: TalkFlags): Talk {
  const { stderr } = context;
  const paint = choosePaint(stderr, context.env, flags.color);
  let showing = false;

  function clear() {
    if (showing) stderr.write("\r\u001b[K");
    showing = false;
  }

  async function print(line: string) {
    clear();
    await writeOut(stderr, `${line}\n`);
  }

  return {
    paint,
    clear,
    async say(sentence) {
      if (!flags.quiet) await print(visibleText(sentence));
    },
    async warn(sentence) {
      await print(paint("warning", visibleText(sentence)));
    },
    progress(text) {
      if (flags.quiet || stderr.isTTY !== true || context.env.TERM === "dumb") return;
      clear();
      stderr.write(paint("faint", fitText(visibleText(text), Math.max(20, (stderr.columns ?? 80) - 1))));
      showing = true;
    },
  };
}
