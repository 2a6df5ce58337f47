import { expect, test } from "vitest";
import { findSendingIp } from "./sending-ip.ts";

const own = ["example.com", "*.example.net"];
const stranger = "from mail.evil.example (mail.evil.example [203.0.113.5]) by mx.example.com with ESMTPS; now";

test.each([
  ["from mail.evil.example (mail.evil.example [203.0.113.5])\r\n\tby mx.example.com with ESMTPS id 1", "203.0.113.5"],
  ["from mail.evil.example (helo [192.0.2.7]) by mx.example.com", "192.0.2.7"],
  ["from [IPv6:2001:DB8::1] by mx.example.com", "2001:db8::1"],
  ["from evil (unknown [IPv6:2001:db8:0:0::1]) by mx.example.com", "2001:db8::1"],
  [
    "from mail.evil.example (203.0.113.5) by AM7EUR03FT012.mail.protection.example (10.152.16.94) with Microsoft",
    "203.0.113.5",
  ],
  ["from mail.evil.example (192.0.2.1) ([203.0.113.5]) by mx.example.com", "203.0.113.5"],
  ["from mail.evil.example (HELO mail.evil.example) (203.0.113.5) by mx.example.com", "203.0.113.5"],
  ["from unknown (HELO [192.168.1.5]) ([203.0.113.5]) by mx.example.com", "203.0.113.5"],
  ["from mail.evil.example ([203.0.113.5] verified) by mx.example.com", "203.0.113.5"],
  ["from mail.evil.example ([::ffff:203.0.113.5]) by mx.example.com", "203.0.113.5"],
  ["from localhost ([127.0.0.1]) by mx.example.com", ""],
  ["from desk ([10.4.8.15]) by mx.example.com", ""],
  ["from desk ([fe80::1%eth0]) by mx.example.com", ""],
  ["from desk ([169.254.1.1]) by mx.example.com", ""],
  ["by 2001:db8:6000::1 with SMTP id x; Wed", ""],
  ["by mx.example.com (192.0.2.1) with SMTP", ""],
  ["from mail.evil.example by mx.example.com (mx.example.com [192.0.2.1])", ""],
  ["(no header at all [203.0.113.5])", ""],
  ["", ""],
])("%j was sent from %j", (header, address) => {
  expect(findSendingIp([header], own)).toBe(address);
});

test.each([
  ["the filter on the gateway itself", ["from pps.filterd (mx.example.com [127.0.0.1]) by mx.example.com", stranger]],
  ["an inner relay", ["from mx.example.com (mx.example.com [192.0.2.10]) by store.example.com", stranger]],
  [
    "a gateway of Proofpoint's cloud before mailboxes elsewhere",
    [
      "from mx0a-00123456.pphosted.com (192.0.2.10) by AM7.mail.protection.outlook.com (10.1.2.3)",
      "from mail.evil.example (mail.evil.example [203.0.113.5]) by mx0a-00123456.pphosted.com",
    ],
  ],
  [
    "the gateway of an own domain before mailboxes elsewhere",
    ["from mx.example.com (192.0.2.10) by AM7.mail.protection.outlook.com (10.1.2.3)", stranger],
  ],
  [
    "relays of Exchange Online, whatever their names",
    [
      "from AM6PR01.eurprd01.prod.exchangelabs.com (2603:10a6:20b::1) by DB8.eurprd01.prod.outlook.com with HTTPS",
      stranger,
    ],
  ],
])("%s is gone by", (_name, headers) => {
  expect(findSendingIp(headers, own)).toBe("203.0.113.5");
});

test("an own name that was only claimed hides nobody", () => {
  const claimed = "from mx.example.com (203.0.113.5) by mail.protection.outlook.com";
  const forged = "from bank.example ([198.51.100.9]) by bank.example";
  expect(findSendingIp([claimed, forged], own)).toBe("203.0.113.5");
  expect(findSendingIp([claimed], own)).toBe("203.0.113.5");
});

test("relays of the sender are not gone by to what lies behind them", () => {
  const behind = "from desk.evil.example ([198.51.100.9]) by mail.evil.example";
  expect(findSendingIp([stranger, behind], own)).toBe("203.0.113.5");
});

test("a header of 10 MB takes little time", () => {
  const begin = process.cpuUsage();
  for (const piece of ["[", "(", " by ", "from ", "[1.", "(a.b", ":", " "]) {
    findSendingIp([`from ${piece.repeat(10_000_000 / piece.length)}`], own);
  }
  expect(process.cpuUsage(begin).user / 1e6).toBeLessThan(5);
});
