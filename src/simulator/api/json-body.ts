import type { Context } from "hono";
import { WrongRequest } from "./refusal.ts";

/** The body of a request; undefined when it is no JSON. Throws WrongRequest when it is not declared as JSON. */
export async function readJsonBody(context: Context): Promise<unknown> {
  if (!/^application\/json\b/i.test(context.req.header("Content-Type") ?? "")) {
    throw new WrongRequest("a body needs Content-Type application/json");
  }
  try {
    return await context.req.json();
  } catch {
    return undefined;
  }
}
