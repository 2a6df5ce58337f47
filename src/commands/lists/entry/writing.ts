import { quoteValue } from "../../../core/quoted-value.ts";

/** A text taken apart, before it is known what its name is. */
export interface Writing {
  /** `any`: an IP address, a network or a domain; the name decides. */
  form: "address" | "domain" | "subdomains" | "any";
  local?: string;
  /** Domain, IP address or network, as written. */
  name: string;
  note?: string;
}

/** Takes a written entry apart, or says in one sentence why it cannot be one. */
export function readWriting(given: string): Writing | { complaint: string } {
  const text = given.trim().toLowerCase();
  const parts = text.split("@");
  const name = parts[parts.length - 1] as string;
  if (text === "" || parts.length > 2) return { complaint: `${quoteValue(given)} is no address and no domain.` };
  if (parts.length === 2 && parts[0] !== "" && parts[0] !== "*")
    return { form: "address", local: parts[0] as string, name };
  if (parts.length === 2) return { form: "domain", name };
  if (name.slice(0, 2) === "*.") return { form: "subdomains", name: name.slice(2) };
  if (name.charAt(0) === ".") return { form: "subdomains", name: name.slice(1) };
  return { form: "any", name };
}
