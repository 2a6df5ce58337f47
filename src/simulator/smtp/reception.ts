import { once } from "node:events";
import type { AddressInfo } from "node:net";
import type { Readable } from "node:stream";
import { SMTPServer, type SMTPServerSession } from "smtp-server";
import { type Gateway, isForGood } from "../gateway.ts";
import { hostName } from "../host-name.ts";
import type { Arrival, Envelope, Peer } from "../mail.ts";
import type { KeyPair } from "../tls/authority.ts";
import { domainOf, type OwnDomains } from "./own-domains.ts";

/** What taking mail depends on. */
export interface ReceptionOptions {
  port: number;
  identity: KeyPair;
  domains: OwnDomains;
  /** Most bytes a message may have, announced by SIZE. */
  sizeLimit: number;
  gateway: Gateway;
  /** Gives a message its ids and its time of arrival. */
  admit(envelope: Envelope, peer: Peer, raw: Buffer): Arrival;
  /** One line for every message that could not be taken for a reason of our own. */
  report(line: string): void;
}

/** An open SMTP port. */
export interface Reception {
  port: number;
  close(): Promise<void>;
}

/**
 * Takes mail by SMTP on loopback. STARTTLS is offered, not asked for; a message is accepted only once it is delivered or held.
 * Mail for foreign domains is taken from own senders only: everybody who can reach loopback is inside.
 */
export async function openReception(options: ReceptionOptions): Promise<Reception> {
  const { domains, gateway, sizeLimit } = options;
  const server = new SMTPServer({
    name: hostName,
    banner: "ready",
    key: options.identity.key,
    cert: options.identity.cert,
    size: sizeLimit,
    disabledCommands: ["AUTH"],
    disableReverseLookup: true,
    closeTimeout: 200,
    onRcptTo({ address }, session, callback) {
      const sender = session.envelope.mailFrom ? session.envelope.mailFrom.address : "";
      const relayed = domains.includes(domainOf(sender)) || domains.includes(domainOf(address));
      callback(relayed ? null : refusal(550, `5.7.1 <${address}> relaying denied`));
    },
    onData(stream, session, callback) {
      accept(stream, session).then(
        (queued) => callback(null, queued),
        (error: Error) => callback(error),
      );
    },
  });
  async function accept(stream: Readable & { sizeExceeded: boolean }, session: SMTPServerSession): Promise<string> {
    const chunks: Buffer[] = [];
    for await (const chunk of stream) if (!stream.sizeExceeded) chunks.push(chunk as Buffer);
    if (stream.sizeExceeded) throw refusal(552, `5.3.4 message is larger than ${sizeLimit} bytes`);
    const arrival = options.admit(envelopeOf(session), peerOf(session), Buffer.concat(chunks));
    const handled = await gateway.process(arrival).catch((cause: Error) => {
      options.report(`smtp: ${arrival.qid} from <${arrival.envelope.from}> not taken: ${cause.message}`);
      // What the next server refuses for good is refused for good here; anything else may pass later.
      if (isForGood(cause)) throw refusal(550, "5.1.1 refused by the relay");
      throw refusal(451, "4.3.0 try again later");
    });
    const [{ verdict }] = handled;
    // Where a message is refused at all, it is refused for everybody.
    if (verdict.action === "reject")
      throw refusal(550, `5.7.1 refused by ${verdict.final.module}.${verdict.final.rule}`);
    return `2.0.0 ${arrival.qid} message accepted for delivery`;
  }
  // A client that hangs up in the middle of a dialogue is no event for anybody here.
  server.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "ECONNRESET") options.report(`smtp: ${error.message}`);
  });
  const listener = server.listen(options.port, "127.0.0.1");
  await once(listener, "listening");
  return {
    port: (listener.address() as AddressInfo).port,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

function envelopeOf({ envelope }: SMTPServerSession): Envelope {
  const from = envelope.mailFrom ? envelope.mailFrom.address : "";
  return { from, to: envelope.rcptTo.map(({ address }) => address) };
}

function peerOf(session: SMTPServerSession): Peer {
  const { remoteAddress, hostNameAppearsAs, tlsOptions } = session;
  const tls = session.secure && tlsOptions ? `${tlsOptions.version} ${tlsOptions.name}` : "";
  const ip = remoteAddress.replace(/^::ffff:/, "");
  return { ip, host: ip === "127.0.0.1" ? "localhost" : ip, helo: hostNameAppearsAs, tls };
}

const refusal = (responseCode: number, message: string) => Object.assign(new Error(message), { responseCode });
