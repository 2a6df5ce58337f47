import { version } from "../../../client/product.ts";
import { areaOf, areaTitles, commands } from "../../../commands/index.ts";
import type { Limits } from "../limits/limits.ts";
import { routePath } from "../routes/route-path.ts";
import { getOperation, postOperation } from "./operation.ts";
import { type Part, refTo, sharedParts } from "./shared-parts.ts";

/** The whole API as an OpenAPI 3.1 document. Without tokens, an operation asks for none. */
export function createDocument({ isAnonymous, limits }: { isAnonymous: boolean; limits: Limits }): Part {
  const areas = new Set(commands.map(({ name }) => areaOf(name)));
  return {
    openapi: "3.1.1",
    info: {
      title: "Proofpoint PS action server",
      version,
      license: { name: "MIT", identifier: "MIT" },
      description: [
        "Works the Proofpoint Protection Server: quarantined mail, traces, block and safe lists, and users.",
        "Every command takes POST with a JSON object; those that only read take GET too, with their fields in the query, a list by repeating its name.",
        "A list is given whole as JSON, or as it comes with `Accept: application/jsonl`; some results also as a report for people with `Accept: text/html`.",
        "Errors are `application/problem+json`; an error never looks like an empty list.",
      ].join("\n\n"),
    },
    // Relative to the document, so that it holds under whatever name the server is reached.
    servers: [{ url: "/" }],
    tags: [...areas].map((name) => ({ name, description: areaTitles[name] ?? name })),
    ...(isAnonymous ? {} : { security: [{ token: [] }] }),
    paths: {
      ...Object.fromEntries(
        commands.map((command) => [
          routePath(command.name),
          {
            ...(command.effect === "read" ? { get: getOperation(command) } : {}),
            post: postOperation(command),
          },
        ]),
      ),
      "/v1/actions": { post: actionOperation() },
      ...plainPaths(),
    },
    components: sharedParts(limits),
  };
}

/** For one caller only, which brings its own envelope and description. */
function actionOperation(): Part {
  const problems = ["401", "403", "413", "415", "429", "503"];
  const object = { "application/json": { schema: { type: "object" } } };
  return {
    operationId: "secopsAction",
    summary: "Carry out an action of the Google SecOps package",
    description:
      "Takes and gives the envelope of the package's bridge, version 1. Needs the scopes of all commands that the action may call.",
    requestBody: { required: true, content: object },
    responses: {
      "200": { description: "What became of the action, whatever that is.", content: object },
      "400": { description: "No request of a version that is known; nothing was begun.", content: object },
      ...Object.fromEntries(problems.map((status) => [status, refTo("responses", `problem${status}`)])),
    },
  };
}

function plainPaths(): Part {
  const state = (description: string): Part => ({
    description,
    content: { "application/json": { schema: { type: "object", properties: { status: { type: "string" } } } } },
  });
  const stopping = { "503": refTo("responses", "problem503") };
  return {
    "/healthz": {
      get: {
        operationId: "healthz",
        summary: "Whether the server is up",
        security: [],
        responses: { "200": state("It is."), ...stopping },
      },
    },
    "/readyz": {
      get: {
        operationId: "readyz",
        summary: "Whether PPS can be worked",
        description: "Asks PPS at most every 15 seconds, by one harmless search.",
        security: [],
        responses: { "200": state("It can."), "503": state("It cannot; `pps` is the code of the error.") },
      },
    },
    "/metrics": {
      get: {
        operationId: "metrics",
        summary: "Counters for Prometheus",
        description: "Needs the scope read.",
        responses: {
          "200": { description: "In its text format.", content: { "text/plain": { schema: { type: "string" } } } },
          "401": refTo("responses", "problem401"),
          "403": refTo("responses", "problem403"),
          ...stopping,
        },
      },
    },
  };
}
