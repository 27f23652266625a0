/** Runs a search to its end while the world goes on: progress is shown, and an interrupt stops the search. */
import {
  Disagreement,
  FickleSpecError,
  isOutOfMemory,
  type Outcome,
  type Progress,
  type World,
} from "../checker/index.ts";
import { AsymmetryError, DeadDataError, SpecError } from "../spec/lang/index.ts";
import { exitCodes } from "./exit-codes.ts";
import type { Interrupt, Io } from "./io.ts";
import { memoryMeter } from "./memory-meter.ts";
import { outOfMemory } from "./out-of-memory.ts";
import { fine, type Problem, type Result, refuse } from "./problem.ts";
import { storageProblem } from "./spilling.ts";
import type { Unfinished } from "./watch.ts";

/** Often enough for a finger on Ctrl-C and a lively display, seldom enough to cost nothing. */
const millisecondsPerTurn = 40;

/** What a search sees of the world. */
export function worldOf({ memoryBytes }: { readonly memoryBytes: number }, io: Io): World {
  const { shown, isAskedToEnd } = io.watch;
  return { now: io.now, memoryBytes: memoryMeter(io, memoryBytes), glimpsed: shown, isToEnd: isAskedToEnd };
}

type Search = Generator<Progress, Outcome, "stop" | undefined>;

export interface Driven {
  readonly outcome: Outcome;
  /** The signal that stopped the run; null where none did. */
  readonly interrupt: Interrupt | null;
}

/** A spec that gives two answers to one question cannot be explored, and a search may notice only on its way. */
export async function driveOrRefuse(
  search: Search,
  unfinished: Unfinished,
  io: Io,
  show: (progress: Progress) => void,
): Promise<Result<Driven>> {
  io.watch.searching(unfinished);
  try {
    const driven = await drive(search, io, show);
    const { generated, stopped } = driven.outcome;
    return generated === 0 && stopped === null && driven.outcome.finding === null
      ? refuse(noInitialState(driven.outcome.model.spec.init.name))
      : fine(driven);
  } catch (error) {
    if (error instanceof AsymmetryError) return refuse(asymmetric(error));
    if (error instanceof DeadDataError) return refuse(livingData(error));
    if (isOutOfMemory(error)) return refuse(outOfMemory("what the search keeps does not fit into the memory"));
    if (error instanceof FickleSpecError) return refuse(fickle(error));
    if (error instanceof Disagreement) return refuse(disagreement(error));
    const ofStorage = storageProblem(error);
    if (ofStorage !== null) return refuse(ofStorage);
    if (!(error instanceof SpecError)) throw error;
    return refuse({
      code: "spec-cannot-be-explored",
      exit: exitCodes.specEvaluation,
      what: error.message,
      tries: [error.tryThis ?? "Fix what the spec declares."],
    });
  } finally {
    io.watch.concluding();
  }
}

/** Every property holds of no state: that would be no verdict. */
function noInitialState(init: string): Problem {
  return {
    concerns: init,
    code: "no-initial-state",
    exit: exitCodes.specEvaluation,
    what: "the spec has no initial state: the guard of its init is false for every choice of its parameters",
    expected: "one initial state at least",
    tries: ["Write a guard of init that is true for some of its parameters."],
  };
}

function fickle({ message, culprit, tryThis }: FickleSpecError): Problem {
  return {
    code: "spec-not-a-function",
    exit: exitCodes.specEvaluation,
    what: message,
    concerns: culprit,
    tries: tryThis === null ? [] : [tryThis],
  };
}

/** Nothing shows that the spec is the reason, so it is not said to be. */
function disagreement({ message }: Disagreement): Problem {
  return {
    code: "engines-disagree",
    exit: exitCodes.internal,
    what: `the run contradicts itself and has no verdict: ${message}`,
    found: "nothing wrong in the spec, so this may be a bug in lockstep",
    expected: "the same result of every function of the spec, however often it is called",
    tries: [
      "Use --engine reference, whose verdict does not depend on what failed here.",
      "Report it with the command, the spec and the version.",
      "Look for what the spec reads besides its arguments.",
    ],
  };
}

function asymmetric({ message, culprit }: AsymmetryError): Problem {
  return {
    concerns: culprit,
    code: "spec-not-symmetric",
    exit: exitCodes.specEvaluation,
    what: message,
    expected:
      "ids that are compared by === only, and never taken by their position: no first one, no loop that ends early",
    tries: [
      "Remove --symmetry, or add --no-symmetry where the model sets it.",
      "Write the choice of one id as a parameter of the action.",
    ],
  };
}

function livingData({ message, culprit, data }: DeadDataError): Problem {
  return {
    concerns: culprit,
    code: "spec-dead-data-lives",
    exit: exitCodes.specEvaluation,
    what: message,
    expected: "the same guards, effects and properties, whether the data is there or not",
    tries: [
      "Remove --dead-data from the command.",
      `Do not reset ${data.join(", ")} in the deadData of the spec, or reset it in fewer states.`,
    ],
  };
}

/** The first interrupt asks the search to stop and report; the second ends the process at once. */
async function drive(
  search: Search,
  io: Pick<Io, "now" | "turn" | "rest" | "onInterrupt" | "endAtOnce" | "watch">,
  show: (progress: Progress) => void,
): Promise<Driven> {
  let interrupt: Interrupt | null = null;
  const unsubscribe = io.onInterrupt((signal) => {
    if (interrupt !== null) io.endAtOnce(exitCodes.interruptedAtOnce);
    interrupt = signal;
  });
  try {
    let turnAt = io.now() + millisecondsPerTurn;
    let next = search.next();
    while (next.done !== true) {
      io.watch.shown(next.value);
      show(next.value);
      if (next.value.disk?.isFull === true) await io.rest();
      else if (io.now() >= turnAt) {
        await io.turn();
        turnAt = io.now() + millisecondsPerTurn;
      }
      next = search.next(interrupt === null ? undefined : "stop");
    }
    return { outcome: next.value, interrupt: next.value.stopped?.by === "interrupt" ? interrupt : null };
  } finally {
    unsubscribe();
  }
}
