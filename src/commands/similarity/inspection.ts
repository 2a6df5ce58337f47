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

/**
 * Opens held messages that may or may not belong, those nearest to belonging first and one of each subject before a
 * second of any, so that their links and attachments can be compared.
 */
export function* inspectUncertain(hunt: Hunt, most: number, threshold: number): Steps<boolean> {
  if (hunt.context.hasMailParser === false) return false;
  const chosen = chooseUncertain(hunt.sightings.all, threshold).slice(0, Math.min(most, remaining(hunt.budget)));
  for (let index = 0; index < chosen.length; index += sideBySide) {
    yield* together(chosen.slice(index, index + sideBySide).map((sighting) => openMessage(sighting, hunt)));
  }
  return chosen.length > 0;
}

function chooseUncertain(all: readonly Sighting[], threshold: number): Sighting[] {
  const uncertain = all
    .filter(({ guid, copies, likeness }) => guid !== "" && copies.length > 0 && isBetween(likeness.score, threshold))
    .sort((one, other) => other.likeness.score - one.likeness.score);
  const seen: Record<string, true> = {};
  const repeated: Sighting[] = [];
  const first = uncertain.filter((sighting) => {
    const key = `_${traitsOf(sighting).subject.key}`;
    if (!seen[key]) {
      seen[key] = true;
      return true;
    }
    repeated.push(sighting);
    return false;
  });
  return first.concat(repeated);
}

function isBetween(score: number, threshold: number): boolean {
  return score >= weakFrom && score < threshold;
}

function* openMessage(sighting: Sighting, hunt: Hunt): Steps<void> {
  hunt.budget.requests++;
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
