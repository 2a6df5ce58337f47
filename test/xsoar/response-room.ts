import { type Ended, openRoom, type Room } from "./runtime-room.ts";

/** The part of a letter that decides what the filter makes of it. */
export const gtube = ["XJS*C4JDBQADN1.NSBN3*2IDNEN*", "GTUBE-STANDARD-", "ANTI-UBE-TEST-EMAIL*C.34X"].join("");
export const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)", "7}$EICAR-STANDARD-", "ANTIVIRUS-TEST-FILE!$H+H*"].join("");

export const phisher = "billing@parcels.test";

/** A letter; by default one of a campaign, which the filter holds. */
export interface Letter {
  from?: string;
  to?: string;
  subject?: string;
  text?: string;
}

/** A room in which mail is sent and found again: it has named its folders, and its trace is up to date. */
export interface ResponseRoom extends Room {
  /** Sends letters, and gives the guids of what became of them. */
  send(...letters: Letter[]): Promise<string[]>;
  /** Everything that was done to mail and lists, once all that was accepted has happened. */
  effects(): Promise<string[]>;
}

export async function openResponseRoom(params: Record<string, unknown> = {}): Promise<ResponseRoom> {
  const room = await openRoom({ profile: "pod", quirks: { "trace-lag": "none" } });
  const { simulator } = room;
  let sent = 0;
  return {
    ...room,
    run: (command, args, more = {}) =>
      room.run(command, args, {
        ...more,
        params: { ...room.params, folders: "Quarantine,Phish,Virus,Deleted", ...params, ...more.params },
      }),
    async send(...letters) {
      const guids: string[] = [];
      for (const { from = phisher, to = "ann@example.com", subject, text = gtube } of letters) {
        sent++;
        const head = [`From: <${from}>`, `To: <${to}>`, `Subject: ${subject ?? `Your parcel ${4000 + sent} waits`}`];
        const raw = Buffer.from([...head, `Message-ID: <${sent}@${from.split("@")[1]}>`, "", text, ""].join("\r\n"));
        const { guid } = await simulator.send({ envelope: { from, to: [to] }, raw });
        guids.push(guid);
      }
      await simulator.settle();
      return guids;
    },
    async effects() {
      simulator.clock.advance(20 * 60_000);
      await simulator.settle();
      const effects = simulator.journal().map(({ effect }) => effect);
      return effects.filter((effect) => effect !== "held" && effect !== "delivered");
    },
  };
}

/** What all entries put into context under a path, as it stands there after them. */
export function keptAt({ entries }: Ended, path: string): Record<string, unknown>[] {
  return entries.flatMap((entry) =>
    Object.entries((entry.Type === 1 && entry.EntryContext) || {}).flatMap(([key, value]) =>
      key.replace(/\(.*$/, "") === path ? (value as Record<string, unknown>[]) : [],
    ),
  );
}

/** By what XSOAR knows an object again: the keys that a context path compares, and their values. */
export function identitiesAt({ entries }: Ended, path: string): string[] {
  return entries.flatMap((entry) =>
    Object.entries((entry.Type === 1 && entry.EntryContext) || {}).flatMap(([key, value]) => {
      if (!key.startsWith(`${path}(`)) return [];
      const names = [...key.matchAll(/val\.(\w+) == obj\.\1/g)].map(([, name]) => String(name));
      return (value as Record<string, unknown>[]).map((object) => JSON.stringify(names.map((name) => object[name])));
    }),
  );
}
