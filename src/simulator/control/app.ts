import { Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { Simulator } from "../simulator.ts";
import { readClockOrder, showClock } from "./clock-order.ts";
import { readGenerateRequest, readMessage } from "./requests.ts";

/** What the control port steers: the simulator without the means to end it. */
export type Steered = Omit<Simulator, "stop" | "control" | "loaded">;

/** The control port: measuring, seeding and breaking, on a port of its own so that no client finds it under the API. */
export function createControlApp(simulator: Steered): Hono {
  const app = new Hono();

  // It asks for no password, and any web page a browser shows can send requests to loopback, also under a name of its own.
  app.use(async (c, next) => {
    const isOurs = ["127.0.0.1", "localhost"].includes(new URL(c.req.url).hostname);
    if (!isOurs || c.req.header("origin") !== undefined)
      throw new HTTPException(403, { message: "The control port is not for web pages." });
    await next();
  });
  // Due effects come first, so that whoever has moved the clock sees what came of it.
  app.use(async (_c, next) => {
    await simulator.settle();
    await next();
  });
  app.get("/mailboxes", (c) => c.json({ mailboxes: simulator.mailboxes() }));
  app.get("/mailboxes/:address", (c) => {
    const address = c.req.param("address");
    const messages = simulator.mailbox(address).map((message) => ({ ...message, raw: message.raw.toString("base64") }));
    return c.json({ address, messages });
  });
  app.get("/journal", (c) => {
    const after = Number(c.req.query("after") ?? 0);
    if (!Number.isInteger(after)) throw new Error('"after" is the sequence number of an entry.');
    return c.json({ entries: simulator.journal(after) });
  });
  app.get("/lists", (c) => {
    const { organisationLists } = simulator;
    return c.json({ safe: organisationLists.entries("safe"), block: organisationLists.entries("block") });
  });
  app.get("/stats", (c) => c.json({ ...simulator.stats(), memoryBytes: process.memoryUsage().rss }));
  app.post("/generate", async (c) => c.json(await simulator.generate(readGenerateRequest(await c.req.json()))));
  app.post("/messages", async (c) => c.json(await simulator.send(readMessage(await c.req.json())), 201));

  app.get("/faults", (c) => c.json({ faults: simulator.faults.list() }));
  app.post("/faults", async (c) => c.json(simulator.faults.add(await c.req.json()), 201));
  app.delete("/faults", (c) => c.json({ cleared: simulator.faults.clear() }));
  app.delete("/faults/:id", (c) => {
    if (simulator.faults.clear(Number(c.req.param("id")))) return c.json({ cleared: true });
    throw new HTTPException(404, { message: `There is no fault ${c.req.param("id")}.` });
  });

  app.get("/clock", (c) => c.json(showClock(simulator.clock)));
  app.post("/clock", async (c) => {
    readClockOrder(await c.req.json())(simulator.clock);
    await simulator.settle();
    return c.json(showClock(simulator.clock));
  });
  app.post("/reset", (c) => {
    simulator.reset();
    return c.json({ reset: true });
  });

  app.notFound((c) => c.json({ error: `There is no ${c.req.method} ${c.req.path} on the control port.` }, 404));
  // Whatever a request throws here is about what it asked for, and is told to whoever asked.
  app.onError((error, c) => c.json({ error: error.message }, error instanceof HTTPException ? error.status : 400));
  return app;
}
