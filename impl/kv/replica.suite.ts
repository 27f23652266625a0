import { afterEach, describe, expect, it } from "vitest";
import type { NodeId } from "../core/entry.ts";
import type { Replica } from "../runtime/interface.ts";
import { type Command, encodeCommand, type KvMachine, type KvResult } from "./index.ts";

interface ServerUnderTest {
  readonly id: NodeId;
  readonly replica: Replica<KvResult>;
  readonly machine: KvMachine;
}

export interface ReplicasUnderTest {
  readonly leader: ServerUnderTest;
  readonly follower: ServerUnderTest;
  close(): Promise<void>;
}

/** What the service relies on. `start` gives a cluster that has a leader, with nothing in it. */
export function replicaLaws(name: string, start: () => Promise<ReplicasUnderTest>): void {
  describe(name, () => {
    const started = starting(start);

    it("tells the leader's client what the machine gave, once it has applied the command", async () => {
      const { leader } = await started();
      const outcome = await leader.replica.propose(put("a", "1"));
      const revision = leader.machine.revision;
      expect(outcome).toEqual({ kind: "done", value: { kind: "written", revision } });
      expect(leader.machine.get("a")).toEqual({ value: "1", size: 1, created: revision, modified: revision });
    });

    it("applies what is proposed in one turn in the order of the calls", async () => {
      const { leader } = await started();
      const append = (value: string) =>
        leader.replica.propose(encodeCommand({ kind: "append", stamp: null, key: "a", value, sizeMax: 100 }));
      const outcomes = await Promise.all(["1", "2", "3", "4"].map(append));
      expect(outcomes.map(({ kind }) => kind)).toEqual(["done", "done", "done", "done"]);
      expect(leader.machine.get("a")?.value).toBe("1234");
    });

    it("lets a confirmed read see what was done before it was asked for", async () => {
      const { leader } = await started();
      for (const by of ["quorum", "lease"] as const) {
        await leader.replica.propose(put("a", by));
        expect(await leader.replica.read(by)).toEqual({ kind: "done", value: null });
        expect(leader.machine.get("a")?.value).toBe(by);
      }
    });

    it("refuses what only a leader can do, and names the leader", async () => {
      const { leader, follower } = await started();
      const refused = { kind: "refused", refusal: { kind: "not-leader", leader: leader.id } };
      expect(await follower.replica.propose(put("a", "1"))).toEqual(refused);
      expect(await follower.replica.transfer(follower.id)).toEqual(refused);
      expect(follower.machine.get("a")).toBeUndefined();
    });

    it("says who it is and who leads", async () => {
      const { leader, follower } = await started();
      expect([leader.replica.status(), follower.replica.status()]).toMatchObject([
        { id: leader.id, role: "leader", leader: leader.id, stopped: null },
        { id: follower.id, role: "follower", leader: leader.id, stopped: null },
      ]);
    });

    it("carries nothing out once it is stopped, and still answers", async () => {
      const { leader } = await started();
      await leader.replica.stop();
      expect((await leader.replica.propose(put("a", "1"))).kind).not.toBe("done");
      expect(leader.machine.get("a")).toBeUndefined();
    });
  });
}

/** Closes after each test what it started. */
function starting(start: () => Promise<ReplicasUnderTest>): () => Promise<ReplicasUnderTest> {
  const running: ReplicasUnderTest[] = [];
  afterEach(async () => {
    for (const one of running.splice(0)) await one.close();
  });
  return async () => {
    const under = await start();
    running.push(under);
    return under;
  };
}

function put(key: string, value: string): Uint8Array {
  const command: Command = { kind: "put", stamp: null, key, value };
  return encodeCommand(command);
}
