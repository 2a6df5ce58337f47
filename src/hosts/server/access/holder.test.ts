import fc from "fast-check";
import { expect, test } from "vitest";
import { commands } from "../../../commands/index.ts";
import {
  anonymousHolder,
  everyProfile,
  mayUseProfile,
  missingScopes,
  neededScopes,
  type Scope,
  scopes,
} from "./holder.ts";

test("every command needs these scopes", () => {
  const needed = Object.fromEntries(commands.map((command) => [command.name, neededScopes(command).join(" ")]));
  expect(needed).toEqual({
    "system.ping": "read",
    "quarantine.list": "read",
    "quarantine.folders": "read",
    "quarantine.download": "read",
    "quarantine.release": "change",
    "quarantine.resubmit": "change",
    "quarantine.forward": "change",
    "quarantine.move": "change",
    "quarantine.delete": "destroy",
    "message.show": "read",
    "trace.search": "read",
    "users.get": "read users",
    "users.create": "change users",
    "users.modify": "change users",
    "users.delete": "destroy users",
    "users.blocklist.list": "read lists",
    "users.blocklist.add": "change lists",
    "users.blocklist.remove": "change lists",
    "users.safelist.list": "read lists",
    "users.safelist.add": "change lists",
    "users.safelist.remove": "change lists",
    "blocklist.list": "read lists",
    "blocklist.add": "change lists",
    "blocklist.remove": "change lists",
    "blocklist.sync": "destroy lists",
    "safelist.list": "read lists",
    "safelist.add": "change lists",
    "safelist.remove": "change lists",
    "safelist.sync": "destroy lists",
    "respond.phishing": "destroy lists",
    "respond.false-positive": "change lists",
    hunt: "read",
    "blocklist.feed": "destroy lists",
  });
});

test("a list of one user asks for the same scopes by either of its commands", () => {
  for (const verb of ["list", "add", "remove"]) {
    const [own, organisation] = [`users.blocklist.${verb}`, `blocklist.${verb}`].map((name) =>
      commands.find((command) => command.name === name),
    );
    expect(own && neededScopes(own)).toEqual(organisation && neededScopes(organisation));
  }
});

test("a call may be made when, and only when, its caller has every scope it needs", () => {
  fc.assert(
    fc.property(fc.subarray([...scopes]), fc.constantFrom(...commands), (held, command) => {
      const missing = missingScopes({ name: "any", scopes: held, profiles: [] }, command);
      expect([...missing, ...held.filter((scope) => neededScopes(command).includes(scope))].sort()).toEqual(
        [...neededScopes(command)].sort() satisfies Scope[],
      );
    }),
  );
});

test("a profile may be used by those who were allowed it, or every one", () => {
  const lab = { name: "any", scopes: [], profiles: ["lab"] };
  expect([mayUseProfile(lab, "lab"), mayUseProfile(lab, "south")]).toEqual([true, false]);
  const any = { ...lab, profiles: [everyProfile] };
  expect(mayUseProfile(any, "south")).toBe(true);
  // What stands for every profile is no profile of that name.
  expect(mayUseProfile(lab, everyProfile)).toBe(false);
});

test("without tokens, callers have every right", () => {
  expect(commands.flatMap((command) => missingScopes(anonymousHolder, command))).toEqual([]);
});
