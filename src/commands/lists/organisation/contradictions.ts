import { isPpsError } from "../../../core/errors.ts";
import type { Steps } from "../../../core/steps.ts";
import { noteOf } from "../../answers.ts";
import { contradiction, otherList } from "../list-name.ts";
import { amongCriteria, type Criterion } from "./criterion.ts";
import { type OrganisationList, readOrganisationList } from "./organisation-list.ts";

/** Says which entries stand on the other list too. That it could not be read is only a note: the rest has been done. */
export function* noteContradictions(on: OrganisationList, wanted: readonly Criterion[]): Steps<string[]> {
  try {
    const others = yield* readOrganisationList({ ...on, list: otherList(on.list) });
    const both = wanted.filter(amongCriteria(others)).map(({ value }) => value);
    return contradiction(on.list, "the organisation's", both);
  } catch (error) {
    if (!isPpsError(error)) throw error;
    return [`Whether the entries stand on the ${otherList(on.list)} too is not known. ${noteOf(error)}`];
  }
}
