/**
 * The id under which the server's side knows a request, for its support: no header is promised by PPS, so that whatever
 * looks like one is taken (pps-api.md 1), after `redact` took the secrets out. Undefined where there is none. `headers` by
 * lower-case name.
 */
export function findRequestId(
  headers: Readonly<Record<string, string>>,
  redact: (text: string) => string,
): string | undefined {
  const name = Object.keys(headers).filter((key) =>
    /^(x-)?([a-z]+-)*(request|correlation|trace|transaction)-?id$/.test(key),
  )[0];
  const value = redact((name && headers[name]) || "")
    .replace(/[^\x21-\x7e]+/g, " ")
    .trim();
  return value === "" ? undefined : value.slice(0, 200);
}
