import type { CliContext } from "../context.ts";
import { writeOut } from "../context.ts";
import { choosePaint, type Paint } from "./paint.ts";
import { visibleText } from "./visible-text.ts";
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

export interface TalkSettings {
  quiet: boolean;
  color: boolean;
}

export function createTalk(context: Pick<CliContext, "stderr" | "env">, settings: TalkSettings): Talk {
  const { stderr } = context;
  const paint = choosePaint({ stream: stderr, env: context.env, color: settings.color });
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
      if (!settings.quiet) await print(visibleText(sentence));
    },
    async warn(sentence) {
      await print(paint("warning", visibleText(sentence)));
    },
    progress(text) {
      if (settings.quiet || stderr.isTTY !== true || context.env.TERM === "dumb") return;
      clear();
      stderr.write(paint("faint", fitText(visibleText(text), Math.max(20, (stderr.columns ?? 80) - 1))));
      showing = true;
    },
  };
}
