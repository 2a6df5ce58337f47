import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type TestServer, withServer } from "../../../test/simulator/api-server.ts";
import { ann, profile, withAnn } from "../../../test/simulator/enduser-lab.ts";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";
import { mixedQuirks } from "../quirks.ts";

// pps-api.md 6 and 11 row /enduser.

async function refusal(answer: Response): Promise<string> {
  const { status, errors } = (await answer.json()) as { status: number; errors: Record<string, { error: string }[]> };
  expect(status).toBe(answer.status);
  return errors.invalidarguments?.[0]?.error ?? "";
}

describe("a user's life", () => {
  test("a created user has the keys of a profile, and the answer is that profile", () =>
    withServer({}, async (server) => {
      const fields = {
        firstname: "Ann",
        lastname: "Example",
        alias: "a.example@example.com",
        addgroup: ["Staff", "Mail"],
        blocklist: ["bad@evil.example"],
        attributes: { digest: "daily" },
      };
      const answer = await server.user("POST", ann, fields);
      expect(answer.status).toBe(200);
      const expected = {
        uid: ann,
        email: ann,
        alias: ["a.example@example.com"],
        firstname: "Ann",
        lastname: "Example",
        type: 0,
        groups: ["Staff", "Mail"],
        suborg: "",
        safelist: [],
        blocklist: ["bad@evil.example"],
        attributes: { digest: "daily" },
        created: "2026-02-03 04:05:06",
        lastmodified: "2026-02-03 04:05:06",
        lastpasswordchange: "",
        lastsignon: "",
        creationsource: "api",
      };
      expect(await answer.json()).toEqual(expected);
      expect(await profile(server)).toEqual(expected);
    }));

  test("a user is found by address, alias and uid in any letter case, and under no other name", () =>
    withAnn(
      {},
      async (server) => {
        for (const name of ["ANN@example.com", "Sales@Example.com"]) {
          expect(await profile(server, name)).toMatchObject({ uid: ann });
        }
        const answer = await server.user("GET", "ann@example.net");
        expect(answer.status).toBe(404);
        expect(await refusal(answer)).toBe("User not found");
      },
      { alias: ["sales@example.com"] },
    ));

  test.each(["a/b@example.com", "a?b@example.com", "a#b@example.com", "a%2Fb@example.com", "ä+b@example.com"])(
    "%s may stand in the path once it is encoded",
    (name) =>
      withServer({}, async (server) => {
        expect((await server.user("POST", name, {})).status).toBe(200);
        expect(await profile(server, name)).toMatchObject({ email: name });
      }),
  );

  test("a second user of the same address, or with somebody's alias, is refused and changes nothing", () =>
    withAnn({}, async (server) => {
      const again = await server.user("POST", ann.toUpperCase(), { firstname: "Other" });
      expect(again.status).toBe(400);
      expect(await refusal(again)).toBe("User already exists");
      expect((await server.user("POST", "ben@example.com", { alias: ann })).status).toBe(400);
      expect((await server.user("GET", "ben@example.com")).status).toBe(404);
      await server.user("POST", "ben@example.com", {});
      expect((await server.user("PUT", "ben@example.com", { firstname: "Ben", alias: ann })).status).toBe(400);
      expect(await profile(server, "ben@example.com")).toMatchObject({ firstname: "", alias: [] });
      expect(await profile(server)).toMatchObject({ firstname: "" });
    }));

  test("a deleted user is gone with his aliases, and a second time he is not found", () =>
    withAnn(
      {},
      async (server) => {
        const answer = await server.user("DELETE", "sales@example.com");
        expect(answer.status).toBe(200);
        expect(await answer.json()).toBeTypeOf("object");
        for (const name of [ann, "sales@example.com"]) {
          const gone = await server.user("DELETE", name);
          expect(gone.status).toBe(404);
          expect(await refusal(gone)).toBe("User not found");
        }
      },
      { alias: "sales@example.com" },
    ));

  test("a change leaves alone what it does not name, merges attributes and marks the time", () =>
    withAnn(
      {},
      async (server) => {
        server.clock.advance(60_000);
        const fields = { lastname: "New", addgroup: "Mail", attributes: { language: "en" }, badge: 17, suborg: null };
        expect((await server.user("PUT", ann, fields)).status).toBe(200);
        expect(await profile(server)).toMatchObject({
          firstname: "Ann",
          lastname: "New",
          groups: ["Staff", "Mail"],
          attributes: { digest: "daily", language: "en" },
          badge: 17,
          created: "2026-02-03 04:05:06",
          lastmodified: "2026-02-03 04:06:06",
        });
      },
      { firstname: "Ann", addgroup: "Staff", attributes: { digest: "daily" } },
    ));

  test("users and their lists survive a restart, and a reset forgets them", async () => {
    const file = join(temporaryDirectory(), "users.db");
    const profiles: object[] = [];
    const keep = async (server: TestServer) => void profiles.push(await profile(server));
    await withAnn({ file }, keep, { safelist: "a@shop.example" });
    await withServer({ file }, async (server) => {
      await keep(server);
      expect(profiles[1]).toEqual(profiles[0]);
      server.store.reset();
      expect((await server.user("GET", ann)).status).toBe(404);
    });
  });
});

describe("refusals", () => {
  test.each([
    ["an address that is none", "ann", {}],
    ["a name that is no text", "new@example.com", { firstname: 5 }],
    ["an entry with a blank", "new@example.com", { safelist: "a b@shop.example" }],
    ["an entry that is no text", "new@example.com", { blocklist: [7] }],
    ["several entries joined by a comma", "new@example.com", { blocklist: "a@evil.example,b@evil.example" }],
    ["an unknown type", "new@example.com", { type: 2 }],
    ["attributes that are a list", "new@example.com", { attributes: ["x"] }],
    ["an alias that is no address", "new@example.com", { alias: "sales" }],
    ["a time of creation", "new@example.com", { created: "2026-01-01 00:00:00" }],
    ["a body that is a list", "new@example.com", []],
    ["a body that is no JSON", "new@example.com", "{"],
  ])("%s is refused in JSON, and nobody is created", (_what, name, body) =>
    withServer({}, async (server) => {
      const answer = await server.user("POST", name, body);
      expect(answer.status).toBe(400);
      expect(await refusal(answer)).toMatch(/\w/);
      expect((await server.user("GET", name)).status).toBe(404);
      expect(server.store.journal()).toEqual([]);
    }),
  );

  test("the wording varies by seed, except for the two known texts", async () => {
    const texts = new Set<string>();
    for (const seed of [1, 2, 3, 4, 5, 6]) {
      await withAnn({ seed }, async (server) => {
        texts.add(await refusal(await server.user("PUT", ann, { type: 7 })));
        expect(await refusal(await server.user("POST", ann, {}))).toBe("User already exists");
      });
    }
    expect(texts.size).toBeGreaterThan(1);
  });

  test("a refusal may stand in another group", () =>
    withServer({ quirks: { "user-refusal-group": "other" } }, async (server) => {
      const answer = await server.user("GET", ann);
      expect(await answer.json()).toEqual({ status: 404, errors: { usererrors: [{ error: "User not found" }] } });
    }));

  test("a change to nobody is refused with 404", () =>
    withServer({}, async (server) => {
      expect((await server.user("PUT", ann, { firstname: "Ann" })).status).toBe(404);
    }));

  test("the module enduser is needed, and a gateway without the API denies everybody", async () => {
    const accounts = [{ username: "tracer", password: "p", modules: ["pss" as const] }];
    await withServer({ accounts }, async (server) => {
      expect((await server.user("GET", ann, undefined, "tracer:p")).status).toBe(403);
      expect((await server.user("GET", ann, undefined, "tracer:wrong")).status).toBe(401);
    });
    await withServer({ quirks: { enduser: "off" } }, async (server) => {
      expect((await server.user("POST", ann, {})).status).toBe(403);
    });
  });

  test("what only a wrong client sends is answered 501 and reported", () =>
    withServer({}, async (server) => {
      expect((await server.get(`/enduser/${ann}`, { limit: "1" })).status).toBe(501);
      expect((await server.get("/enduser/a/b")).status).toBe(501);
      expect((await server.get("/enduser/%ff")).status).toBe(501);
      expect((await server.get("/enduser")).status).toBe(501);
      expect(server.reports).toHaveLength(4);
    }));
});

describe("what is open", () => {
  test("an answer may be 201, empty or text, and the change is made all the same", async () => {
    await withServer({ quirks: { "user-created-status": "201", "user-answer": "empty" } }, async (server) => {
      const answer = await server.user("POST", ann, { firstname: "Ann" });
      expect([answer.status, await answer.text()]).toEqual([201, ""]);
      expect(await profile(server)).toMatchObject({ firstname: "Ann" });
    });
    await withAnn({ quirks: { "user-answer": "text" } }, async (server) => {
      expect(await (await server.user("PUT", ann, { firstname: "Ann" })).text()).toContain(ann);
      expect(await (await server.user("DELETE", ann)).text()).toContain(ann);
      expect((await server.user("GET", ann)).status).toBe(404);
    });
  });

  test("a list of one may be text, and keys that hold nothing may be missing", () =>
    withAnn(
      { quirks: { "user-single": "text", "user-empty-fields": "left-out" } },
      async (server) => {
        const found = await profile(server);
        expect(found).toMatchObject({ blocklist: "x@evil.example", type: 0 });
        expect(found).not.toHaveProperty("safelist");
        expect(found).not.toHaveProperty("attributes");
      },
      { blocklist: "x@evil.example" },
    ));

  test.each(Array.from({ length: 10 }, (_, seed) => seed))("with mix %d a list of two can be made and shrunk", (seed) =>
    withServer({ quirks: mixedQuirks("onprem", seed) }, async (server) => {
      const list = async () => [(await profile(server)).blocklist ?? []].flat();
      expect((await server.user("POST", ann, { blocklist: "a@evil.example" })).ok).toBe(true);
      const both = await server.user("PUT", ann, { blocklist: ["a@evil.example", "b@evil.example"] });
      if (!both.ok) await server.user("PUT", ann, { blocklist: "b@evil.example" });
      expect(await list()).toEqual(["a@evil.example", "b@evil.example"]);
      await server.user("PUT", ann, { deleteblocklist: "a@evil.example" });
      expect(await list()).toEqual(["b@evil.example"]);
    }),
  );
});

test("what happened to users stands in the journal with the id of its request, and what changed nothing does not", () =>
  withServer({}, async (server) => {
    const ids: (string | null)[] = [];
    const call = async (method: "POST" | "PUT" | "DELETE", body?: object) => {
      ids.push((await server.user(method, ann, body)).headers.get("X-Request-Id"));
    };
    await call("POST", { blocklist: "x@evil.example" });
    await call("PUT", { blocklist: "X@evil.example" });
    await call("PUT", { deleteblocklist: "x@evil.example", firstname: "Ann" });
    await call("DELETE");
    expect(server.store.journal()).toEqual([
      expect.objectContaining({ effect: "user-created", user: ann, requestId: ids[0] }),
      expect.objectContaining({
        effect: "user-changed",
        user: ann,
        fields: ["firstname", "blocklist"],
        requestId: ids[2],
      }),
      expect.objectContaining({ effect: "user-deleted", user: ann, requestId: ids[3] }),
    ]);
  }));
