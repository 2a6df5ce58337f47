import { PpsError } from "../../core/errors.ts";
import { hostOf, portOf } from "./address.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** The proxy an address is reached through; `system` follows HTTPS_PROXY and NO_PROXY, as curl reads them. */
export function readProxy(option: string | undefined, target: URL, environment: Environment): URL | undefined {
  if (option === undefined || option.trim() === "") return undefined;
  // http is taken for this machine itself alone; a proxy would be told the password.
  if (target.protocol === "http:") return undefined;
  if (option.trim().toLowerCase() !== "system") return readProxyUrl(option, "proxy");
  const found = ["https_proxy", "HTTPS_PROXY"].find((candidate) => (environment[candidate] ?? "") !== "");
  if (found === undefined || isExempt(target, environment.no_proxy || environment.NO_PROXY || "")) return undefined;
  return readProxyUrl(environment[found] ?? "", found);
}

function readProxyUrl(text: string, name: string): URL {
  const given = text.trim();
  const refuse = (complaint: string) =>
    new PpsError("bad_input", `${name} ${complaint}`, {
      field: "proxy",
      hint: "Write it as http://proxy.example.com:3128, or system to follow HTTPS_PROXY and NO_PROXY.",
    });
  let url: URL;
  try {
    url = new URL(/^[a-z][a-z0-9+.-]*:\/\//i.test(given) ? given : `http://${given}`);
  } catch {
    // The text is not repeated: it may hold the proxy's password.
    throw refuse("is not an address that can be read.");
  }
  if (url.protocol !== "http:" && url.protocol !== "https:") {
    throw refuse(`begins with ${url.protocol}//; only HTTP proxies are supported.`);
  }
  if (url.hostname === "") throw refuse("names no host.");
  if (!isEncoded(url.username) || !isEncoded(url.password)) {
    throw refuse("holds a user name or password with a % that is not written %25.");
  }
  return url;
}

function isEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** `*` exempts all; a name exempts itself and what is below it; a port behind it narrows it. */
function isExempt(target: URL, list: string): boolean {
  const host = hostOf(target).toLowerCase();
  return list
    .toLowerCase()
    .split(/[\s,]+/)
    .filter((entry) => entry !== "")
    .some((entry) => {
      if (entry === "*") return true;
      const parts = /^(?:\[(.+)\]|([^:]+|[^:]*:.*:[^:]*))(?::(\d+))?$/.exec(entry);
      const name = (parts?.[1] ?? parts?.[2] ?? entry).replace(/^\*?\./, "");
      if (parts?.[3] !== undefined && Number(parts[3]) !== portOf(target)) return false;
      return host === name || host.endsWith(`.${name}`);
    });
}
