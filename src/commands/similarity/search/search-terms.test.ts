import { expect, test } from "vitest";
import { areDomainsAlike } from "../traits/domain-likeness.ts";
import { networkOf, readSendingAddress } from "../traits/sending-address.ts";
import { hostTerm, senderTerm, subjectTerm } from "./search-terms.ts";

test.each([
  ["Re: Invoice 48213 overdue - settle immediately", "settle immediately", "*overdue - settle immediately*"],
  ["Invoice 7 overdue", "Invoice overdue", undefined],
  ["Unusual sign-in* on your account", "Unusual account", undefined],
])("%s is searched for by words in the trace and to the letter in quarantine", (subject, words, fragment) => {
  const term = subjectTerm(subject);
  expect(term?.trace?.subject).toBe(words);
  expect(term?.quarantine?.subject).toBe(fragment);
});

test.each(["", "Hello", "Invoice 5", "Re: 12345", "Your account"])(
  "%j says too little to be searched for",
  (subject) => {
    expect(subjectTerm(subject)).toBeUndefined();
  },
);

test.each([
  ["mia@pay-desk7.example", "*@pay-desk7.example"],
  ["mia@gmail.com", "mia@gmail.com"],
  ["ann@corp.example", "ann@corp.example"],
  ["", undefined],
  ["a*b@gmail.com", undefined],
  ["mia@*", undefined],
])("the sender %j is searched for as %j", (address, pattern) => {
  expect(senderTerm(address, { ownDomains: ["corp.example"] })?.trace?.sender).toBe(pattern);
});

test.each([
  ["mx.shop.test [192.0.2.7]", "192.0.2.7"],
  ["192.0.2.7", "192.0.2.7"],
  ["relay [10.1.2.3]", ""],
  ["[IPv6:2001:DB8::7]", "2001:db8::7"],
  ["::1", ""],
  ["unknown", ""],
])("the sending host %s has the address %j", (text, address) => {
  expect(readSendingAddress(text)).toBe(address);
  expect(hostTerm(text)?.trace?.host ?? "").toBe(address);
});

test.each([
  ["192.0.2.7", "192.0.2.0/24"],
  ["2001:db8::7", "2001:db8::/64"],
  ["2001:0db8:0:1:2:3:4:5", "2001:db8:0:1::/64"],
])("%s is in the network %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

test.each([
  ["pay-desk7.example", "pay-desk12.test", true],
  ["secure-billing.test", "secure-bi1ling.test", true],
  ["shop.example", "stop.example", false],
  ["a.example", "b.example", false],
  ["northwind.co.uk", "northwind.test", true],
  ["harbour.test", "mountain.test", false],
])("%s and %s made by one hand: %s", (one, other, isAlike) => {
  expect(areDomainsAlike(one, other)).toBe(isAlike);
});
