import { expect, test } from "vitest";
import { emptyContents } from "../../../../test/model/mail-system.ts";
import type { MailContents } from "../../../core/mail-file.ts";
import { checkContents } from "./content-checks.ts";

function check(contents: Partial<MailContents>) {
  const checks = checkContents({ state: "read", content: { ...emptyContents, ...contents } }, ["example.com"]);
  return Object.fromEntries(checks.map(({ name, state, detail }) => [name, `${state}: ${detail}`]));
}

function verdicts(...results: [method: string, result: string][]) {
  const authentication = results.map(([method, result]) => ({ method, result, detail: "" }));
  const from = [{ name: "", address: "ann@bank.example" }];
  return check({ authentication, authenticationServer: "mx.example.com", from });
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

const claimed = ["spf", "dkim", "dmarc"].map((method) => ({ method, result: "pass", detail: "" }));

test.each([
  ["mx.example.com", ""],
  ["example.com", "mx.elsewhere.test"],
  ["gate.host.test", "gate.host.test"],
])("results by %s count where %s received the message", (authenticationServer, receivedBy) => {
  const checks = check({ authentication: claimed, authenticationServer, receivedBy });
  expect(checks).toMatchObject({ spf: "ok: SPF: pass.", dmarc: "ok: DMARC: pass." });
  expect(checks).not.toHaveProperty("authentication");
});

test.each([
  ["mx.evil.test", "mx.example.com", "by mx.evil.test"],
  ["mx.evil.test", "", "by mx.evil.test"],
  ["notexample.com", "", "by notexample.com"],
  ["com", "mx.example.com", "by com"],
  ["mx.\u202eevil.test", "", "by mx. evil.test"],
  ["", "", "that do not say whose they are"],
])("results by %j that the sender may have written verify nothing", (authenticationServer, receivedBy, by) => {
  const checks = check({ authentication: claimed, authenticationServer, receivedBy });
  expect(checks).toEqual({
    authentication: `warn: It carries authentication results ${by}, which may be the sender's own: nothing verified who sent it.`,
    links: expect.anything(),
    attachments: expect.anything(),
  });
});

test("what unverified results say against the sender is told all the same", () => {
  const authentication = claimed.concat({ method: "dmarc", result: "fail", detail: "" });
  expect(check({ authentication, authenticationServer: "relay.test" })).toMatchObject({
    authentication: expect.stringMatching(/^warn: .* by relay\.test/),
    dmarc: "warn: DMARC does not confirm the From domain: fail.",
  });
});

test("mail without results is not taken for authenticated", () => {
  expect(check({})).toMatchObject({ authentication: expect.stringMatching(/^warn: It carries no authentication/) });
});

test("what was not read is not taken for harmless", () => {
  expect(checkContents({ state: "unread" }, [])).toMatchObject([{ name: "contents", state: "warn" }]);
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
