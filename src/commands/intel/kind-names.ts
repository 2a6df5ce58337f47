import type { IntelKind } from "./intel.ts";

/** Why what a type names is not searched for; the reason goes on behind the place. */
interface Unsearched {
  reason: string;
}

/**
 * What feeds call the kinds of indicators, blanks for all that is no letter and no digit. The names are those of MISP's core
 * format (misp-standard.org, attribute types), of STIX 2.1 cyber-observable objects, and of common CSV exports.
 */
const names: { [kind in IntelKind]: string } = {
  sender:
    "sender,senders,from,email,emails,e mail,mail,email address,sender address,address,email addr,email src,mail from,envelope sender",
  replyTo: "replyto,email reply to",
  recipient: "recipient,recipients,to,rcpt,email dst,recipient address",
  domain: "domain,domains,domain name,hostname,fqdn,sender domain",
  ip: "ip,ips,ip address,ipv4,ipv6,ipv4 addr,ipv6 addr,ip src,ip dst,sending ip,cidr,ipv4 cidr,ipv6 cidr",
  url: "url,urls,uri,link,links",
  subject: "subject,subjects,email subject",
  attachment: "attachment,attachments,email attachment,filename,file name,file,attachment name",
  hash: "hash,hashes,file hash,md5,sha1,sha 1,sha224,sha 224,sha256,sha 256,sha384,sha 384,sha512,sha 512,filehash md5,filehash sha1,filehash sha256",
  messageId: "messageid,message id,email message id",
  host: "host,sending host,helo",
  virus: "virus,virus name",
};

const kinds: { [name: string]: IntelKind } = Object.create(null);
(Object.keys(names) as IntelKind[]).forEach((kind) => {
  names[kind].split(",").forEach((name) => {
    kinds[name] = kind;
  });
});

/** The name of a column or a type in the one spelling in which names are compared. */
export function spellName(name: string): string {
  return name
    .slice(0, 100)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, " ")
    .trim();
}

/** The kind a name stands for; undefined where it is none. */
export function findKind(name: string): IntelKind | undefined {
  return kinds[spellName(name)];
}

/** Kinds for a type of indicator, one for each part of a composite one (`filename|sha256`), or why it is not used. */
export function readKindName(name: string): (IntelKind | "port")[] | Unsearched {
  const found: (IntelKind | "port")[] = [];
  const parts = name.split("|");
  parts.forEach((part) => {
    const kind = spellName(part) === "port" ? "port" : findKind(part);
    if (kind !== undefined) found.push(kind);
  });
  if (found.length === parts.length && parts.length <= 2 && found[0] !== "port") return found;
  return { reason: /display.name/i.test(name) ? "is a display name, which PPS does not search" : unknownType(name) };
}

function unknownType(name: string): string {
  const shown = name.replace(/[^\w .:|-]+/g, "?").slice(0, 60);
  return `is of the type "${shown}", which is nothing PPS knows of a message`;
}
