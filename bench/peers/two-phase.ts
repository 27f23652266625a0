/**
 * Two-phase commit for two checkers that compile a model to C. Each action of the model of our corpus is one indivisible
 * step here, so that exactly the states of the model are stored: the counts agree with `lockstep explore two-phase`.
 * TCConsistent is evaluated once in each state. The step property TCSpec is left out: neither peer knows such properties.
 */
import type { Counts } from "../raft-models.ts";

/** Counts by the number of resource managers: up to seven the reference engine's, beyond that those of both peers. */
export const twoPhaseCounts: ReadonlyMap<number, Counts> = new Map([
  [3, { distinct: 288, generated: 1_146, depth: 11 }],
  [5, { distinct: 8_832, generated: 58_146, depth: 17 }],
  [6, { distinct: 50_816, generated: 402_306, depth: 20 }],
  [7, { distinct: 296_448, generated: 2_744_706, depth: 23 }],
  [8, { distinct: 1_745_408, generated: 18_507_778, depth: 26 }],
  [9, { distinct: 10_340_352, generated: 123_558_402, depth: 29 }],
]);

/**
 * The model in Promela. One process with one loop has one place where it can be, so the process adds nothing to the state.
 * The actions are written out for each resource manager: a choice by `select` would be a step with states of its own.
 */
export function promela(n: number): string {
  const managers = Array.from({ length: n }, (_, r) => r);
  const some = (state: string) => managers.map((r) => `rm[${r}] == ${state}`).join(" || ");
  const ofManager = (r: number) => [
    `  :: d_step { tm == INIT && (sentPrepared & ${2 ** r}) -> tmPrepared = tmPrepared | ${2 ** r} } /* TMRcvPrepared */`,
    `  :: d_step { rm[${r}] == WORKING -> rm[${r}] = PREPARED; sentPrepared = sentPrepared | ${2 ** r} } /* RMPrepare */`,
    `  :: d_step { rm[${r}] == WORKING -> rm[${r}] = ABORTED } /* RMChooseToAbort */`,
    `  :: d_step { sentCommit -> rm[${r}] = COMMITTED } /* RMRcvCommitMsg */`,
    `  :: d_step { sentAbort -> rm[${r}] = ABORTED } /* RMRcvAbortMsg */`,
  ];
  return `${[
    ...["WORKING", "PREPARED", "COMMITTED", "ABORTED"].map((name, i) => `#define ${name} ${i}`),
    ...["INIT", "TM_COMMITTED", "TM_ABORTED"].map((name, i) => `#define ${name} ${i}`),
    `byte rm[${n}];`,
    "byte tm;",
    `unsigned tmPrepared : ${n};`,
    `unsigned sentPrepared : ${n};`,
    "bit sentCommit;",
    "bit sentAbort;",
    "active proctype system() {",
    "  do",
    ...managers.flatMap(ofManager),
    `  :: d_step { tm == INIT && tmPrepared == ${2 ** n - 1} -> tm = TM_COMMITTED; sentCommit = 1 } /* TMCommit */`,
    "  :: d_step { tm == INIT -> tm = TM_ABORTED; sentAbort = 1 } /* TMAbort */",
    `  :: d_step { (${some("COMMITTED")}) && (${some("ABORTED")}) -> assert(false) } /* not TCConsistent */`,
    "  od",
    "}",
  ].join("\n")}\n`;
}

/** The model in Murphi. The ids are a range, not a scalarset, so that no symmetry is used. */
export function murphi(n: number): string {
  return `const N: ${n};
type
  Manager: 0 .. N - 1;
  ManagerState: enum { working, prepared, committed, aborted };
  TransactionState: enum { tm_init, tm_committed, tm_aborted };
var
  rm: array[Manager] of ManagerState;
  tm: TransactionState;
  tmPrepared: array[Manager] of boolean;
  sentPrepared: array[Manager] of boolean;
  sentCommit: boolean;
  sentAbort: boolean;

startstate begin
  for r: Manager do
    rm[r] := working;
    tmPrepared[r] := false;
    sentPrepared[r] := false;
  end;
  tm := tm_init;
  sentCommit := false;
  sentAbort := false;
end;

ruleset r: Manager do
  rule "TMRcvPrepared" tm = tm_init & sentPrepared[r] ==> begin tmPrepared[r] := true; end;
  rule "RMPrepare" rm[r] = working ==> begin rm[r] := prepared; sentPrepared[r] := true; end;
  rule "RMChooseToAbort" rm[r] = working ==> begin rm[r] := aborted; end;
  rule "RMRcvCommitMsg" sentCommit ==> begin rm[r] := committed; end;
  rule "RMRcvAbortMsg" sentAbort ==> begin rm[r] := aborted; end;
end;

rule "TMCommit" tm = tm_init & (forall r: Manager do tmPrepared[r] end) ==> begin
  tm := tm_committed;
  sentCommit := true;
end;

rule "TMAbort" tm = tm_init ==> begin
  tm := tm_aborted;
  sentAbort := true;
end;

invariant "TCConsistent"
  !((exists r: Manager do rm[r] = committed end) & (exists r: Manager do rm[r] = aborted end));
`;
}
