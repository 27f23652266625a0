import { expect, test } from "vitest";
import { addressOf, textOf } from "./address.ts";

test.each([
  ["127.0.0.1:7001", { host: "127.0.0.1", port: 7001 }],
  ["n1.example:7001 n1.example:8001", { host: "n1.example", port: 7001 }],
  ["  localhost:0\t", { host: "localhost", port: 0 }],
  ["[::1]:65535", { host: "::1", port: 65_535 }],
])("%j is an address", (contact, address) => {
  expect(addressOf(contact)).toEqual(address);
  expect(addressOf(textOf(address))).toEqual(address);
});

test.each([
  "",
  "localhost",
  "localhost:",
  ":7001",
  "localhost:65536",
  "localhost:-1",
  "::1:7001",
  "http://a:1",
  "a:1x",
])("%j is no address", (contact) => {
  expect(addressOf(contact)).toBeNull();
});
