import { createRequire } from "node:module";

interface Interpreter {
  REGEXP_MODE: number;
  globalObject: unknown;
  run(): boolean;
  createNativeFunction(call: (text: string) => string): unknown;
  setProperty(owner: unknown, name: string, value: unknown): void;
}

type InterpreterClass = new (script: string, prepare: (made: Interpreter, global: unknown) => void) => Interpreter;

const Interpreter = createRequire(import.meta.url)("js-interpreter") as InterpreterClass;
// Regular expressions by Node's own engine in the same thread; nothing here runs for ever.
Interpreter.prototype.REGEXP_MODE = 1;

const timers = ["setTimeout", "setInterval", "clearTimeout", "clearInterval", "window", "self"];

/** Runs a script in an ES5 interpreter that is itself written in JavaScript: true to ES5 and slow. */
export function runInJsInterpreter(script: string, exchange: (text: string) => string): void {
  const hidden = timers.map((name) => `delete this.${name};`).join("");
  const interpreter = new Interpreter(`${hidden}${script}`, (made, global) => {
    made.setProperty(global, "exchange", made.createNativeFunction(exchange));
  });
  if (interpreter.run()) throw new Error("it waits for something asynchronous");
}
