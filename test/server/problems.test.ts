import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type ProblemCode, problemKinds } from "../../src/hosts/server/routes/problem.ts";
import type { Fault } from "../../src/simulator/index.ts";
import { inAmpleTime } from "../ample-time.ts";
import { type Answer, openServerLab, type ServerLab } from "./lab.ts";

const ping = (lab: ServerLab) => lab.post("/v1/system/ping");

/** A gateway that goes wrong in one way, and a call that meets it. */
function meeting(fault: Fault): (lab: ServerLab) => Promise<Answer> {
  return (lab) => {
    lab.simulator.faults.add(fault);
    return ping(lab);
  };
}

/** A call that is met with each code, over a real connection; what needs two calls at once has tests of its own. */
const meetings: Partial<Record<ProblemCode, (lab: ServerLab) => Promise<Answer>>> = {
  bad_input: (lab) => lab.post("/v1/quarantine/list", {}),
  denied: meeting({ kind: "status", status: 401 }),
  not_found: (lab) => lab.post("/v1/quarantine/download", { guid: "nowhere" }),
  refused: meeting({ kind: "status", status: 400 }),
  busy: meeting({ kind: "status", status: 503, retryAfter: "7" }),
  unreachable: meeting({ kind: "reset" }),
  unexpected: meeting({ kind: "html" }),
  unauthenticated: (lab) => lab.post("/v1/system/ping", undefined, { token: "pps_wrong" }),
  forbidden: (lab) =>
    lab.post(
      "/v1/quarantine/release",
      { localGuids: ["1:1:1"], folder: "Quarantine" },
      { token: lab.tokenFor({ name: "reader", scopes: ["read"] }) },
    ),
  no_such_route: (lab) => lab.post("/v1/quarantine/lists"),
  method_not_allowed: (lab) => lab.get("/v1/quarantine/release"),
  not_acceptable: (lab) => lab.post("/v1/system/ping", undefined, { headers: { accept: "text/csv" } }),
  too_large: (lab) => lab.post("/v1/quarantine/list", { subject: "x".repeat(1024 * 1024) }),
  unsupported_media_type: (lab) =>
    lab.post("/v1/quarantine/list", "sender=*", { headers: { "content-type": "application/x-www-form-urlencoded" } }),
  fault: (lab) => {
    writeFileSync(join(lab.stateDirectory, "tokens.json"), "{", { mode: 0o600 });
    return ping(lab);
  },
};

test.each(Object.entries(meetings))("%s is told as a problem with its own status", async (code, meet) => {
  const lab = await openServerLab();
  const answer = await meet(lab);
  const { status } = problemKinds[code as ProblemCode];
  expect(answer.status).toBe(status);
  expect(answer.headers["content-type"]).toBe("application/problem+json");
  expect(answer.json()).toMatchObject({
    type: `/docs#${code}`,
    code,
    status,
    detail: expect.stringMatching(/^\S.{10,}/),
    requestId: answer.headers["x-request-id"],
  });
});

test("every code is met here or in a test of its own", () => {
  const elsewhere: ProblemCode[] = [
    "key_reused",
    "still_running",
    "outcome_unknown",
    "too_many_requests",
    "overloaded",
    "stopping",
    "deadline_passed",
    "not_recorded",
  ];
  expect([...Object.keys(meetings), ...elsewhere].sort()).toEqual(Object.keys(problemKinds).sort());
});

test("a problem says what PPS said, and when to come back", async () => {
  const lab = await openServerLab();
  const busy = await meeting({ kind: "status", status: 503, retryAfter: "7" })(lab);
  expect(busy.headers["retry-after"]).toBe("7");
  expect(busy.json()).toMatchObject({ ppsStatus: 503, retryAfterSeconds: 7 });
  const wrong = await lab.get("/v1/quarantine/release");
  expect(wrong.headers.allow).toBe("POST");
  const nobody = await lab.post("/v1/system/ping", undefined, { token: null });
  expect(nobody.headers["www-authenticate"]).toBe('Bearer realm="proofpoint-ps"');
});

test.each([
  ["a body that is no JSON", '{"sender":"secret-'],
  ["a body that is no object", "[1]"],
  ["a body nested without end", `{"sender":"*","folder":${"[".repeat(100_000)}${"]".repeat(100_000)}}`],
  ["a field nobody knows", { sendr: "*" }],
  ["a field that an object brings along", '{"__proto__":{"sender":"*"},"sender":"*"}'],
])("%s is refused before anything is sent", async (_what, body) => {
  const lab = await openServerLab();
  const answer = await lab.post("/v1/quarantine/list", body);
  expect(answer.status).toBe(400);
  expect(answer.text).not.toContain("secret-");
  expect((await lab.get("/metrics")).text).not.toMatch(/^pps_requests_total/m);
});

test("a dry run that is asked for and not asked for is refused, and nothing is sent", async () => {
  const lab = await openServerLab();
  const release = { localGuids: ["1:1:1"], folder: "Quarantine" };
  const answer = await lab.post("/v1/quarantine/release?dryRun=false&dryRun=true", release);
  expect(answer.json()).toMatchObject({ code: "bad_input", field: "dryRun" });
  expect((await lab.get("/metrics")).text).not.toMatch(/^pps_requests_total/m);
});

test("a call that is not finished in its time says so, and whether a change was sent", async () => {
  const lab = await openServerLab();
  const headers = { "request-timeout": "0.05" };
  const { open } = lab.turnstile.shut();
  const read = await lab.post("/v1/system/ping", undefined, { headers });
  expect(read.status).toBe(504);
  expect(read.json()).toMatchObject({ code: "deadline_passed" });
  const release = { localGuids: ["1:1:1"], folder: "Quarantine" };
  const unsent = await lab.post("/v1/quarantine/release", release, { headers });
  expect(unsent.json()).toMatchObject({ code: "deadline_passed", mayHaveHappened: false });
  open();
});

test("of a change that was sent and lost in its time, the outcome is unknown", async () => {
  const lab = await openServerLab();
  const [message] = await lab.held({});
  lab.simulator.faults.add({ kind: "latency", milliseconds: 60_000, action: "release" });
  const answer = await inAmpleTime(
    [200, 2000, 15_000],
    (milliseconds) => {
      const headers = { "request-timeout": `${milliseconds / 1000}` };
      return lab.post("/v1/quarantine/release", { localGuids: [message] }, { headers });
    },
    () => lab.simulator.faults.list().some(({ happened }) => happened > 0),
  );
  expect(answer.status).toBe(504);
  expect(answer.json()).toMatchObject({ code: "deadline_passed", mayHaveHappened: true });
  expect((await lab.audited()).at(-1)).toMatchObject({ kind: "outcome", state: "unknown" });
});

test("a time that is none, or too long, is refused", async () => {
  const lab = await openServerLab();
  for (const time of ["soon", "0", "-1", "3601"]) {
    const answer = await lab.post("/v1/system/ping", undefined, { headers: { "request-timeout": time } });
    expect(answer.json()).toMatchObject({ code: "bad_input", field: "Request-Timeout" });
  }
});

test("a caller who calls too often is told when to come back, others are not held up by him", async () => {
  const lab = await openServerLab({ limits: { callsPerMinute: 4 } });
  expect((await ping(lab)).status).toBe(200);
  expect((await ping(lab)).status).toBe(200);
  const answer = await ping(lab);
  expect(answer.status).toBe(429);
  expect(answer.json().code).toBe("too_many_requests");
  expect(Number(answer.headers["retry-after"])).toBeGreaterThan(10);
  const other = lab.tokenFor({ name: "other" });
  expect((await lab.post("/v1/system/ping", undefined, { token: other })).status).toBe(200);
});
