import type { Context } from "hono";
import { readNamed, readParameters } from "../api/parameters.ts";
import { Refusal } from "../api/refusal.ts";
import type { Quirks } from "../quirks.ts";
import type { ApiKeys } from "./api-keys.ts";
import type { Tokens } from "./tokens.ts";

const fieldNames = ["grant_type", "client_id", "client_secret"] as const;

const hour = 3600;

/** `POST /v1/token`: a key's id and secret for a token (pps-api.md 7 Token). */
export function tokenEndpoint(keys: ApiKeys, tokens: Tokens, quirks: Quirks): (context: Context) => Promise<Response> {
  return async (context) => {
    readParameters(context.req.url, []);
    const isForm = /^application\/x-www-form-urlencoded\b/i.test(context.req.header("Content-Type") ?? "");
    if (!isForm) throw denied(400, "invalid_request");
    const form = new URLSearchParams(await context.req.text());
    // What is no form reads as one long name, which may hold the secret and must not come back in a report.
    if (![...form.keys()].every((name) => /^\w{1,40}$/.test(name))) throw denied(400, "invalid_request");
    const fields = readNamed(form, fieldNames);
    if (!fields.grant_type || !fields.client_id || !fields.client_secret) throw denied(400, "invalid_request");
    if (fields.grant_type !== "client_credentials") throw denied(400, "unsupported_grant_type");
    const key = keys.find(fields.client_id, fields.client_secret);
    if (key === undefined) throw denied(401, "invalid_client");
    return context.json({ access_token: tokens.issue(key), token_type: "Bearer", ...life() });
  };

  function life(): { expires_in?: number | string } {
    const seconds = Number(quirks["cloud-token-seconds"]);
    switch (quirks["cloud-token-life"]) {
      case "number":
        return { expires_in: seconds };
      case "text":
        return { expires_in: String(seconds) };
      case "unsaid":
        return {};
      case "overstated":
        return { expires_in: hour };
    }
  }
}

function denied(status: 400 | 401, error: string): Refusal {
  return new Refusal(status, JSON.stringify({ error }), "application/json");
}
