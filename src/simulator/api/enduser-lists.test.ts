import { once } from "node:events";
import { type IncomingMessage, request } from "node:http";
import { join } from "node:path";
import { expect, test } from "vitest";
import { withServer } from "../../../test/simulator/api-server.ts";
import { ann, profile, withAnn } from "../../../test/simulator/enduser-lab.ts";
import { temporaryDirectory } from "../../../test/temporary-directory.ts";

// pps-api.md 6, rows on lists, and 11 row /enduser.

const lists = { safelist: ["a@shop.example", "b@shop.example"], blocklist: "x@evil.example" };

test("a change adds entries, one as text or several as an array, and none twice", () =>
  withAnn(
    {},
    async (server) => {
      await server.user("PUT", ann, { safelist: ["c@shop.example", "A@SHOP.example"], blocklist: "y@evil.example" });
      expect(await profile(server)).toMatchObject({
        safelist: ["a@shop.example", "b@shop.example", "c@shop.example"],
        blocklist: ["x@evil.example", "y@evil.example"],
      });
      await server.user("PUT", ann, { safelist: [], blocklist: "" });
      expect(await profile(server)).toMatchObject({ blocklist: ["x@evil.example", "y@evil.example"] });
    },
    lists,
  ));

test("deletesafelist and deleteblocklist take entries out, letter case ignored", () =>
  withAnn(
    {},
    async (server) => {
      await server.user("PUT", ann, { deletesafelist: ["A@shop.example", "unknown@shop.example"] });
      await server.user("PUT", ann, { deleteblocklist: "x@evil.example" });
      expect(await profile(server)).toMatchObject({ safelist: ["b@shop.example"], blocklist: [] });
    },
    lists,
  ));

test("where lists are replaced, what a change does not name is gone", () =>
  withAnn(
    { quirks: { "user-lists": "replace" } },
    async (server) => {
      await server.user("PUT", ann, { safelist: "c@shop.example" });
      expect(await profile(server)).toMatchObject({ safelist: ["c@shop.example"], blocklist: ["x@evil.example"] });
      await server.user("PUT", ann, { safelist: [] });
      expect(await profile(server)).toMatchObject({ safelist: [] });
    },
    lists,
  ));

test("where removal is not understood the entry stays; where it is refused, all of the change", () =>
  withAnn({ quirks: { "user-removal": "ignored" } }, async (server) => {
    await server.user("PUT", ann, lists);
    expect((await server.user("PUT", ann, { deleteblocklist: "x@evil.example" })).status).toBe(200);
    const after = await profile(server);
    expect(after).toMatchObject({ blocklist: ["x@evil.example"] });
    expect(after).not.toHaveProperty("deleteblocklist");
  }).then(() =>
    withAnn({ quirks: { "user-removal": "refused" } }, async (server) => {
      const change = { firstname: "Ann", deleteblocklist: "x@evil.example" };
      expect((await server.user("PUT", ann, change)).status).toBe(400);
      expect(await profile(server)).toMatchObject({ firstname: "" });
    }),
  ));

test("where a list takes text only, an array is refused and changes nothing", () =>
  withAnn({ quirks: { "user-list-form": "text" } }, async (server) => {
    expect((await server.user("PUT", ann, { firstname: "Ann", safelist: ["a@shop.example"] })).status).toBe(400);
    expect(await profile(server)).toMatchObject({ firstname: "", safelist: [] });
    expect((await server.user("PUT", ann, { safelist: "a@shop.example" })).status).toBe(200);
  }));

test("a change that would outgrow the limit is refused whole, and one that shrinks the list is not", () =>
  withAnn({ userListLimit: 3 }, async (server) => {
    await server.user("PUT", ann, { safelist: ["a@shop.example", "b@shop.example"] });
    const change = { blocklist: "x@evil.example", safelist: ["c@shop.example", "d@shop.example"] };
    expect((await server.user("PUT", ann, change)).status).toBe(400);
    expect(await profile(server)).toMatchObject({ blocklist: [], safelist: ["a@shop.example", "b@shop.example"] });
    expect((await server.user("PUT", ann, { safelist: "c@shop.example" })).status).toBe(200);
    const swap = { safelist: "d@shop.example", deletesafelist: "a@shop.example" };
    expect((await server.user("PUT", ann, swap)).status).toBe(200);
  }));

test("a list that is over a lowered limit may stay and shrink, but not grow", async () => {
  const file = join(temporaryDirectory(), "users.db");
  const three = ["a@shop.example", "b@shop.example", "c@shop.example"];
  await withAnn({ file }, async () => {}, { safelist: three });
  await withServer({ file, userListLimit: 1 }, async (server) => {
    expect((await server.user("PUT", ann, { firstname: "Ann" })).status).toBe(200);
    expect((await server.user("PUT", ann, { deletesafelist: "a@shop.example" })).status).toBe(200);
    expect((await server.user("PUT", ann, { safelist: "d@shop.example" })).status).toBe(400);
    expect(await profile(server)).toMatchObject({ firstname: "Ann", safelist: ["b@shop.example", "c@shop.example"] });
  });
});

test("a change whose body comes late does not undo one that was made meanwhile", () =>
  withAnn({}, async (server) => {
    const { url } = await server.user("GET", ann);
    const headers = {
      Authorization: `Basic ${Buffer.from("api-admin:secret").toString("base64")}`,
      "Content-Type": "application/json",
      Expect: "100-continue",
    };
    const late = request(url, { method: "PUT", headers });
    late.flushHeaders();
    await once(late, "continue");
    await server.user("PUT", ann, { safelist: "a@shop.example" });
    late.end(JSON.stringify({ safelist: "b@shop.example" }));
    const [answer] = (await once(late, "response")) as [IncomingMessage];
    answer.resume();
    expect(await profile(server)).toMatchObject({ safelist: ["a@shop.example", "b@shop.example"] });
  }));
