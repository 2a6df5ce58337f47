import { expect, test } from "vitest";
import { readReceivingHost } from "./receiving-host.ts";

test.each([
  ["from a.test (a.test [192.0.2.1])\n\tby MX.example.com with ESMTPS id 1; Mon, 1 Jan 2026 00:00:00 +0000"],
  ["by mx.example.com (8.18.1/8.18.1) with ESMTP id 1 for <ann@example.com>; Mon, 1 Jan 2026 00:00:00 +0000"],
  ["from a (b (c by evil.test) by evil.test \\) by evil.test) by mx.example.com; Mon, 1 Jan 2026 00:00:00 +0000"],
])("the host that received is read: %j", (received) => {
  expect(readReceivingHost(received)).toBe("mx.example.com");
});

test.each([
  [""],
  ["from a.test with ESMTP"],
  ["from baby mx.example.com"],
  // A greeting that tells of another host.
  ["from x by evil.test ([192.0.2.1]) by mx.example.com with ESMTP"],
  ["from x (by evil.test by mx.example.com with ESMTP"],
])("a header that tells none, or more than one, tells nothing: %j", (received) => {
  expect(readReceivingHost(received)).toBe("");
});
