import { Counter, Gauge, Histogram, Registry } from "prom-client";
import { version } from "../../../client/product.ts";
import type { ObservedRequest } from "../calls/observed-client.ts";

/** What the server counts. */
export interface Metrics {
  request(facts: { route: string; method: string; status: number; seconds: number; code: string | undefined }): void;
  ppsRequest(profile: string, request: ObservedRequest): void;
  /** In the text format of Prometheus. */
  text(): Promise<{ type: string; text: string }>;
}

/** Calls under way and waiting, asked for whenever the numbers are read. */
export type Load = () => { inside: number; waiting: number };

const seconds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300];

// Any word may stand for a method on the wire; each would be a row of its own.
const methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"];

/** The method where it is one that people use, else `other`. */
export function knownMethod(method: string): string {
  return methods.includes(method) ? method : "other";
}

/** Counters of one server; two in one process do not add up. */
export function createMetrics(load: Load): Metrics {
  const registers = [new Registry()];
  const [registry] = registers as [Registry];
  const requests = new Counter({
    name: "pps_server_requests_total",
    help: "Requests answered, by address, method and HTTP status.",
    labelNames: ["route", "method", "status"],
    registers,
  });
  const durations = new Histogram({
    name: "pps_server_request_seconds",
    help: "Time from a request's head to the end of its answer.",
    labelNames: ["route"],
    buckets: seconds,
    registers,
  });
  const problems = new Counter({
    name: "pps_server_problems_total",
    help: "Requests that were refused or failed, by the code they were answered with.",
    labelNames: ["code"],
    registers,
  });
  const ppsRequests = new Counter({
    name: "pps_requests_total",
    help: "Requests sent to PPS and to the cloud API, by profile, service and HTTP status or error code.",
    labelNames: ["profile", "service", "result"],
    registers,
  });
  const ppsDurations = new Histogram({
    name: "pps_request_seconds",
    help: "Time PPS and the cloud API took, waits for the rate of the latter included.",
    labelNames: ["profile", "service"],
    buckets: seconds,
    registers,
  });
  new Gauge({
    name: "pps_server_calls",
    help: "Calls by what they do now: running or waiting for their turn.",
    labelNames: ["state"],
    registers,
    collect() {
      const { inside, waiting } = load();
      this.set({ state: "running" }, inside);
      this.set({ state: "waiting" }, waiting);
    },
  });
  new Gauge({ name: "pps_server_info", help: "Always 1.", labelNames: ["version"], registers }).set({ version }, 1);
  return {
    request({ route, method, status, seconds: taken, code }) {
      requests.inc({ route, method, status });
      durations.observe({ route }, taken);
      if (code !== undefined) problems.inc({ code });
    },
    ppsRequest(profile, { service, result, seconds: taken }) {
      ppsRequests.inc({ profile, service, result });
      ppsDurations.observe({ profile, service }, taken);
    },
    text: async () => ({ type: registry.contentType, text: await registry.metrics() }),
  };
}
