import type { ServerResponse } from "node:http";
import { onTestFinished } from "vitest";
import type { ActionReply, ActionRequest } from "../../src/hosts/secops/handler/envelope.ts";
import type { Authority } from "../../src/simulator/tls/authority.ts";
import { type CertificateWishes, makeAuthority, type Seen, startHttps } from "../client/https-server.ts";

export const token = "test-token-0123456789abcdef0123456789abcdef";

/** A server at the other end of the bridge that answers as the test says. */
export interface ReplyServer {
  url: string;
  port: number;
  seen: Seen[];
  /** The requests as they were read. */
  requests(): ActionRequest[];
  /** The settings of an instance that lead to it. */
  configuration: Record<string, string>;
}

/** A reply to a request, with what the test wants to be different. */
export function replyTo({ requestId }: ActionRequest, more: Partial<ActionReply> = {}): ActionReply {
  return {
    version: 1,
    requestId,
    server: "test",
    state: "completed",
    result: true,
    message: "Done.",
    json: [],
    ...more,
  };
}

export type Answer = (request: ActionRequest, response: ServerResponse, seen: Seen) => unknown;

/** Answers with what `answer` gives, as JSON; where it gives nothing, it has answered or left by itself. */
export async function startReplies(
  answer: Answer = (request) => replyTo(request),
  { authority, ...wishes }: CertificateWishes & { authority?: Authority } = {},
): Promise<ReplyServer> {
  const signer = authority ?? (await makeAuthority());
  const server = await startHttps(
    signer,
    async (seen, response) => {
      const given = await answer(JSON.parse(seen.body), response, seen);
      if (given !== undefined) response.setHeader("content-type", "application/json").end(JSON.stringify(given));
    },
    wishes,
  );
  onTestFinished(server.close);
  return {
    ...server,
    requests: () => server.seen.map(({ body }) => JSON.parse(body)),
    configuration: settingsFor(server.url, signer.cert),
  };
}

/** The settings of an instance that leads to a server with this certificate. */
export function settingsFor(url: string, certificatePem: string, shown = token): Record<string, string> {
  return {
    "Action Server URL": url,
    "Action Server Token": shown,
    "Action Server CA Certificate": Buffer.from(certificatePem).toString("base64"),
  };
}
