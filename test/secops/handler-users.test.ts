import { describe, expect, test } from "vitest";
import { gateways, openHandlerLab } from "./handler-lab.ts";

const ann = "ann@example.com";

describe.each(gateways)("on a PPS %s", (_name, options) => {
  test("a user is created, read, changed and deleted", async () => {
    const lab = await openHandlerLab(options);
    const created = await lab.run("Create User", {
      Email: ann,
      "First Name": "Ann",
      Groups: "staff,mail",
      Safelist: "billing@shop.example",
      Attributes: '{"digest": "daily"}',
    });
    expect(created).toMatchObject({
      state: "completed",
      result: true,
      message: `Created user ${ann}.`,
      json: { email: ann, firstname: "Ann", groups: ["staff", "mail"], safelist: ["billing@shop.example"] },
    });
    const read = await lab.run("Get User", { User: ann });
    expect(read).toMatchObject({ state: "completed", result: true, message: `User ${ann} read.` });
    expect(read.json).toMatchObject({ email: ann, attributes: { digest: "daily" } });
    const updated = await lab.run("Update User", { User: ann, "Last Name": "Smith", "Add Groups": "soc" });
    expect(updated).toMatchObject({
      state: "completed",
      result: true,
      message: `Updated user ${ann}: Last Name, Add Groups.`,
      json: { lastname: "Smith", groups: ["staff", "mail", "soc"] },
    });
    const deleted = await lab.run("Delete User", { User: ann });
    expect(deleted).toMatchObject({ state: "completed", result: true, json: { user: ann, deleted: true } });
    expect(lab.simulator.store.users.find(ann)).toBeUndefined();
  });

  test("a user who does not exist is no failure of the search for him, and none that could be changed", async () => {
    const lab = await openHandlerLab(options);
    const read = await lab.run("Get User", { User: ann });
    expect(read).toMatchObject({ state: "completed", result: false, json: {} });
    expect(read.message).toBe(`User ${ann} does not exist.`);
    const deleted = await lab.run("Delete User", { User: ann });
    expect(deleted).toMatchObject({ state: "completed", result: false, json: { user: ann, deleted: false } });
    const updated = await lab.run("Update User", { User: ann, "Last Name": "Smith" });
    expect(updated).toMatchObject({ state: "failed", result: false });
    expect(updated.message).toMatch(/^Failed to update the user: /);
  });

  test("what makes no sense is refused by the parameter's name", async () => {
    const lab = await openHandlerLab(options);
    await lab.run("Create User", { Email: ann });
    const refused: [string, Record<string, string>, RegExp][] = [
      ["Create User", {}, /Email is missing/],
      ["Create User", { Email: ann }, /exists/i],
      ["Create User", { Email: "bob@example.com", Attributes: "[1]" }, /Attributes/],
      ["Create User", { Email: "bob@example.com", Blocklist: "example.com" }, /own/],
      ["Update User", { User: ann }, /Nothing is to be changed.*First Name.*Add Groups/],
      ["Update User", { User: ann, "Other Fields": "no" }, /Other Fields/],
      ["Update User", { User: ann, "First Name": "A", "Other Fields": '{"firstname":"B"}' }, /First Name/],
      ["Delete User", {}, /User is missing/],
      ["Get User", { User: "  " }, /User is missing/],
    ];
    for (const [action, parameters, message] of refused) {
      const reply = await lab.run(action, parameters);
      expect(reply, action).toMatchObject({ state: "failed", result: false });
      expect(reply.message).toMatch(message);
    }
  });

  test.each([
    ["Create User", { Email: "bob@example.com", "First Name": "Bob" }, "POST"],
    ["Update User", { User: ann, "First Name": "Anna" }, "PUT"],
    ["Delete User", { User: ann }, "DELETE"],
  ])("%s calls a lost answer unknown, and a repeated step is done once", async (action, parameters, method) => {
    const lab = await openHandlerLab(options);
    await lab.run("Create User", { Email: ann });
    lab.simulator.faults.add({ kind: "lose-answer", route: `${method} /enduser/*` });
    lab.simulator.faults.add({ kind: "status", status: 500, route: "GET /enduser/*" });
    const lost = await lab.run(action, parameters);
    expect(lost).toMatchObject({ state: "timed_out", result: false, json: { unknown: [{}] } });
    lab.simulator.faults.clear();
    lab.simulator.reset();
    lab.simulator.clock.set(Date.UTC(2026, 2, 4, 12), true);
    if (action !== "Create User") await lab.run("Create User", { Email: ann });
    const first = await lab.run(action, parameters, { workflow: "w-1" });
    expect(first).toMatchObject({ state: "completed", result: true });
    const before = lab.simulator.journal().length;
    const again = await lab.run(action, parameters, { workflow: "w-1" });
    expect(again).toMatchObject({ state: "completed", result: true });
    expect(again.message).toMatch(/earlier try of this step/);
    expect(lab.simulator.journal()).toHaveLength(before);
  });
});
