import { PpsError } from "../../../core/errors.ts";
import type { BlockingHost } from "../../../core/run.ts";
import type { Ask } from "../../../core/steps.ts";
import type { Cloud } from "./cloud.ts";
import type { Answer, Endpoint, Exchange } from "./exchange.ts";
import type { XsoarHost } from "./host-globals.ts";
import { recogniseName } from "./names/recognised-name.ts";
import { outgoingOf } from "./outgoing.ts";
import type { Redaction } from "./redaction.ts";
import { repeat, type Spare } from "./repeat.ts";
import type { Settings } from "./settings.ts";

/** An answer that was no success, as it came. */
export interface LastAnswer {
  status: number;
  reason: string;
  body: string;
}

/** What commands run on in XSOAR. */
export interface Session extends BlockingHost {
  /** What commands handed on. */
  items: unknown[];
  /** The latest answer of all, for errors that are told in the words of the public integration. */
  lastAnswer(): LastAnswer | undefined;
}

/** The parts a session is made of. */
export interface SessionParts {
  host: XsoarHost;
  settings: Settings;
  exchange: Exchange;
  cloud: Cloud;
  redaction: Redaction;
  spare: Spare;
}

/** Carries out what commands ask for, one thing after another: XSOAR's engine has no event loop. */
export function createSession({ host, settings, exchange, cloud, redaction, spare }: SessionParts): Session {
  const items: unknown[] = [];
  let last: LastAnswer | undefined;
  const endpoint: Endpoint = {
    speaker: "PPS",
    base: `${settings.url}/rest/v1`,
    parameter: "Server URL",
    insecure: settings.insecure,
    useProxy: settings.useProxy,
    timeoutSeconds: settings.timeoutSeconds,
  };
  const { username, password } = settings.credentials;

  function askPps(request: Ask): Answer {
    const outgoing = outgoingOf(request);
    // Basic is made by the server, whose way with other than ASCII is its own.
    outgoing.request.Username = username;
    outgoing.request.Password = password;
    return repeat(request.effect, () => exchange(endpoint, outgoing), spare);
  }

  return {
    items,
    lastAnswer: () => last,
    ask(request) {
      const answer = request.service === "threat-protection" ? cloud.ask(request) : askPps(request);
      if (answer.failure) throw answer.failure.error;
      last = { status: answer.reply.status, reason: answer.reason, body: answer.reply.text };
      return answer.reply;
    },
    found(more) {
      more.forEach((item) => {
        items.push(item);
      });
    },
    progress(text) {
      host.logDebug(redaction.redact(text));
    },
    pause(milliseconds) {
      host.wait(Math.ceil(milliseconds / 1000));
    },
    inspect() {
      throw new PpsError("unexpected", "XSOAR's engine has no mail parser.", {
        hint: "Download the message and have it read by XSOAR's ParseEmailFiles.",
      });
    },
    recognise: (names) => names.map(recogniseName),
    retrieve() {
      throw new PpsError("bad_input", "Feeds are not fetched from XSOAR; give the text of the list.", {
        hint: "XSOAR's own feed integrations fetch lists.",
      });
    },
    // Whoever called it is a playbook, which asks before it calls.
    agree: () => "unasked",
  };
}

/** The same session for a dry run: it sends no change, whatever a command asks for. */
export function withoutChanges(session: Session): Session {
  return {
    ...session,
    ask(request) {
      if (request.effect === "read") return session.ask(request);
      throw new Error(`A dry run would have sent ${request.method} ${request.path}.`);
    },
  };
}
