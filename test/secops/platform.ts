import { onTestFinished } from "vitest";
import { type Seen, startHttp } from "../client/https-server.ts";

/** An entity as the platform keeps it, with what a test wants to be different. */
export interface EntitySketch {
  identifier: string;
  type: string;
  properties?: Record<string, string>;
}

/** What a platform holds, and which of its answers fail. */
export interface PlatformWishes {
  configuration?: Record<string, unknown>;
  entities?: readonly EntitySketch[];
  secrets?: Record<string, string>;
  /** Calls that are never answered, by the same name. */
  silences?: readonly string[];
  /** Status to refuse calls with, by the last name in their path without an id, such as `AddAttachment`. */
  refusals?: Record<string, number>;
}

/** The part of the platform that its SDK calls back. */
export interface Platform {
  url: string;
  port: number;
  /** `GET configuration`, `POST UpdateEntities`, in their order. */
  calls: string[];
  /** Bodies of the calls of one name. */
  sent(name: string): unknown[];
  /** Every call whole. */
  seen: Seen[];
}

export async function openPlatform(wishes: PlatformWishes = {}): Promise<Platform> {
  const calls: string[] = [];
  const bodies: [string, unknown][] = [];
  const server = await startHttp(({ method, url, body }, response) => {
    const [, place = "", name = "", id = ""] =
      /^\/(api\/external\/v1\/sdk|vault)\/([^/?]+)(?:\/([^?]+))?/.exec(url) ?? [];
    calls.push(`${method} ${name}`);
    if (body !== "") bodies.push([name, JSON.parse(body)]);
    if (wishes.silences?.includes(name)) return undefined;
    const refusal = wishes.refusals?.[name];
    if (refusal !== undefined) return response.writeHead(refusal).end("Attachment size or something else");
    if (place === "vault") return response.end(wishes.secrets?.[decodeURIComponent(name)] ?? "");
    return response.end(JSON.stringify(answer(name, id)));
  });
  onTestFinished(server.close);

  function answer(name: string, id: string): unknown {
    if (name === "configuration") return wishes.configuration ?? {};
    if (name === "CaseMetadata") return { identifier: id, environment: "Lab" };
    if (name === "AlertFullDetails") return { domain_entities: (wishes.entities ?? []).map(kept) };
    if (name === "GetProxySettings") return { proxy_server_address: "http://127.0.0.1:1" };
    return {};
  }

  return {
    ...server,
    calls,
    sent: (name) => bodies.filter(([called]) => called === name).map(([, body]) => body),
  };
}

/** An entity in full, as an alert holds it. */
export function kept({ identifier, type, properties = {} }: EntitySketch) {
  return {
    identifier,
    entity_type: type,
    creation_time: 0,
    modification_time: 0,
    case_identifier: "4711",
    alert_identifier: "alert",
    is_internal: false,
    is_suspicious: false,
    is_artifact: false,
    is_enriched: false,
    is_vulnerable: false,
    is_pivot: false,
    additional_properties: properties,
  };
}
