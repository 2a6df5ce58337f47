import { expect, test } from "vitest";
import { emptyContents } from "../../../../test/model/mail-system.ts";
import type { MailContents } from "../../../core/mail-file.ts";
import { checkContents } from "./content-checks.ts";

function check(contents: Partial<MailContents>) {
  const checks = checkContents({ state: "read", content: { ...emptyContents, ...contents } });
  return Object.fromEntries(checks.map(({ name, state, detail }) => [name, `${state}: ${detail}`]));
}

function verdicts(...results: [method: string, result: string][]) {
  const authentication = results.map(([method, result]) => ({ method, result, detail: "" }));
  return check({ authentication, from: [{ name: "", address: "ann@bank.example" }] });
}

test("what passes is shown and no warning", () => {
  expect(verdicts(["spf", "pass"], ["dkim", "pass"], ["dmarc", "pass"])).toMatchObject({
    spf: "ok: SPF: pass.",
    dkim: "ok: DKIM: pass.",
    dmarc: "ok: DMARC: pass.",
  });
});

test.each(["fail", "softfail", "permerror"])("%s is warned of, DMARC with the From domain it is about", (result) => {
  expect(verdicts(["spf", result], ["dmarc", result])).toMatchObject({
    spf: `warn: SPF does not confirm the sending host: ${result}.`,
    dkim: "ok: DKIM was not judged.",
    dmarc: `warn: DMARC does not confirm the From domain bank.example: ${result}.`,
  });
});

test("one good signature is enough", () => {
  expect(verdicts(["dkim", "fail"], ["dkim", "pass"])).toMatchObject({ dkim: "ok: DKIM: pass." });
  expect(verdicts(["dkim", "fail"], ["dkim", "none"])).toMatchObject({ dkim: expect.stringMatching(/^warn: /) });
});

test("one SPF failure beside a pass is warned of, for there is one verdict only", () => {
  expect(verdicts(["spf", "pass"], ["spf", "fail"])).toMatchObject({ spf: expect.stringMatching(/^warn: /) });
});

test("mail without results is not taken for authenticated", () => {
  expect(check({})).toMatchObject({ authentication: expect.stringMatching(/^warn: It carries no authentication/) });
});

test("what was not read is not taken for harmless", () => {
  expect(checkContents({ state: "unread" })).toMatchObject([{ name: "contents", state: "warn" }]);
});

test("links are told by their hosts, attachments by their names, all of it cleaned", () => {
  const attachment = { contentType: "", sizeBytes: 1, sha256: "", md5: "" };
  expect(
    check({
      urls: [
        "https://ann:x@SHOP.example:8443/a",
        "http://shop.example/b",
        "https://evil.test?c",
        "https://urldefense.com/v3/__https://hidden.test/d__;!!x!y$",
      ],
      attachments: [
        { ...attachment, name: "invoice\u202egpj.exe" },
        { ...attachment, name: "" },
      ],
    }),
  ).toMatchObject({
    links: "ok: It holds 4 links to shop.example, evil.test, hidden.test.",
    attachments: "ok: It has 2 attachments: invoice gpj.exe, one without a name.",
  });
});
