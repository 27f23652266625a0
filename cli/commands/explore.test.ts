import { it } from "vitest";
import { ran } from "../fake-io.suite.ts";
import { sampleFiles as models } from "../sample-specs.suite.ts";

it("prints", async () => {
  for (const line of [
    "explore counter.ts",
    "explore counter.ts --property Small",
    "explore counter.ts --property Forward --full",
    "explore leaking.ts --trace t.json",
    "explore table.ts",
    "explore counter.ts --property Throws",
    "explore counter.ts --max-states 1",
    "explore counter.ts --property InRange --property AfterNine --property Eight --strict",
    "explore counter.ts --property GoesOn",
    "explore several.ts",
    "explore none.ts",
  ]) {
    const r = await ran(line, { models });
    console.log(`$ ${line}\n${r.stdout}--- ${r.stderr}exit ${r.exit}`);
  }
});
