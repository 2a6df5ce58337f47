import { createHash } from "node:crypto";
import { expect, test } from "vitest";
import { openServerLab } from "./lab.ts";

const path = "/v1/respond/false-positive";
const page = { accept: "text/html" };

test("a caller who takes HTML gets the report, with a policy that allows its style and nothing else", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({ subject: "<script>alert(1)</script>" });
  const answer = await lab.post(`${path}?dryRun=true`, { guid: message?.guid }, { headers: page });
  expect(answer.status).toBe(200);
  expect(answer.headers["content-type"]).toBe("text/html; charset=utf-8");
  const style = /<style>([^<]*)<\/style>/.exec(answer.text)?.[1] ?? "";
  const digest = createHash("sha256").update(style).digest("base64");
  expect(answer.headers["content-security-policy"]).toBe(
    `default-src 'none'; style-src 'sha256-${digest}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
  );
  expect(answer.headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" });
  expect(answer.text).toContain("&lt;script&gt;alert(1)&lt;/script&gt;");
  expect(answer.text).not.toContain("<script");
});

test("a change asked for twice under one key is reported twice and done once", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  const sent = { headers: { ...page, "idempotency-key": "one" } };
  const first = await lab.post(path, { guid: message?.guid }, sent);
  const again = await lab.post(path, { guid: message?.guid }, sent);
  expect(first.status).toBe(200);
  expect(again.headers["idempotency-replayed"]).toBe("true");
  for (const name of ["content-type", "content-security-policy"]) {
    expect(again.headers[name]).toBe(first.headers[name]);
  }
  expect(again.text).toBe(first.text);
  expect((await lab.effects()).filter((effect) => effect === "released" || effect === "delivered").length).toBeLessThan(
    3,
  );
});

test("who takes anything gets JSON", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  for (const accept of ["*/*", "application/*, text/html;q=0.5", "text/html;q=0, */*"]) {
    const answer = await lab.post(`${path}?dryRun=true`, { guid: message?.guid }, { headers: { accept } });
    expect(answer.headers["content-type"]).toBe("application/json");
  }
});

test("an error is a problem, whatever form was asked for", async () => {
  const lab = await openServerLab();
  const answer = await lab.post(path, { guid: "nowhere" }, { headers: page });
  expect(answer.status).toBe(404);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
});

test("a command without a report says which forms it has", async () => {
  const lab = await openServerLab();
  const answer = await lab.post("/v1/quarantine/list", { sender: "*" }, { headers: page });
  expect(answer.status).toBe(406);
  expect(answer.json().detail).toBe("quarantine.list answers with application/json or application/jsonl.");
});
