import { expect, test } from "vitest";
import { execute } from "../../../../test/model/execute.ts";
import { createPps, now } from "../../../../test/model/searched-mail.ts";
import type { ResponseItem } from "../response-item.ts";
import { respondPhishing } from "./phishing.ts";

const configured = ["Quarantine", "Phish"];
const folders = configured.map((name) => ({ name, moduleType: "mail" as const }));

/** Where copies of the campaign would be deleted, of which one lies in no configured folder. */
function plannedIn(folder?: readonly string[]): (string | undefined)[] {
  const system = createPps([
    { guid: "a", folder: "Phish" },
    { guid: "b", folder: "Elsewhere" },
  ]);
  const order = { sender: "lena@pay-desk9.example", subject: "Invoice 77 overdue - settle immediately", block: "none" };
  execute(respondPhishing, { ...order, folder }, system, { now, folders, dryRun: true });
  const items = system.items as ResponseItem[];
  return items.filter(({ outcome }) => outcome === "planned").map((item) => item.folder);
}

test("copies in a folder the trace names are deleted too, unless folders were named, be it all that are configured", () => {
  expect(plannedIn().sort()).toEqual(["Elsewhere", "Phish"]);
  expect(plannedIn(configured)).toEqual(["Phish"]);
});
