import { isPpsError } from "../../core/errors.ts";
import { inspect, type Steps, together } from "../../core/steps.ts";
import { noteOf } from "../answers.ts";
import { readIndicators } from "../indicators/mail-indicators.ts";
import { fetchRaw } from "../quarantine/download.ts";
import { weakFrom } from "./campaign.ts";
import { remaining, tell } from "./search-budget.ts";
import { type Sighting, traitsOf } from "./sightings.ts";
import type { Hunt } from "./term-search.ts";

/** Raw messages fetched at the same time: each may be large. */
const sideBySide = 5;

/** Of one subject, those opened: what they have in common stands for the others. */
const mostOfSubject = 3;

/**
 * Opens held messages that may or may not belong, so that their links and attachments can be compared: a few of each
 * subject, those nearest to belonging first. Gives how many were opened; called again, it goes on with what has become
 * likely meanwhile.
 */
export function* inspectUncertain(hunt: Hunt, most: number, threshold: number): Steps<number> {
  if (hunt.context.hasMailParser === false) return 0;
  const chosen = chooseUncertain(hunt.sightings.all, threshold).slice(0, Math.min(most, remaining(hunt.budget)));
  for (let index = 0; index < chosen.length; index += sideBySide) {
    yield* together(chosen.slice(index, index + sideBySide).map((sighting) => openMessage(sighting, hunt)));
  }
  return chosen.length;
}

function chooseUncertain(all: readonly Sighting[], threshold: number): Sighting[] {
  const opened: Record<string, number> = {};
  all.forEach((sighting) => {
    if (sighting.isOpened) opened[subjectOf(sighting)] = (opened[subjectOf(sighting)] ?? 0) + 1;
  });
  return all
    .filter(({ guid, copies, likeness, isOpened }) => {
      return guid !== "" && copies.length > 0 && !isOpened && isBetween(likeness.score, threshold);
    })
    .sort((one, other) => other.likeness.score - one.likeness.score)
    .filter((sighting) => {
      const key = subjectOf(sighting);
      opened[key] = (opened[key] ?? 0) + 1;
      return (opened[key] as number) <= mostOfSubject;
    });
}

function subjectOf(sighting: Sighting): string {
  return `_${traitsOf(sighting).subject.key}`;
}

function isBetween(score: number, threshold: number): boolean {
  return score >= weakFrom && score < threshold;
}

function* openMessage(sighting: Sighting, hunt: Hunt): Steps<void> {
  hunt.budget.requests++;
  sighting.isOpened = true;
  try {
    const contents = yield* inspect(yield* fetchRaw(sighting.guid));
    sighting.indicators = readIndicators(contents, hunt.context.ownDomains);
    sighting.traits = undefined;
  } catch (error) {
    if (!isPpsError(error) || error.code === "denied") throw error;
    // It may have left quarantine meanwhile, which says nothing of its likeness.
    if (error.code !== "not_found") tell(hunt.budget, `A held message could not be opened: ${noteOf(error)}`);
  }
}
