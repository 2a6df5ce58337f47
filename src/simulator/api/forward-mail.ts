import MailComposer from "nodemailer/lib/mail-composer/index.js";
import { hostName } from "../host-name.ts";
import type { ForwardOrder } from "../store/pending-effects.ts";
import type { StoredMessage } from "../store/store.ts";

/** Who sends a forwarded message when the request names nobody. */
const usualSender = `postmaster@${hostName}`;

/** A message as it leaves: its envelope sender and its bytes. */
export interface ForwardMail {
  from: string;
  raw: Buffer;
}

/**
 * A new mail with the original attached as message/rfc822 (pps-api.md 4.1, 4.2). `at` is in milliseconds since 1970; `id` makes
 * its Message-ID and MIME boundary, so that the same run gives the same bytes.
 */
export async function composeForward(
  message: StoredMessage,
  original: Buffer,
  order: ForwardOrder,
  at: number,
  id: string,
): Promise<ForwardMail> {
  const from = order.envelopeFrom ?? usualSender;
  const subject = order.subject ?? `Fwd: ${message.subject}`;
  const isAppended = order.subject !== undefined && order.appendOldSubject;
  const composer = new MailComposer({
    from: order.headerFrom ?? from,
    to: order.to,
    subject: isAppended ? `${subject} ${message.subject}` : subject,
    text: order.comment ?? "The original message is attached.",
    date: new Date(at),
    messageId: `<${id}@${hostName}>`,
    attachments: [
      { content: original, contentType: "message/rfc822", contentTransferEncoding: "8bit", filename: "original.eml" },
    ],
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const mail = composer.compile();
  mail.baseBoundary = id;
  return { from, raw: await mail.build() };
}
