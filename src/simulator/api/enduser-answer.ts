import type { Quirks } from "../quirks.ts";
import type { User } from "../users/user.ts";
import { formatUtc } from "./utc-date.ts";

/** A user with the keys of pps-api.md section 6. */
export function userProfile(user: User, quirks: Quirks): Record<string, unknown> {
  const { created, lastModified, creationSource, more, ...known } = user;
  const profile = {
    ...more,
    ...known,
    created: formatUtc(created),
    lastmodified: formatUtc(lastModified),
    lastpasswordchange: "",
    lastsignon: "",
    creationsource: creationSource,
  };
  return Object.fromEntries(
    Object.entries(profile)
      .filter(([, value]) => quirks["user-empty-fields"] === "shown" || !isEmpty(value))
      .map(([name, value]) => [name, quirks["user-single"] === "text" ? unlisted(value) : value]),
  );
}

/** What the server says when it has carried out a create, change or delete; only the status can be relied upon. */
export function userAnswer(
  status: 200 | 201,
  profile: Record<string, unknown>,
  said: string,
  quirks: Quirks,
): Response {
  switch (quirks["user-answer"]) {
    case "profile":
      return Response.json(profile, { status });
    case "text":
      return new Response(said, { status, headers: { "Content-Type": "text/plain" } });
    case "empty":
      return new Response(null, { status });
  }
}

function isEmpty(value: unknown): boolean {
  return value === "" || (typeof value === "object" && value !== null && Object.keys(value).length === 0);
}

function unlisted(value: unknown): unknown {
  return Array.isArray(value) && value.length === 1 ? value[0] : value;
}
