import type { Command } from "../../../core/command.ts";
import { PpsError } from "../../../core/errors.ts";
import { type Holder, mayUseProfile, missingScopes } from "../access/holder.ts";
import type { OpenProfile } from "../calls/profiles.ts";
import type { Site } from "../site.ts";
import { Problem } from "./problem.ts";
import type { VisitContext } from "./visit.ts";

/** Who calls, and whom for. */
export interface Admission {
  holder: Holder;
  profile: OpenProfile;
}

/** Lets a call in, or throws the Problem that says why not. */
export function admit(command: Command, c: VisitContext, site: Site): Admission {
  const { visit } = c.var;
  visit.command = command.name;
  const holder = identify(c, site);
  site.rate.count(holder.name);
  const missing = missingScopes(holder, command);
  if (missing.length > 0) {
    throw new Problem("forbidden", `The token ${holder.name} may not call ${command.name}.`, {
      hint: `It lacks the scope ${missing.join(" and ")}.`,
    });
  }
  const profile = chooseProfile(c.req.header("pps-profile"), holder, site);
  visit.profile = profile.name;
  return { holder, profile };
}

/** Who calls. Throws Problem `unauthenticated`. */
export function identify(c: VisitContext, site: Site): Holder {
  const holder = site.authenticate(c.req.header("authorization"));
  if (holder === undefined) {
    throw new Problem("unauthenticated", "This server takes calls with a valid token only.", {
      hint: "Send Authorization: Bearer TOKEN; pps tokens create makes one.",
    });
  }
  c.var.visit.caller = holder.name;
  return holder;
}

function chooseProfile(named: string | undefined, holder: Holder, { profiles }: Site): OpenProfile {
  const known = named === undefined ? profiles.first : profiles.find(named);
  // Whoever may not use a profile is not told whether there is one.
  if (!mayUseProfile(holder, named ?? profiles.first.name)) {
    throw new Problem(
      "forbidden",
      `The token ${holder.name} may not use ${named === undefined ? "the default profile" : "this profile"}.`,
      {
        hint: "Name a profile that it may use in the header PPS-Profile.",
        field: "PPS-Profile",
      },
    );
  }
  if (known !== undefined) return known;
  throw new PpsError("bad_input", "PPS-Profile names no profile that is served here.", {
    field: "PPS-Profile",
    hint: `Served are ${profiles.names.filter((name) => mayUseProfile(holder, name)).join(", ")}.`,
  });
}
