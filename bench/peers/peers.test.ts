import { describe, expect, it } from "vitest";
import { differenceOf } from "../subjects.ts";
import { countsOfPan, peers, prepare } from "./peers.ts";
import { murphi, promela, twoPhaseCounts } from "./two-phase.ts";

const ACTIONS = [
  ...["TMRcvPrepared", "TMCommit", "TMAbort", "RMPrepare", "RMChooseToAbort", "RMRcvCommitMsg"],
  "RMRcvAbortMsg",
];

describe("the models of two-phase commit for other checkers", () => {
  for (const n of [1, 3]) {
    it(`have every action, in Promela for each of ${n} resource managers`, () => {
      const text = promela(n);
      for (const action of ACTIONS) {
        const times = /TMCommit|TMAbort/.test(action) ? 1 : n;
        expect(text.split(`/* ${action} */`).length - 1).toBe(times);
      }
      expect(text.match(/^ {2}:: d_step \{ .+ -> .+ \} \/\* .+ \*\/$/gm)).toHaveLength(5 * n + 3);
      expect(text).toContain(`byte rm[${n}];`);
      expect(text).toContain(`tmPrepared == ${2 ** n - 1} ->`);
      expect(text.match(/[({]/g)?.length).toBe(text.match(/[)}]/g)?.length);
    });

    it(`have every action, in Murphi as one rule, with ${n} as a constant`, () => {
      const text = murphi(n);
      for (const action of ACTIONS) expect(text.split(`rule "${action}"`)).toHaveLength(2);
      expect(text).toContain(`const N: ${n};`);
      expect(text.match(/\bbegin\b/g)?.length).toBe(ACTIONS.length + 1);
    });
  }
});

describe("a peer", () => {
  const { distinct, generated } = twoPhaseCounts.get(3) ?? { distinct: 0, generated: 0 };

  for (const peer of peers) {
    it(`${peer.name} finds the states of our model, where it is installed`, async () => {
      const prepared = await prepare(peer, 3, 120);
      if (prepared.kind !== "ready") {
        process.stderr.write(`NOT CHECKED: ${peer.name}: ${prepared.why} (apt-get install spin rumur)\n`);
        expect(prepared.kind).toBe("absent");
        return;
      }
      expect(await prepared.runner.explore()).toMatchObject({ kind: "measured", distinct, generated });
      prepared.dispose();
    });

    it(`${peer.name} with a model that is none fails in its own words`, async () => {
      const prepared = await prepare({ ...peer, model: () => "nonsense" }, 3, 120);
      expect(["failed", "absent"]).toContain(prepared.kind);
    });
  }

  it("may print large counts with eight digits", () => {
    const stdout = "errors: 0\n 10340352 states, stored\n1.235584e+08 transitions (= stored+matched)\n";
    expect(countsOfPan(stdout)).toEqual({ distinct: 10_340_352, generated: 123_558_400 });
    expect(countsOfPan(stdout.replace("errors: 0", "errors: 1"))).toBe(null);
  });

  it("whose counts are not those of the model is not believed", () => {
    const right = { distinct: 288, generated: 1_146, depth: 11 };
    expect(differenceOf({ distinct: 288, generated: 1_146 }, right)).toBe(null);
    expect(differenceOf({ distinct: 289, generated: 1_146 }, right)).toBe(
      "it counts 289 / 1146 / 11, not 288 / 1146 / 11",
    );
  });
});
