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

// Two faults of the interpreter against ES5: a sort without an order, and a slice that ends before it begins, throw.
const mended = `(function () {
  var sort = Array.prototype.sort;
  var slice = Array.prototype.slice;
  function byText(one, other) {
    return String(one) < String(other) ? -1 : String(one) > String(other) ? 1 : 0;
  }
  Object.defineProperty(Array.prototype, "sort", {
    value: function (order) { return sort.call(this, order === undefined ? byText : order); }
  });
  Object.defineProperty(Array.prototype, "slice", {
    value: function (start, end) {
      var from = start < 0 ? Math.max(0, this.length + start) : Math.min(start || 0, this.length);
      var to = end === undefined ? this.length : end < 0 ? this.length + end : Math.min(end, this.length);
      return to > from ? slice.call(this, from, to) : [];
    }
  });
})();`;

/** Runs a script in an ES5 interpreter that is itself written in JavaScript: true to ES5 and slow. */
export function runInJsInterpreter(script: string, exchange: (text: string) => string): void {
  const hidden = timers.map((name) => `delete this.${name};`).join("");
  const interpreter = new Interpreter(`${hidden}${mended}${script}`, (made, global) => {
    made.setProperty(global, "exchange", made.createNativeFunction(exchange));
  });
  if (interpreter.run()) throw new Error("it waits for something asynchronous");
}
