import { parentPort, receiveMessageOnPort } from "node:worker_threads";
import { runInJsInterpreter } from "./js-interpreter.ts";
import { runInNodeVm } from "./node-vm.ts";
import type { WorkerReport, WorkerTask } from "./worker-engine.ts";

parentPort?.on("message", ({ engine, script, port, signal }: WorkerTask) => {
  const report = (one: WorkerReport) => port.postMessage(one);
  const exchange = (text: string): string => {
    report({ exchange: text });
    Atomics.wait(signal, 0, 0);
    Atomics.store(signal, 0, 0);
    return (receiveMessageOnPort(port) as { message: string }).message;
  };
  try {
    if (engine === "node-vm") runInNodeVm(script, exchange);
    else runInJsInterpreter(script, exchange);
    report({ over: true });
  } catch (error) {
    report({ failed: String((error as Error).stack) });
  }
  port.close();
});
