import type { Json } from "../../../core/steps.ts";
import { toPythonJson } from "./python-json.ts";

/** Longest body of an error that is shown whole, in characters. */
const longest = 50_000;

const cut = "...This error body was truncated...";

/** The sentence the Python integration has for an answer that is no success, with the body in its own words (xsoar-platform.md 4). */
export function describeApiError(answer: { status: number; reason: string; body: string }): string {
  return truncate(`Error in API call [${answer.status}] - ${answer.reason}\n${reprint(answer.body)}`);
}

/** JSON is printed again as Python would; any other body stays as it is. */
function reprint(body: string): string {
  try {
    return toPythonJson(JSON.parse(body) as Json, "ascii");
  } catch {
    return body;
  }
}

function truncate(text: string): string {
  if (text.length <= longest) return text;
  const half = Math.floor(longest / 2);
  return `${text.slice(0, half)}${cut}${text.slice(text.length - half)}`;
}
