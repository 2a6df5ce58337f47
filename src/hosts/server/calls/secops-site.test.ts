import { expect, test } from "vitest";
import { anonymousHolder, type Holder } from "../access/holder.ts";
import type { Books } from "./audited-call.ts";
import { openSecopsSites } from "./secops-site.ts";

const profiles = [
  {
    name: "head",
    options: {
      url: "https://pps.example.com",
      username: "server",
      password: "server-password",
      passwordFile: "/etc/secret",
      insecure: true,
      cloudClientId: "server-client",
      cloudClientSecret: "server-secret",
      cloudClusterId: "server-cluster",
      cloudUrl: "https://cloud.example.com",
      timeoutMs: 5000,
      ownDomains: ["example.com"],
    },
  },
  {
    name: "branch",
    options: { url: "https://branch.example.net:8443", username: "b", password: "b", ownDomains: ["example.net"] },
  },
];

const sites = openSecopsSites(profiles, ["https://pps.example.com:10000", "https://more.example.org"], true, () => {});
// Neither is touched before a change is carried out.
const siteFor = (holder: Holder) => sites(holder, "r-1", {} as Books);

test("a token reaches the PPS of its profiles, and what is allowed besides only with every profile", () => {
  expect(siteFor(anonymousHolder).apiRoots).toEqual([
    "https://pps.example.com:10000",
    "https://branch.example.net:8443",
    "https://cloud.example.com",
    "https://pps.example.com:10000",
    "https://more.example.org",
  ]);
  const branch = siteFor({ ...anonymousHolder, profiles: ["branch"] });
  expect(branch.apiRoots).toEqual(["https://branch.example.net:8443"]);
  expect(branch.optionsOf?.("https://pps.example.com:10000")).toEqual({});
  expect(siteFor({ ...anonymousHolder, profiles: [] }).apiRoots).toEqual([]);
});

test("an instance is given what is true of its PPS, and none of the server's credentials", () => {
  const site = siteFor(anonymousHolder);
  const options = site.optionsOf?.("https://pps.example.com:10000") ?? {};
  expect(options).toMatchObject({ timeoutMs: 5000 });
  for (const name of ["username", "password", "passwordFile", "insecure"]) expect(options).not.toHaveProperty(name);
  expect(JSON.stringify(options)).not.toMatch(/server-(password|client|secret|cluster)/);
  expect(site.optionsOf?.("https://more.example.org")).toEqual({});
});

test("nobody's own domains are blocked, whoever asks", () => {
  expect(siteFor({ ...anonymousHolder, profiles: ["branch"] }).neverBlock).toEqual(["example.com", "example.net"]);
});
