import { above, below, right } from "./changes.suite.ts";
import type { Chapter } from "./entry.suite.ts";

export const loading: Chapter = {
  title: "Files of specs",
  says: "The file is not there, does not parse, or exports nothing that can be explored.",
  entries: [
    { title: "The file is not there", line: "explore shop/missing.ts", text: "" },
    {
      title: "The file is no TypeScript",
      line: "explore FOLDER/shop.tla",
      text: "",
      beside: { "shop.tla": "---- MODULE Shop ----\n" },
    },
    { title: "The file does not parse", change: [["const fill = shop", "const fill shop"]], instead: right() },
    {
      title: "The file exports nothing",
      change: [
        ["export const shopSpec", "const shopSpec"],
        below('export const names = ["jars"];\nexport const spec = shopSpec.name;'),
      ],
      instead: right(),
    },
    {
      title: "Two models of one name",
      instead: right(
        below(
          'export const small = { name: "small", spec: shopSpec, says: "A small shop.", set: { max: 1 } };\nexport const large = { name: "large", spec: shopSpec, says: "A large shop.", set: { max: 9 } };',
        ),
      ),
      change: [
        below(
          'export const small = { name: "shop", spec: shopSpec, says: "A small shop.", set: { max: 1 } };\nexport const large = { name: "shop", spec: shopSpec, says: "A large shop.", set: { max: 9 } };',
        ),
      ],
    },
    {
      title: "A file declares several models",
      change: [
        below(
          'export const small = { name: "small", spec: shopSpec, says: "A small shop.", set: { max: 1 } };\nexport const large = { name: "large", spec: shopSpec, says: "A large shop.", set: { max: 9 } };',
        ),
      ],
    },
    {
      title: "A file declares no model of this name",
      line: "explore shop.ts --model smal",
      change: [
        below('export const small = { name: "small", spec: shopSpec, says: "A small shop.", set: { max: 1 } };'),
      ],
    },
    {
      title: "A property of a part that is switched off",
      line: "explore shop.ts --property Lidded",
      change: [
        ["  properties: [room],", "  properties: [room, lidded],"],
        above(
          'const lidded = shop.invariant("Lidded", { says: "Jars have lids.", part: (c) => c.lids, holds: (s) => s.lid.every((on) => on) });',
        ),
      ],
    },
    {
      title: "A model sets a constant to a value that it does not take",
      change: [
        below('export const small = { name: "small", spec: shopSpec, says: "A small shop.", set: { max: 12 } };'),
      ],
      instead: right(
        below('export const small = { name: "small", spec: shopSpec, says: "A small shop.", set: { max: 9 } };'),
      ),
    },
  ],
};
