/** A raw message as a host holds it: bytes in Node, a file id in XSOAR. */
export interface MailFile {
  /** Whatever the host needs to find the bytes again. */
  handle: unknown;
  sizeBytes?: number;
  /** The first 512 bytes, one character a byte, so that a page in disguise is recognised before it is saved. */
  head: string;
}

/** An address as a header states it; `name` is "" where there is none. */
export interface MailAddress {
  name: string;
  address: string;
}

/** An attachment, known by its hashes. */
export interface MailAttachment {
  name: string;
  contentType: string;
  sizeBytes: number;
  /** Lower-case hexadecimal. */
  sha256: string;
  md5: string;
}

/** One method's verdict from the topmost Authentication-Results, such as spf=pass; whose these are says `authenticationServer`. */
export interface MailAuthentication {
  method: string;
  result: string;
  detail: string;
}

/** What a mail parser finds in a raw message. Every text is written by the sender: hostile until rendered safely. */
export interface MailContents {
  headers: { name: string; value: string }[];
  from: MailAddress[];
  replyTo: MailAddress[];
  to: MailAddress[];
  cc: MailAddress[];
  subject: string;
  /** As the header says it, brackets removed; "" when missing. */
  messageId: string;
  /** ISO 8601 in UTC, "" when missing or unreadable. */
  date: string;
  authentication: MailAuthentication[];
  /** Who says to have written these, in lower case: the gateway, or the sender in its name; "" when missing. */
  authenticationServer: string;
  /** Host that says in the topmost Received header that it wrote that, in lower case; "" when missing or unclear. */
  receivedBy: string;
  urls: string[];
  attachments: MailAttachment[];
  /** The readable body, plain text, at most 20,000 characters. */
  text: string;
  /** Messages attached to it, as a report of a phish carries one; looked into three deep. */
  attached: MailContents[];
}
