import type { Random } from "../random.ts";

/** Says why something is refused; `about` is the name or value it is about. */
export type Wording<Reason extends string> = (reason: Reason, about?: string) => string;

/**
 * Draws one of three wordings for each reason, so that a client that matches sentences is found out; drawn once, so that one
 * gateway always says the same. `{}` stands for what the sentence is about.
 */
export function chooseWording<Reason extends string>(
  wordings: Readonly<Record<Reason, readonly string[]>>,
  random: Random,
): Wording<Reason> {
  const choice = random.integer(3);
  return (reason, about = "") => (wordings[reason][choice] ?? "").replace("{}", () => about);
}
