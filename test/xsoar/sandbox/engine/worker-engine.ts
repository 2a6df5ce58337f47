import { once } from "node:events";
import { MessageChannel, type MessagePort, Worker } from "node:worker_threads";
import type { Engine } from "./engines.ts";

/** What a worker is given to run. It blocks on `signal` until the answer to an exchange waits at its port. */
export interface WorkerTask {
  engine: "node-vm" | "js-interpreter";
  script: string;
  port: MessagePort;
  signal: Int32Array<SharedArrayBuffer>;
}

export type WorkerReport = { exchange: string } | { over: true } | { failed: string };

const idle: Worker[] = [];

/**
 * Runs a script in a thread that stands still while the harness answers, as a script on the server does: the simulator may
 * live in the thread of the test. Threads are used again.
 */
export async function runInWorker(
  engine: WorkerTask["engine"],
  script: string,
  answer: Parameters<Engine>[1],
): Promise<void> {
  const worker = idle.pop() ?? new Worker(new URL("./worker.ts", import.meta.url));
  worker.ref();
  const { port1, port2 } = new MessageChannel();
  const signal = new Int32Array(new SharedArrayBuffer(4));
  worker.postMessage({ engine, script, port: port2, signal } satisfies WorkerTask, [port2]);
  try {
    for (;;) {
      const [report] = (await once(port1, "message")) as [WorkerReport];
      if ("over" in report) break;
      if ("failed" in report) throw new Error(`${engine}: ${report.failed}`);
      port1.postMessage(await answer(report.exchange));
      Atomics.store(signal, 0, 1);
      Atomics.notify(signal, 0);
    }
  } finally {
    port1.close();
    worker.unref();
    idle.push(worker);
  }
}
