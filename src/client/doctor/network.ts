import { lookup } from "node:dns/promises";
import { once } from "node:events";
import { request as requestHttp } from "node:http";
import { request as requestHttps } from "node:https";
import { connect, isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { ppsAdvice } from "../http/advice.ts";
import { createProxyTls, createTlsConnect } from "../http/dispatcher.ts";
import { createFailure, type FailureKind } from "../http/failure.ts";
import { readFailureKind } from "../http/failure-kind.ts";
import { hostOf, portOf } from "../options/address.ts";
import type { Settings } from "../options/settings.ts";
import { type Finding, fail, ok } from "./finding.ts";

/** Resolves the name of what is connected to first: PPS, or the proxy. */
export async function checkAddress(settings: Settings): Promise<Finding> {
  const host = hostOf(settings.proxy ?? settings.url);
  const whose = settings.proxy === undefined ? "" : "the proxy ";
  if (isIP(host) !== 0) return ok("address", `${whose}${host} is an address by itself; no name is looked up.`);
  try {
    const addresses = await lookup(host, { all: true });
    return ok("address", `${whose}${host} is ${addresses.map(({ address }) => address).join(", ")}.`);
  } catch (error) {
    return failFor("address", readFailureKind(error, unsent), settings);
  }
}

/** Opens the TCP connection that requests use: to PPS, or through the proxy. The caller ends the socket. */
export async function checkPort(
  settings: Settings,
  signal: AbortSignal,
): Promise<{ finding: Finding; socket?: Socket }> {
  try {
    if (settings.proxy !== undefined) {
      const tunnel = await openTunnel(settings, settings.proxy, signal);
      if (tunnel.socket === undefined) return { finding: failFor("port", "proxy-refused", settings) };
      const found = `the proxy ${settings.proxy.host} lets the connection to ${settings.url.host} through.`;
      return { finding: ok("port", found), socket: tunnel.socket };
    }
    const socket = connect({ host: hostOf(settings.url), port: portOf(settings.url) });
    try {
      await once(socket, "connect", { signal });
    } catch (error) {
      socket.destroy();
      throw error;
    }
    return { finding: ok("port", `port ${portOf(settings.url)} of ${hostOf(settings.url)} is open.`), socket };
  } catch (error) {
    const kind: FailureKind = signal.aborted ? "connect-timeout" : readFailureKind(error, unsent);
    return { finding: failFor("port", kind, settings) };
  }
}

/** The TLS handshake over an open connection, with an unchecked certificate left for the caller to judge. */
export async function shakeHands(
  settings: Settings,
  socket: Socket,
  signal: AbortSignal,
): Promise<TLSSocket | Finding> {
  const host = hostOf(settings.url);
  const secure = connectTls({
    ...createTlsConnect(settings.tls),
    // Looked at, not trusted: nothing is sent over this connection.
    rejectUnauthorized: false,
    socket,
    host,
    ...(isIP(host) === 0 ? { servername: host } : {}),
  });
  try {
    await once(secure, "secureConnect", { signal });
    return secure;
  } catch (error) {
    secure.destroy();
    return failFor("certificate", signal.aborted ? "tls-other" : readFailureKind(error, unsent), settings);
  }
}

/** States a failure of the client as a finding, with the client's own advice. */
export function failFor(check: string, kind: FailureKind, settings: Settings): Finding {
  const { error } = createFailure(kind, {
    target: settings.url.host,
    proxy: settings.proxy?.host,
    sent: false,
    change: false,
    timeoutMs: settings.timeoutMs,
    maxReplyBytes: settings.maxReplyBytes,
    redact: (text) => text,
    advice: ppsAdvice,
  });
  return fail(check, error);
}

const unsent = { sent: false, answered: false };

async function openTunnel(settings: Settings, proxy: URL, signal: AbortSignal): Promise<{ socket?: Socket }> {
  const target = `${settings.url.hostname}:${portOf(settings.url)}`;
  const credentials = `${decodeURIComponent(proxy.username)}:${decodeURIComponent(proxy.password)}`;
  const isTls = proxy.protocol === "https:";
  const request = (isTls ? requestHttps : requestHttp)({
    ...(isTls ? createProxyTls(settings.tls) : {}),
    host: hostOf(proxy),
    port: portOf(proxy),
    method: "CONNECT",
    path: target,
    headers: {
      host: target,
      ...(proxy.username === ""
        ? {}
        : { "proxy-authorization": `Basic ${Buffer.from(credentials).toString("base64")}` }),
    },
    agent: false,
    signal,
  });
  request.end();
  const [response, socket] = (await once(request, "connect", { signal })) as [{ statusCode?: number }, Socket];
  if (response.statusCode === 200) return { socket };
  socket.destroy();
  return {};
}
