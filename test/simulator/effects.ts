import type { JournalEntry, Simulator } from "../../src/simulator/index.ts";

/** What happened to a message, once everything that was accepted for later has happened. */
export async function effectsOn(
  { simulator }: { simulator: Simulator },
  guid: string,
): Promise<JournalEntry["effect"][]> {
  simulator.clock.advance(20 * 60_000);
  await simulator.settle();
  const effects = simulator.journal().filter((entry) => entry.guid === guid);
  return effects.map(({ effect }) => effect).filter((effect) => effect !== "held");
}
