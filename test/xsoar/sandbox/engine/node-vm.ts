import { createContext, Script } from "node:vm";
import { es5Globals, es5Members } from "./es5-library.ts";

const compiled = new Map<string, Script>();

/** Takes away from a fresh realm what ES5.1 does not have. Names alone: V8 itself works with its symbols. */
const narrow = new Script(`(function (realm) {
  var iterator = Symbol.iterator;
  return function (names, members) {
    Object.keys(members).map(function (path) {
      var parts = path.split(".");
      var owner = realm[parts[0]];
      return { owner: parts.length === 1 ? owner : owner.prototype, names: members[path] };
    }).forEach(function (one) {
      Object.getOwnPropertyNames(one.owner).forEach(function (name) {
        if (one.names.indexOf(name) < 0) delete one.owner[name];
      });
      delete one.owner[iterator];
    });
    Object.getOwnPropertyNames(realm).forEach(function (name) {
      if (names.indexOf(name) < 0) delete realm[name];
    });
  };
})(this)`);

/** Runs a script in a realm of its own with ES5's library and nothing else. */
export function runInNodeVm(script: string, exchange: (text: string) => string): void {
  const context = createContext({});
  narrow.runInContext(context)(es5Globals, es5Members);
  context.exchange = exchange;
  let program = compiled.get(script);
  if (program === undefined) {
    program = new Script(script, { filename: "integration.js" });
    compiled.set(script, program);
  }
  program.runInContext(context);
}
