import { expect, test } from "vitest";
import { commands } from "../../src/commands/index.ts";
import type { Json } from "../../src/core/steps.ts";
import { routePath } from "../../src/hosts/server/routes/route-path.ts";
import { schemaFaults, valueFaults } from "./json-schema-check.ts";
import { openServerLab, type ServerLab } from "./lab.ts";

type Part = { [key: string]: Json };

async function readDocument(lab: ServerLab): Promise<Part> {
  const answer = await lab.get("/openapi.json", { token: null });
  expect(answer.status).toBe(200);
  return answer.json() as Part;
}

function resolver(document: Part): (ref: string) => Part {
  return (ref) => {
    let place: Json = document;
    for (const step of ref.slice(2).split("/")) place = (place as Part)[step] as Json;
    if (place === undefined) throw new Error(`${ref} leads nowhere`);
    return place as Part;
  };
}

/** Every part of the document under a key, wherever it stands, by where it stands. */
function partsNamed(key: string, part: Json, at = "#"): [string, Json][] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([name, inner]) => [
    ...(name === key ? [[`${at}/${name}`, inner] as [string, Json]] : []),
    ...partsNamed(key, inner, `${at}/${name}`),
  ]);
}

interface Operation {
  path: string;
  method: string;
  part: Part;
}

function operationsOf(document: Part): Operation[] {
  return Object.entries(document.paths as Part).flatMap(([path, item]) =>
    Object.entries(item as Part).map(([method, part]) => ({ path, method, part: part as Part })),
  );
}

test("the document describes every command, by POST, and by GET where it only reads", async () => {
  const document = await readDocument(await openServerLab());
  expect(document.openapi).toMatch(/^3\.1\.\d$/);
  const described = operationsOf(document).map(({ path, method }) => `${method} ${path}`);
  const wanted = commands.flatMap(({ name, effect }) =>
    (effect === "read" ? ["get", "post"] : ["post"]).map((method) => `${method} ${routePath(name)}`),
  );
  expect(described.sort()).toEqual(
    [...wanted, "post /v1/actions", "get /healthz", "get /readyz", "get /metrics"].sort(),
  );
});

test("the document keeps the rules of OpenAPI 3.1", async () => {
  const document = await readDocument(await openServerLab());
  const resolve = resolver(document);
  for (const [, ref] of partsNamed("$ref", document)) expect(() => resolve(ref as string)).not.toThrow();
  const operations = operationsOf(document);
  const ids = operations.map(({ part }) => part.operationId);
  expect(new Set(ids).size).toBe(ids.length);
  const tags = new Set((document.tags as Part[]).map(({ name }) => name));
  for (const { part, path } of operations) {
    expect(part.summary, path).toMatch(/\S/);
    for (const tag of (part.tags as string[]) ?? []) expect(tags).toContain(tag);
    const parameters = ((part.parameters as Part[]) ?? []).map((one) => (one.$ref ? resolve(one.$ref as string) : one));
    const names = parameters.map((one) => `${one.in} ${one.name}`);
    expect(new Set(names).size, path).toBe(names.length);
    for (const one of parameters) {
      expect(["query", "header"]).toContain(one.in);
      expect(one.schema, `${path} ${one.name}`).toBeDefined();
    }
    const responses = Object.entries(part.responses as Part);
    expect(responses.some(([status]) => status === "200")).toBe(true);
    for (const [status, response] of responses) {
      expect(status).toMatch(/^[2-5]\d\d$/);
      const whole = (response as Part).$ref ? resolve((response as Part).$ref as string) : (response as Part);
      expect(whole.description, `${path} ${status}`).toMatch(/\S/);
    }
  }
});

test("every schema is one of JSON Schema 2020-12, with defaults and examples that satisfy it", async () => {
  const document = await readDocument(await openServerLab());
  const schemas = partsNamed("schema", document);
  const shared = Object.entries((document.components as Part).schemas as Part);
  expect(schemas.length).toBeGreaterThan(150);
  const faults = [...schemas, ...shared].flatMap(([at, schema]) =>
    schemaFaults(schema as Part, at, resolver(document)),
  );
  expect(faults).toEqual([]);
});

test("every example is one that its schema and the server take", async () => {
  const lab = await openServerLab();
  const document = await readDocument(lab);
  let tried = 0;
  for (const { path, method, part } of operationsOf(document)) {
    const body = (part.requestBody as { content: { "application/json": Part } } | undefined)?.content[
      "application/json"
    ];
    if (method !== "post" || body?.example === undefined) continue;
    expect(valueFaults(body.example, body.schema as Part, path, resolver(document))).toEqual([]);
    const isChange = ((part.parameters as Part[]) ?? []).some(({ $ref }) => $ref === "#/components/parameters/dryRun");
    const answer = await lab.post(isChange ? `${path}?dryRun=true` : path, body.example);
    // There may be no such message or user here; but the input is one that is understood. Nothing is fetched for a caller
    // from a host that the operator has not named.
    if (answer.status === 400)
      expect(answer.json().detail).toMatch(/^No feed may be fetched from feeds\.example\.com:/);
    else expect([200, 404], `${path} ${answer.text}`).toContain(answer.status);
    tried++;
  }
  // What takes the text of a file has no example of its own in the catalogue.
  const withoutFile = commands.filter(
    ({ fields }) => !Object.values(fields).some((one) => one.kind === "file" && one.required),
  );
  expect(tried).toBe(withoutFile.length);
});

test("the commands with a report offer it as HTML beside JSON, and only they do", async () => {
  const document = await readDocument(await openServerLab());
  const offering = operationsOf(document)
    .filter(({ path, part }) => path.startsWith("/v1/") && "text/html" in typesOf(part))
    .map(({ path, method }) => `${method} ${path}`);
  const wanted = commands
    .filter(({ hasReport }) => hasReport)
    .flatMap(({ name, effect }) =>
      (effect === "read" ? ["get", "post"] : ["post"]).map((method) => `${method} ${routePath(name)}`),
    );
  expect(offering.sort()).toEqual(wanted.sort());
  expect(wanted.length).toBeGreaterThan(0);
});

function typesOf(operation: Part): object {
  const answered = (operation.responses as Part)["200"] as Part;
  return (answered.content ?? {}) as object;
}

test("no item of a list can be taken for the last of its JSON lines", () => {
  const names = commands.flatMap(({ outputs }) => outputs.map(({ name }) => name));
  expect(names.filter((name) => name === "summary" || name === "error")).toEqual([]);
});

test("every problem has the shape the document says", async () => {
  const lab = await openServerLab();
  const document = await readDocument(lab);
  const schema = { $ref: "#/components/schemas/Problem" };
  for (const answer of [
    await lab.post("/v1/quarantine/list", {}),
    await lab.get("/v1/nowhere"),
    await lab.post("/v1/quarantine/download", { guid: "nowhere" }),
  ]) {
    expect(valueFaults(answer.json() as Json, schema, answer.text, resolver(document))).toEqual([]);
  }
});

test("the page for people says what it may load, and shows every command and code", async () => {
  const lab = await openServerLab();
  const { headers, text } = await lab.get("/docs", { token: null });
  expect(headers["content-type"]).toBe("text/html; charset=utf-8");
  expect(headers["content-security-policy"]).toMatch(/^default-src 'none'; style-src 'sha256-[^']+';/);
  expect(text).not.toMatch(/<script|src=|href="(?![/#])|javascript:/i);
  for (const { name } of commands) expect(text).toContain(`<section id="${name}">`);
  const types = [await lab.post("/v1/quarantine/list", {}), await lab.get("/nowhere")].map((one) => one.json().type);
  for (const type of types) expect(text).toContain(`id="${String(type).slice("/docs#".length)}"`);
});
