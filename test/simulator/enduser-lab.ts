import { expect } from "vitest";
import { type TestServer, type TestServerOptions, withServer } from "./api-server.ts";

export const ann = "ann@example.com";

/** The profile of a user who is there. */
export async function profile(server: TestServer, name = ann): Promise<Record<string, unknown>> {
  const answer = await server.user("GET", name);
  expect(answer.status).toBe(200);
  return (await answer.json()) as Record<string, unknown>;
}

/** Runs a test against a server on which Ann is a user already. */
export async function withAnn(
  options: TestServerOptions,
  run: (server: TestServer) => Promise<void>,
  fields: object = {},
): Promise<void> {
  await withServer(options, async (server) => {
    expect((await server.user("POST", ann, fields)).status).toBe(200);
    await run(server);
  });
}
