import { command } from "../core/command.ts";
import { ask } from "../core/steps.ts";
import { formatTime } from "../core/time.ts";
import { requireSuccess } from "./answers.ts";
import { readSearchAnswer, toQuarantineTime } from "./wire.ts";

/** What a successful connection test learnt. */
export interface PingResult {
  connected: true;
  /** PPS's own clock from its Date header, ISO 8601; null when it sent none. */
  serverTime: string | null;
  /** Most records PPS gives in one search answer; null when it does not say. */
  recordsPerSearch: number | null;
}

/** A search, not `/pss/health`: the released integration dropped that after errors (pps-api.md 1). */
export const systemPing = command()({
  name: "system.ping",
  title: "Test Connection",
  description:
    "Tests the address, the certificate, the credentials and the right to search the quarantine, by one harmless search.",
  effect: "read",
  access: "Quarantine",
  fields: {},
  rules: [],
  outputs: [
    { name: "connected", type: "boolean", description: "True: PPS answered a search." },
    { name: "serverTime", type: "time", description: "PPS's own clock, from its Date header." },
    { name: "recordsPerSearch", type: "number", description: "Most records PPS gives in one search answer." },
  ],
  columns: ["connected", "serverTime", "recordsPerSearch"],
  examples: [{ line: "pps ping", purpose: "Test the connection" }],
  *run(_input, context) {
    const what = "the connection test, a search of the last minute";
    const reply = yield* ask({
      method: "GET",
      path: "/quarantine",
      query: [
        ["from", "*"],
        ["startdate", toQuarantineTime(context.now - 60_000)],
        ["enddate", toQuarantineTime(context.now)],
      ],
      effect: "read",
      expect: "text",
    });
    requireSuccess(reply, { what, access: "Quarantine" });
    const answer = readSearchAnswer(reply, what);
    const date = new Date(reply.headers.date ?? "").getTime();
    const result: PingResult = {
      connected: true,
      serverTime: date > 0 ? formatTime(date) : null,
      recordsPerSearch: answer.limit ?? null,
    };
    return result;
  },
});
