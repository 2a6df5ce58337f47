import { expect, test } from "vitest";
import { withCloud } from "../../../test/simulator/cloud-client.ts";

test("id and secret get a token that opens both lists, over the authority of the REST API", () =>
  withCloud({ clientId: "key 1", clientSecret: "it's & more=" }, async (cloud) => {
    const { status, body } = await cloud.askToken();
    expect({ status, body }).toEqual({
      status: 200,
      body: { access_token: expect.stringMatching(/^[\w-]{64}$/), token_type: "Bearer", expires_in: 3600 },
    });
    for (const list of ["orgSafeList", "orgBlockList"] as const) {
      expect(await cloud.read(list, body?.access_token as string)).toMatchObject({
        status: 200,
        body: { entries: [] },
      });
    }
  }));

test.each([
  ["a wrong secret", { client_secret: "wrong" }, 401, "invalid_client"],
  ["a wrong id", { client_id: "nobody" }, 401, "invalid_client"],
  ["no secret", { client_secret: undefined }, 400, "invalid_request"],
  ["an empty id", { client_id: "" }, 400, "invalid_request"],
  ["no grant type", { grant_type: undefined }, 400, "invalid_request"],
  ["another grant type", { grant_type: "password" }, 400, "unsupported_grant_type"],
])("%s gets no token but a reason in JSON", (_what, fields, status, error) =>
  withCloud({}, async (cloud, _simulator, reports) => {
    expect(await cloud.askToken(fields)).toMatchObject({ status, body: { error } });
    expect(reports).toEqual([]);
  }),
);

test("credentials as JSON, or under the name of a form, are refused and come back in no report", () =>
  withCloud({ clientSecret: "s-3-cret" }, async (cloud, { clientId }, reports) => {
    const body = { grant_type: "client_credentials", client_id: clientId, client_secret: "s-3-cret" };
    for (const type of ["application/json", "application/x-www-form-urlencoded"]) {
      const answer = await cloud.send("POST", "/v1/token", { type, body });
      expect(answer).toMatchObject({ status: 400, body: { error: "invalid_request" } });
      expect(answer.text).not.toContain("s-3-cret");
    }
    expect(reports.join()).not.toContain("s-3-cret");
  }));

test.each(["3600", "60"])("a token is good for %s seconds of the gateway's clock and not a moment longer", (seconds) =>
  withCloud({ quirks: { "cloud-token-seconds": seconds } }, async (cloud, { clock }) => {
    const token = await cloud.token();
    clock.advance(Number(seconds) * 1000 - 1);
    expect((await cloud.read("orgSafeList", token)).status).toBe(200);
    clock.advance(1);
    expect(await cloud.read("orgSafeList", token)).toMatchObject({
      status: 401,
      headers: { "www-authenticate": "Bearer" },
    });
    expect((await cloud.read("orgSafeList", await cloud.token())).status).toBe(200);
  }),
);

test.each([
  ["number", { expires_in: 60 }],
  ["text", { expires_in: "60" }],
  ["unsaid", {}],
  ["overstated", { expires_in: 3600 }],
])("with cloud-token-life %s a token of 60 seconds is told so: %j", (life, told) =>
  withCloud({ quirks: { "cloud-token-seconds": "60", "cloud-token-life": life } }, async (cloud) => {
    const { access_token, token_type, ...rest } = (await cloud.askToken()).body ?? {};
    expect([typeof access_token, token_type, rest]).toEqual(["string", "Bearer", told]);
  }),
);

test("two tokens of one key are good side by side", () =>
  withCloud({}, async (cloud) => {
    const [first, second] = [await cloud.token(), await cloud.token()];
    expect(first).not.toBe(second);
    for (const token of [first, second]) expect((await cloud.read("orgSafeList", token)).status).toBe(200);
  }));
