import type { PeerCertificate, TLSSocket } from "node:tls";
import { readFailureKind } from "../http/failure-kind.ts";
import type { Settings } from "../options/settings.ts";
import { type Finding, ok, warn } from "./finding.ts";
import { failFor } from "./network.ts";

const soonDays = 30;
const dayMs = 86_400_000;

/** Judges the certificate PPS showed: its authority, its name, its dates. */
export function judgeCertificate(socket: TLSSocket, settings: Settings): Finding {
  const certificate = socket.getPeerCertificate();
  const described = `${socket.getProtocol() ?? "TLS"}, certificate ${describe(certificate)}`;
  const verdict: unknown = socket.authorizationError;
  if (!socket.authorized) {
    const code = verdict instanceof Error ? ((verdict as NodeJS.ErrnoException).code ?? "") : String(verdict ?? "");
    const failure = failFor("certificate", readFailureKind({ code }, { sent: false, answered: false }), settings);
    const found = `${failure.found} (${described})`;
    if (!settings.tls.insecure) return { ...failure, found };
    return warn(
      "certificate",
      `${found} It is accepted all the same (insecure): anybody on the way can read the password.`,
      `${failure.fix ?? ""} Then take insecure away.`.trim(),
    );
  }
  if (settings.tls.insecure) {
    return warn(
      "certificate",
      `${described}. It is good, but not checked (insecure).`,
      "Take insecure away (PPS_INSECURE, --insecure): the check would succeed.",
    );
  }
  const daysLeft = Math.floor((Date.parse(certificate.valid_to) - settings.now()) / dayMs);
  if (daysLeft < soonDays) {
    return warn("certificate", `${described}; it expires in ${daysLeft} days.`, "Renew the certificate on PPS.");
  }
  return ok("certificate", `${described}.`);
}

function describe(certificate: PeerCertificate): string {
  const names = (certificate.subjectaltname ?? "").replace(/\b(DNS|IP Address):/g, "");
  const subject = names || nameOf(certificate.subject) || "without a name";
  const until = new Date(Date.parse(certificate.valid_to));
  const date = Number.isNaN(until.getTime()) ? "an unknown date" : until.toISOString().slice(0, 10);
  return clean(`for ${subject}, signed by ${nameOf(certificate.issuer) || "nobody named"}, valid until ${date}`);
}

function nameOf(entity: PeerCertificate["subject"] | undefined): string {
  const name = entity?.CN ?? entity?.O ?? "";
  return String(Array.isArray(name) ? name[0] : name);
}

/** Whoever made the certificate wrote these names. */
function clean(text: string): string {
  return text.replace(/[^\x20-\x7e\u00a1-\u024f]+/g, " ").slice(0, 300);
}
