import type { Json } from "../../../core/steps.ts";
import { canonicalJson } from "../audit/canonical-json.ts";
import type { CallEnd } from "../calls/call.ts";
import type { OnceOnly } from "../idempotency/once-only.ts";
import { type Asked, pageHeaders, type Work } from "./answers.ts";

/** Whose key it is, and all that makes the request the same or another. */
export interface Keyed {
  who: string;
  key: string;
  parts: unknown[];
}

/** Answers a change that came with a key: carried out once, whole before the answer begins, and kept. */
export async function answerOnce(
  { who, key, parts }: Keyed,
  asked: Asked,
  work: Work,
  answer: (asked: Asked, work: Work) => Promise<Response>,
  onceOnly: OnceOnly,
): Promise<Response> {
  const request = canonicalJson(JSON.parse(JSON.stringify(parts)) as Json);
  let fresh: Headers | undefined;
  const carryOut = async () => {
    let end: CallEnd | undefined;
    // Read here to its end, whether the caller is still there or not.
    const unread = new AbortController().signal;
    const response = await answer({ ...asked, unread }, async (found) => {
      end = await work(found);
      return end;
    });
    fresh = response.headers;
    const body = new Uint8Array(await response.arrayBuffer());
    const nothingDone = end?.trace.mayHaveChanged === 0;
    return { status: response.status, contentType: fresh.get("content-type") ?? "", body, nothingDone };
  };
  const { status, contentType, body, isReplayed } = await onceOnly.run({ who, key, request }, carryOut, asked.signal);
  const kept = contentType === pageHeaders["content-type"] ? pageHeaders : { "content-type": contentType };
  const replayed = { ...kept, "idempotency-replayed": "true" };
  const headers = isReplayed ? new Headers(replayed) : fresh;
  return new Response(body as Uint8Array<ArrayBuffer>, { status, headers: headers ?? {} });
}
