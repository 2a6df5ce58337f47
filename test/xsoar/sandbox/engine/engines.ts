import { runInMujs } from "./mujs.ts";
import { runInWorker } from "./worker-engine.ts";

export type EngineName = "node-vm" | "js-interpreter" | "mujs";

/** Runs a script that finds a function `exchange` among its globals; resolves when the script is over. */
export type Engine = (script: string, answer: (text: string) => Promise<string>) => Promise<void>;

/** The engines a script can run in. `node-vm` has everything of ES5 and nothing newer, at the speed of Node. */
export const engines: Record<EngineName, Engine> = {
  "node-vm": (script, answer) => runInWorker("node-vm", script, answer),
  "js-interpreter": (script, answer) => runInWorker("js-interpreter", script, answer),
  mujs: runInMujs,
};
