// impl/sim/mutants/mutants.ts
var ACCEPTED = 'sendWhenDurable(node, message.from, { kind: "append-accepted", matchIndex });';
var mutants = [
  {
    name: "M1",
    says: "the leader commits an entry of an older term by counting its copies",
    patches: [
      { file: "commitment.ts", find: " || node.log.termAt(replicated) !== node.term) return;", replace: ") return;" },
    ],
  },
  {
    name: "M3",
    says: "a follower whose log is longer cuts it off after prevIndex, conflict or not",
    patches: [
      {
        file: "append.ts",
        find: "    takeEntries(node, entries);\n",
        replace:
          "    if (node.log.lastIndex > prevIndex) truncateFrom(node, prevIndex + 1);\n    takeEntries(node, entries);\n",
      },
    ],
  },
  {
    name: "M4",
    says: "the vote is lost with a restart",
    patches: [{ file: "start.ts", find: "votedFor: hardState.votedFor,", replace: "votedFor: null," }],
  },
  {
    name: "M5",
    says: "the term is lost with a restart, and is that of the last entry",
    patches: [{ file: "start.ts", find: "term: hardState.term,", replace: "term: log.lastTerm, " }],
  },
  {
    name: "M6",
    says: "a follower acknowledges entries before they are durable",
    patches: [{ file: "append.ts", find: ACCEPTED, replace: ACCEPTED.replace("sendWhenDurable", "send") }],
  },
  {
    name: "M7",
    says: "the leader counts its own copy before it is durable",
    patches: [{ file: "commitment.ts", find: "node.durability.index :", replace: "node.log.lastIndex :" }],
  },
  {
    name: "M8a",
    says: "a log is up to date if it is as long, whatever its last term",
    patches: [
      {
        file: "vote.ts",
        find: "lastTerm > log.lastTerm || (lastTerm === log.lastTerm && lastIndex >= log.lastIndex)",
        replace: "lastIndex >= log.lastIndex",
      },
    ],
  },
  {
    name: "M8b",
    says: "a log is up to date if its last term is, however short it is",
    patches: [{ file: "vote.ts", find: " && lastIndex >= log.lastIndex)", replace: ")" }],
  },
  {
    name: "M8c",
    says: "every log is up to date",
    patches: [{ file: "vote.ts", find: "return lastTerm > log.lastTerm ||", replace: "return true || lastTerm ||" }],
  },
  {
    name: "M9",
    says: "a message of the leader of the same term gives the vote back",
    patches: [
      {
        file: "append.ts",
        find: "  node.heardAt = node.now;\n",
        replace: "  node.heardAt = node.now;\n  node.votedFor = null;\n",
      },
    ],
  },
  {
    name: "M10",
    says: "a candidate counts a vote of an older term",
    patches: [
      {
        file: "receiving.ts",
        find: "if (message.term < node.term) {",
        replace: 'if (message.term < node.term && message.kind !== "vote-response") {',
      },
    ],
  },
  {
    name: "M11",
    says: "votes are counted one by one, so that one that is delivered twice counts twice",
    patches: [
      {
        file: "election.ts",
        find: "role.votes.set(message.from, message.granted);\n  if (isWon(node.configurations.latest, role.votes)) becomeLeader(node);",
        replace:
          "role.count = (role.count ?? 1) + (message.granted ? 1 : 0);\n  if (2 * role.count > node.configurations.latest.voters.length) becomeLeader(node);",
      },
    ],
  },
  {
    name: "M12",
    says: "a candidate does not record its vote for itself",
    patches: [{ file: "election.ts", find: "  node.votedFor = node.id;\n", replace: "" }],
  },
  {
    name: "M13",
    says: "a follower commits up to its last entry, whether that is the leader's or not",
    patches: [
      {
        file: "append.ts",
        find: "followCommit(node, message.commit, matchIndex);",
        replace: "followCommit(node, message.commit, node.log.lastIndex);",
      },
    ],
  },
  {
    name: "M14",
    says: "a follower acknowledges up to its last entry, whether that is the leader's or not",
    patches: [
      {
        file: "append.ts",
        find: ACCEPTED,
        replace: ACCEPTED.replace("matchIndex }", "matchIndex: node.log.lastIndex }"),
      },
    ],
  },
  {
    name: "M15",
    says: "the leader takes the hint of a refusal for what the follower has",
    patches: [
      {
        file: "replication.ts",
        find: "  if (isLate) return;\n",
        replace: "  if (isLate) return;\n  progress.match = Math.max(progress.match, message.hintIndex);\n",
      },
    ],
  },
  {
    name: "M16",
    says: "a follower's commit index goes back with a late message",
    patches: [
      {
        file: "commitment.ts",
        find: "if (commit <= node.commit) return;",
        replace: "if (commit === node.commit) return;",
      },
    ],
  },
  {
    name: "M17",
    says: "a candidate removes what it does not know to be committed",
    patches: [
      {
        file: "election.ts",
        find: "  node.term += 1;\n",
        replace: `  node.term += 1;
  if (node.log.lastIndex > node.commit) {
    node.log.truncateFrom(node.commit + 1);
    node.configurations.truncateFrom(node.commit + 1);
    node.durability.index = Math.min(node.durability.index, node.commit);
    for (const write of node.durability.underWay) write.index = Math.min(write.index, node.commit);
    node.out.truncateFrom = node.commit + 1;
  }
`,
      },
    ],
  },
  {
    name: "M19",
    says: "a leader answers reads before an entry of its own term is committed",
    patches: [
      { file: "reads.ts", find: " || !knowsCommit(node, leader)) return;", replace: ") return;" },
      { file: "reads.ts", find: "index: Math.max(index, leader.firstIndex) }", replace: "index }" },
    ],
  },
  {
    name: "M20",
    says: "a leader answers reads without asking a quorum",
    patches: [
      {
        file: "reads.ts",
        find: 'by === "lease" && knowsCommit(node, role) && holdsLease(node, role)',
        replace: "knowsCommit(node, role) && (by || holdsLease(node, role))",
      },
    ],
  },
  {
    name: "M21",
    says: "a read is confirmed by a round that began before it came",
    patches: [{ file: "reads.ts", find: "round: role.round + 1 });", replace: "round: role.round });" }],
  },
  {
    name: "M22",
    says: "a lease stands although another server was told to take over",
    patches: [{ file: "lease.ts", find: "!leader.hasSentTimeoutNow && ", replace: "" }],
  },
  {
    name: "M22b",
    says: "a lease begins when a round is answered, and not when it began",
    patches: [{ file: "lease.ts", find: "?.roundStart ?? -ticks", replace: "?.heardAt ?? -ticks" }],
  },
  {
    name: "M23",
    says: "a joint configuration decides by a majority of old and new voters together",
    patches: [
      {
        file: "configuration.ts",
        find: "isMajority(configuration.voters, says) && (!isJoint(configuration) || isMajority(configuration.outgoing, says))",
        replace: "isMajority([...new Set([...configuration.voters, ...configuration.outgoing])], says)",
      },
      {
        file: "configuration.ts",
        find: "isJoint(configuration) ? Math.min(value, majorityValue(configuration.outgoing, reachedBy)) : value",
        replace:
          "value && majorityValue([...new Set([...configuration.voters, ...configuration.outgoing])], reachedBy)",
      },
    ],
  },
  {
    name: "M26",
    says: "a configuration stays in force although its entry was removed",
    patches: [{ file: "append.ts", find: "  node.configurations.truncateFrom(index);\n", replace: "" }],
  },
  {
    name: "S1",
    says: "a snapshot takes the place of a log that has all of it and more",
    patches: [
      {
        file: "snapshot-receiving.ts",
        find: "  if (isCovered(node, snapshot)) {",
        replace: "  if (snapshot.index <= node.commit) {",
      },
    ],
  },
  {
    name: "S2",
    says: "whom the last configuration leaves out does not stand, although it is not committed",
    patches: [
      {
        file: "election.ts",
        find: "return isVoter(latest, id) || (latestIndex > commit && isVoter(previous, id));",
        replace: "return isVoter(latest, id) || latestIndex + commit + previous < 0;",
      },
    ],
  },
];

// impl/sim/mutants/patched.tmp.ts
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

var DOOR = fileURLToPath("file:///tmp/wt/sim/impl/sim/index.ts");
var CORE = fileURLToPath("file:///tmp/wt/sim/impl/core/");
async function patchedSimulator({ name, patches }) {
  const texts = /* @__PURE__ */ new Map();
  for (const { file, find, replace } of patches) {
    const path = `${CORE}${file}`;
    const text = texts.get(path) ?? readFileSync(path, "utf8");
    const count = text.split(find).length - 1;
    if (count !== 1) throw new Error(`${name}: what it patches is found ${count} times in ${file}, not once: ${find}`);
    texts.set(
      path,
      text.replace(find, () => replace),
    );
  }
  const built = await build({
    entryPoints: [DOOR],
    bundle: true,
    format: "esm",
    platform: "node",
    write: false,
    plugins: [
      {
        name: "patch",
        setup({ onLoad }) {
          onLoad({ filter: /[\\/]impl[\\/]core[\\/]/ }, ({ path }) => {
            const contents = texts.get(path);
            return contents === void 0 ? null : { contents, loader: "ts" };
          });
        },
      },
    ],
  });
  const code = built.outputFiles[0]?.text ?? "";
  return await import(
    /* @vite-ignore */
    `data:text/javascript;base64,${Buffer.from(code).toString("base64")}`
  );
}

// checker/history/operation.ts
function valueKey(value) {
  return JSON.stringify(value);
}
function sameValue(one, other) {
  return one === other || (typeof one === "object" && typeof other === "object" && valueKey(one) === valueKey(other));
}

// checker/history/pending-calls.ts
function pendingCalls(spans) {
  const count = spans.length;
  const next = new Int32Array(2 * count + 1);
  const prev = new Int32Array(2 * count + 1);
  let required = 0;
  let last = 0;
  for (const { entry } of entriesOf(spans)) {
    next[last] = entry;
    prev[entry] = last;
    last = entry;
    if (entry > count) required += 1;
  }
  next[last] = 0;
  prev[0] = last;
  const at = (entries, entry) => entries[entry] ?? 0;
  const callAt = (entry) => (entry >= 1 && entry <= count ? entry - 1 : -1);
  const unlink = (entry) => {
    next[at(prev, entry)] = at(next, entry);
    prev[at(next, entry)] = at(prev, entry);
  };
  const link = (entry) => {
    next[at(prev, entry)] = entry;
    prev[at(next, entry)] = entry;
  };
  const returns = spans.map(({ until }, position) => (until === null ? 0 : count + position + 1));
  return {
    required: () => required,
    first: () => callAt(at(next, 0)),
    after: (position) => callAt(at(next, position + 1)),
    lift: (position) => {
      const end = returns[position] ?? 0;
      unlink(position + 1);
      if (end === 0) return;
      unlink(end);
      required -= 1;
    },
    putBack: (position) => {
      const end = returns[position] ?? 0;
      if (end !== 0) {
        link(end);
        required += 1;
      }
      link(position + 1);
    },
  };
}
function entriesOf(spans) {
  const calls = spans.map(({ from }, position) => ({ at: from, entry: position + 1 }));
  const returns = spans.flatMap(({ until }, position) =>
    until === null ? [] : [{ at: until, entry: spans.length + position + 1 }],
  );
  return [...calls, ...returns].sort((one, other) => one.at - other.at || one.entry - other.entry);
}

// checker/history/seen-configurations.ts
function seenConfigurations(required, optional) {
  const words = (required + 15) >> 4;
  const bits = new Uint16Array(words + ((optional + 15) >> 4));
  const seen = /* @__PURE__ */ new Set();
  const wordOf = (position) => (position < required ? position >> 4 : words + ((position - required) >> 4));
  const maskOf = (position) => 1 << ((position < required ? position : position - required) & 15);
  const key = (stateKey) => {
    let low = 0;
    while (low < words && bits[low] === 65535) low += 1;
    let high = words;
    while (high > low && bits[high - 1] === 0) high -= 1;
    return `${low},${high},${textOf(bits, low, high)}${textOf(bits, words, bits.length)}${typeof stateKey === "number" ? "#" : "$"}${stateKey}`;
  };
  return {
    count: () => seen.size,
    has: (position) => ((bits[wordOf(position)] ?? 0) & maskOf(position)) !== 0,
    set: (position) => {
      bits[wordOf(position)] = (bits[wordOf(position)] ?? 0) | maskOf(position);
    },
    clear: (position) => {
      bits[wordOf(position)] = (bits[wordOf(position)] ?? 0) & ~maskOf(position);
    },
    add: (stateKey) => {
      const before = seen.size;
      return seen.add(key(stateKey)).size > before;
    },
  };
}
function textOf(words, from, to) {
  let text = "";
  for (let start = from; start < to; start += 4096) {
    text += String.fromCharCode(...words.subarray(start, Math.min(start + 4096, to)));
  }
  return text;
}

// checker/history/search.ts
var stride = 1024;
function search(model2, spans, budget) {
  const candidates = candidatesOf(spans);
  const { once, requiredCount, repeating } = candidates;
  const calls = pendingCalls(once);
  const seen = seenConfigurations(requiredCount, once.length - requiredCount);
  const isWorthwhile = worthwhile(model2, candidates, seen);
  const path = [];
  let state = model2.init;
  let choice = firstChoice(calls, once.length);
  for (let steps2 = 1; calls.required() > 0; steps2 += 1) {
    if (steps2 % stride === 0 && budget.isOver()) return { kind: "stopped", by: "seconds" };
    if (seen.count() > budget.configurationCountMax) return { kind: "stopped", by: "configurations" };
    const span = once[choice] ?? repeating[choice - once.length];
    if (span === void 0) {
      const taken = path.pop();
      if (taken === void 0) return { kind: "impossible" };
      if (taken.choice < once.length) {
        calls.putBack(taken.choice);
        seen.clear(taken.choice);
      }
      state = taken.state;
      choice = nextChoice(taken.choice, calls, once.length);
      continue;
    }
    const stepped = model2.step(state, span.operation);
    if (!stepped.ok || (choice >= requiredCount && !isWorthwhile(choice, state, stepped.state))) {
      choice = nextChoice(choice, calls, once.length);
      continue;
    }
    if (choice < once.length) seen.set(choice);
    if (!seen.add(model2.stateKey(stepped.state))) {
      if (choice < once.length) seen.clear(choice);
      choice = nextChoice(choice, calls, once.length);
      continue;
    }
    path.push({ choice, state });
    if (choice < once.length) calls.lift(choice);
    state = stepped.state;
    choice = firstChoice(calls, once.length);
  }
  const order = path.flatMap((taken) => once[taken.choice]?.operation ?? []);
  return { kind: "ordered", order };
}
function candidatesOf(spans) {
  const byCall = [...spans].sort((one, other) => one.from - other.from || one.operation.id - other.operation.id);
  const required = byCall.filter(({ until }) => until !== null);
  const optional = byCall.filter(({ until, repeats }) => until === null && !repeats);
  const once = [...required, ...optional];
  const latest = /* @__PURE__ */ new Map();
  const twins = once.map((span, position) => {
    if (span.until !== null) return -1;
    const effect = effectKey(span);
    const twin = latest.get(effect) ?? -1;
    latest.set(effect, position);
    return twin;
  });
  const repeating = /* @__PURE__ */ new Map();
  for (const span of byCall) if (span.repeats) repeating.set(effectKey(span), span);
  return { once, requiredCount: required.length, repeating: [...repeating.values()], twins };
}
function effectKey({ operation: { f, key, input } }) {
  return valueKey([f, key, input]);
}
function firstChoice(calls, count) {
  const position = calls.first();
  return position === -1 ? count : position;
}
function nextChoice(choice, calls, count) {
  if (choice >= count) return choice + 1;
  const position = calls.after(choice);
  return position === -1 ? count : position;
}
function worthwhile(model2, { once, repeating, twins }, seen) {
  const observers = [...once, ...repeating].map(({ operation }) => operation);
  const visible = /* @__PURE__ */ new Map();
  return (choice, before, after) => {
    const key = model2.stateKey(after);
    if (model2.stateKey(before) === key) return false;
    const twin = twins[choice] ?? -1;
    if (twin !== -1 && !seen.has(twin)) return false;
    const known = visible.get(key);
    if (known !== void 0) return known;
    const isVisible = observers.some((operation) => model2.canSee(operation, after));
    visible.set(key, isVisible);
    return isVisible;
  };
}

// checker/history/span.ts
function spansUntil(event, operations, model2) {
  return operations.flatMap((operation) => {
    const { called, returned } = operation;
    if (called.event > event) return [];
    if (returned !== null && returned.event <= event) {
      return [{ operation, from: called.event, until: returned.event, repeats: false }];
    }
    return model2.isRead(operation)
      ? []
      : [{ operation: unanswered(operation), from: called.event, until: null, repeats: false }];
  });
}
function freed({ operation }, model2) {
  if (model2.isRead(operation)) return [];
  return [{ operation: unanswered(operation), from: -1, until: null, repeats: model2.isRepeatable(operation) }];
}
function unanswered(operation) {
  return { ...operation, answer: { kind: "none" }, returned: null };
}

// checker/history/violation.ts
function violationOf(model2, key, part, budget) {
  const within = patient(budget);
  const { culprit, end, isShortest } = shortestBeginning(model2, part, within);
  const spans = spansUntil(end, part, model2);
  const { kept, isMinimal } = minimised(model2, spans, culprit, within);
  const operations = kept.map(({ operation }) => operation);
  return { key, operations, culprit, freedCount: part.length - operations.length, isMinimal: isMinimal && isShortest };
}
var configurationsPerQuestion = 1e5;
var looksMax = 2e4;
function patient({ isOver, configurationCountMax }) {
  let looks = 0;
  return {
    isOver: () => {
      looks += 1;
      return looks > looksMax || isOver();
    },
    configurationCountMax: Math.min(configurationCountMax, configurationsPerQuestion),
  };
}
function isImpossible(model2, spans, isKept, budget) {
  const left = spans.flatMap((span) => (isKept(span.operation) ? [span] : freed(span, model2)));
  const { kind } = search(model2, left, budget);
  return kind === "stopped" ? null : kind === "impossible";
}
function shortestBeginning(model2, part, budget) {
  const returned = part
    .filter(({ returned: returned2 }) => returned2 !== null)
    .sort((one, other) => (one.returned?.event ?? 0) - (other.returned?.event ?? 0));
  let low = 0;
  let high = returned.length - 1;
  let isShortest = true;
  while (low < high) {
    const middle = (low + high) >> 1;
    const end = returned[middle]?.returned?.event ?? 0;
    const { kind } = search(model2, spansUntil(end, part, model2), budget);
    if (kind === "impossible") high = middle;
    else low = middle + 1;
    if (kind === "stopped") isShortest = false;
  }
  const culprit = returned[high];
  if (culprit === void 0) throw new Error("a part in which nothing returned was said to have no order");
  return { culprit, end: culprit.returned?.event ?? 0, isShortest };
}
function minimised(model2, spans, culprit, budget) {
  let kept = spans;
  let isMinimal = true;
  for (let size = Math.max(1, spans.length >> 1); size >= 1; size >>= 1) {
    for (let start = 0; start < kept.length; ) {
      const chunk = new Set(kept.slice(start, start + size).map(({ operation }) => operation.id));
      const rest = kept.filter(({ operation }) => !chunk.has(operation.id) || operation.id === culprit.id);
      const ids = new Set(rest.map(({ operation }) => operation.id));
      const impossible =
        rest.length < kept.length ? isImpossible(model2, spans, ({ id }) => ids.has(id), budget) : false;
      if (impossible === true) kept = rest;
      else start += size;
      if (impossible === null && budget.isOver()) return { kept, isMinimal: false };
      if (impossible === null && size === 1) isMinimal = false;
    }
  }
  return { kept, isMinimal };
}

// checker/history/check.ts
function checkHistory(model2, operations, budget) {
  const witnesses = [];
  const violated = [];
  let unknown = null;
  for (const { key, part } of partsOf(model2, operations)) {
    const searched = search(model2, spansUntil(Number.POSITIVE_INFINITY, part, model2), budget);
    if (searched.kind === "ordered") witnesses.push({ key, order: searched.order });
    else if (searched.kind === "impossible") violated.push({ key, part });
    else unknown ??= { kind: "unknown", key, by: searched.by };
  }
  const [first] = violated;
  if (first !== void 0) {
    const violation = violationOf(model2, first.key, first.part, budget);
    return { kind: "violated", keys: violated.map(({ key }) => key), violation };
  }
  return unknown ?? { kind: "linearizable", witnesses };
}
function partsOf(model2, operations) {
  const parts = [];
  const byKey = /* @__PURE__ */ new Map();
  for (const operation of operations) {
    const key = model2.keyOf(operation);
    const known = byKey.get(key);
    if (known !== void 0) {
      known.part.push(operation);
      continue;
    }
    const opened = { key, part: [operation] };
    byKey.set(key, opened);
    parts.push(opened);
  }
  return parts;
}

// checker/history/models.ts
var refused = { ok: false };
function leaves(state) {
  return { ok: true, state };
}
var read = (state, { answer }) => {
  if (answer.kind === "ok" && !sameValue(answer.value, state)) return refused;
  return leaves(state);
};
var readOrEmpty = (state, { answer }) => {
  if (answer.kind === "ok" && (answer.value ?? "") !== (state ?? "")) return refused;
  return leaves(state);
};
var write = (_state, { input }) => leaves(input);
var append = (state, { input }) => leaves(`${String(state ?? "")}${String(input)}`);
var erase = () => leaves(null);
var compareAndSwap = (state, { input, answer }) => {
  const [from, to] = pairOf(input);
  const isEqual = sameValue(from, state);
  if ((answer.kind === "ok" && !isEqual) || (answer.kind === "unequal" && isEqual)) return refused;
  return leaves(isEqual ? to : state);
};
function pairOf(input) {
  if (typeof input !== "object" || input === null) throw new Error("a compare-and-swap without a pair was let in");
  const [from = null, to = null] = input;
  return [from, to];
}
function declare({ name, says, rules, hasKeys }) {
  const known = new Map(Object.entries(rules));
  const isRead = ({ f }) => f === "read" || f === "get";
  return {
    name,
    says,
    init: null,
    refusal: (operation) => refusalOf(operation, name, [...known.keys()], hasKeys),
    step: (state, operation) => {
      const rule = known.get(operation.f);
      if (rule === void 0) throw new Error(`${name} let in an operation that it does not know: ${operation.f}`);
      return rule(state, operation);
    },
    keyOf: ({ key }) => key,
    stateKey: valueKey,
    isRead,
    isRepeatable: ({ f }) => f !== "append",
    canSee: (operation, state) => canSee(operation, state),
  };
}
function canSee({ f, input, answer }, state) {
  if (f === "cas" && answer.kind === "unequal") return true;
  if (f === "cas") return grewFrom(pairOf(input)[0], state);
  return (f === "read" || f === "get") && answer.kind === "ok" && grewFrom(answer.value, state);
}
function grewFrom(seen, state) {
  if (state === null || state === "") return true;
  return typeof seen === "string" && typeof state === "string" ? seen.startsWith(state) : sameValue(seen, state);
}
function refusalOf(operation, name, known, hasKeys) {
  const { f, key, input, answer } = operation;
  if (!known.includes(f)) {
    return { what: `the model ${name} knows no operation ${f}`, expected: `one of ${known.join(", ")}`, found: f };
  }
  if (hasKeys && key === null) {
    return { what: `an operation of the model ${name} names no key`, expected: "a key", found: `${f} without a key` };
  }
  const isPair = typeof input === "object" && input !== null && input.length === 2;
  if (f === "cas" && !isPair) {
    return {
      what: "a cas says what to compare with and what to write",
      expected: "[from, to]",
      found: valueKey(input),
    };
  }
  const written = f === "cas" && isPair ? input : f === "put" || f === "append" ? [input] : [];
  const given = f === "get" && answer.kind === "ok" ? [answer.value] : [];
  const foreign = [...written, ...given].find(
    (value) => typeof value !== "string" && !(f !== "append" && value === null),
  );
  if (hasKeys && foreign !== void 0) {
    return { what: `values of the model ${name} are strings`, expected: "a string", found: valueKey(foreign) };
  }
  return null;
}
var historyModels = [
  declare({ name: "register", says: "read and write; null at first", rules: { read, write }, hasKeys: false }),
  declare({
    name: "cas-register",
    says: "read, write and cas; null at first",
    rules: { read, write, cas: compareAndSwap },
    hasKeys: false,
  }),
  declare({
    name: "kv",
    says: "get, put and append by key; an absent key reads as an empty string",
    rules: { get: readOrEmpty, put: write, append },
    hasKeys: true,
  }),
  declare({
    name: "kv-cas",
    says: "get, put, append, cas and delete by key; an absent key reads as null",
    rules: { get: read, put: write, append, cas: compareAndSwap, delete: erase },
    hasKeys: true,
  }),
];

// checker/history/edn.ts
function readEdn(text) {
  const open = [];
  let whole = null;
  for (const token of tokensOf(text)) {
    const fail = (expected2) => ({ ok: false, column: token.column, expected: expected2, found: token.text });
    if (whole !== null) return fail("the end of the line");
    if (token.text === "[" || token.text === "{") {
      open.push({ bracket: token.text, items: [] });
      continue;
    }
    let edn;
    if (token.text === "]" || token.text === "}") {
      const closed = open.pop();
      if (closed === void 0 || (closed.bracket === "[") !== (token.text === "]")) return fail("a value");
      edn = closed.bracket === "[" ? vectorOf(closed.items) : mapOf(closed.items);
    } else {
      edn = atomOf(token.text);
    }
    if (typeof edn === "string") return fail(edn);
    const outer = open.at(-1);
    if (outer === void 0) whole = edn;
    else outer.items.push(edn);
  }
  if (whole !== null) return { ok: true, edn: whole };
  const expected = open.at(-1)?.bracket === "{" ? "}" : open.length > 0 ? "]" : "a value";
  return { ok: false, column: text.length + 1, expected, found: "the end of the line" };
}
function tokensOf(text) {
  return [...text.matchAll(/[[\]{}]|"(?:[^"\\]|\\.)*"|[^\s,[\]{}"]+|"/g)].map((match) => ({
    text: match[0],
    column: match.index + 1,
  }));
}
function atomOf(text) {
  if (text === "nil") return { kind: "value", value: null };
  if (text === "true" || text === "false") return { kind: "value", value: text === "true" };
  if (/^:[^:]+$/.test(text)) return { kind: "keyword", name: text };
  if (/^-?\d+$/.test(text)) {
    const value = Number(text);
    return Number.isSafeInteger(value) ? { kind: "value", value } : "a whole number up to 2^53, or a string";
  }
  if (text.startsWith('"')) {
    const value = stringOf(text);
    return value === null ? "a string with its closing quote, and the escapes of JSON" : { kind: "value", value };
  }
  return "nil, true, false, a whole number, a string, a keyword, a vector or a map";
}
function stringOf(text) {
  try {
    const value = JSON.parse(text);
    return typeof value === "string" ? value : null;
  } catch {
    return null;
  }
}
function vectorOf(items) {
  const values = items.flatMap((item) => (item.kind === "value" ? [item.value] : []));
  return values.length === items.length ? { kind: "value", value: values } : "a vector of plain values";
}
function mapOf(items) {
  const entries = /* @__PURE__ */ new Map();
  for (let i = 0; i < items.length; i += 2) {
    const key = items[i];
    const value = items[i + 1];
    if (key?.kind !== "keyword" || value === void 0) return "a map from keywords to values";
    if (entries.has(key.name)) return `a map with ${key.name} once`;
    entries.set(key.name, value);
  }
  return { kind: "map", entries };
}

// checker/history/line.ts
var eventTypes = ["invoke", "ok", "fail", "info"];
function faulty(what, expected, found) {
  return { ok: false, fault: { what, expected, found: shortened(found) } };
}
var shownLength = 100;
function shortened(text) {
  return text.length <= shownLength ? text : `${text.slice(0, shownLength)}\u2026`;
}

// checker/history/edn-line.ts
function readEdnLine(text) {
  const read2 = readEdn(text);
  if (!read2.ok) {
    const { column, expected, found } = read2;
    return { ok: false, fault: { what: "the line is no EDN map", expected, found: shortened(found), column } };
  }
  if (read2.edn.kind !== "map") return faulty("the line is no EDN map", "{:process 0, :type :invoke, \u2026}", text);
  const { entries } = read2.edn;
  const process2 = entries.get(":process");
  if (process2?.kind === "keyword" && process2.name === ":nemesis") return { ok: true, event: null };
  if (process2?.kind !== "value" || !isCount(process2.value)) {
    return faulty("the event names no process", ":process and a whole number from 0", text);
  }
  const type = typeOf(entries.get(":type"));
  if (type === null) return faulty("the event has no type", ":type and one of :invoke, :ok, :fail, :info", text);
  const f = entries.get(":f");
  if (f?.kind !== "keyword") return faulty("the event names no operation", ":f and a keyword such as :read", text);
  const value = plainValue(entries.get(":value"));
  if (value === void 0) return faulty("the value is no plain value", "nil, a number, a string or a vector", text);
  const key = plainValue(entries.get(":key"));
  if (key !== null && typeof key !== "string" && !isCount(key)) {
    return faulty("the key is neither a string nor a whole number", ':key "x"', text);
  }
  const time = plainValue(entries.get(":time"));
  return {
    ok: true,
    event: {
      process: process2.value,
      type,
      f: f.name.slice(1),
      key: key === null ? null : String(key),
      value: value === timedOut ? null : value,
      time: typeof time === "number" ? time : null,
      isError: entries.has(":error") || value === timedOut,
    },
  };
}
var spaced = /^INFO\s+jepsen\.util\s+-\s+(\S+)\s+(:\S+)\s+(:\S+)(?:\s+(.*\S))?\s*$/;
var exampleOfLog = "INFO jepsen.util - 0 :invoke :read nil";
function readJepsenLine(text) {
  const [, process2 = "", typeName = "", f = "", rest = ""] = spaced.exec(text) ?? [];
  if (process2 === ":nemesis") return { ok: true, event: null };
  const type = eventTypes.find((name) => `:${name}` === typeName);
  if (!/^\d+$/.test(process2) || !isCount(Number(process2))) {
    return faulty("the line is no event of a Jepsen log", exampleOfLog, text);
  }
  if (type === void 0) return faulty("the event has no type", ":invoke, :ok, :fail or :info", typeName);
  const read2 = readEdn(rest);
  const value = read2.ok ? plainValue(read2.edn) : void 0;
  if (value === void 0) return faulty("the event has no value", "nil, a number, [from to] or :timed-out", rest);
  const isError = value === timedOut;
  return {
    ok: true,
    event: {
      process: Number(process2),
      type,
      f: f.slice(1),
      key: null,
      value: isError ? null : value,
      time: null,
      isError,
    },
  };
}
var timedOut = ":timed-out";
function isCount(value) {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}
function typeOf(edn) {
  if (edn?.kind !== "keyword") return null;
  return eventTypes.find((name) => `:${name}` === edn.name) ?? null;
}
function plainValue(edn) {
  if (edn === void 0) return null;
  if (edn.kind === "map") return void 0;
  return edn.kind === "keyword" ? edn.name : edn.value;
}

// checker/history/json-line.ts
var fields = ["process", "type", "f", "key", "value", "time", "error"];
function readJsonLine(text) {
  const parsed = parsedObject(text);
  if (parsed === null) return faulty("the line is no JSON object", '{"process":0,"type":"invoke","f":"read"}', text);
  const { process: process2, f, key = null, value = null, time = null, error } = parsed;
  const foreign = Object.keys(parsed).find((name) => !fields.includes(name));
  if (foreign !== void 0) return faulty("the event has a field of no meaning", fields.join(", "), foreign);
  if (typeof process2 !== "number" || !Number.isSafeInteger(process2) || process2 < 0) {
    return faulty("the event names no process", 'a whole number from 0 as "process"', textOf2(process2));
  }
  const type = eventTypes.find((name) => name === parsed["type"]);
  if (type === void 0) return faulty("the event has no type", eventTypes.join(", "), textOf2(parsed["type"]));
  if (typeof f !== "string" || f === "") {
    return faulty("the event names no operation", 'a name such as "read" as "f"', textOf2(f));
  }
  if (key !== null && typeof key !== "string" && !(typeof key === "number" && Number.isSafeInteger(key))) {
    return faulty("the key is neither a string nor a whole number", '"key":"x"', textOf2(key));
  }
  if (!isValue(value)) {
    return faulty(
      "the value cannot be compared exactly",
      "null, true, false, a string, a whole number up to 2^53, or a list of these",
      textOf2(value),
    );
  }
  if (time !== null && (typeof time !== "number" || !Number.isFinite(time))) {
    return faulty("the time is no number", "nanoseconds since any fixed moment", textOf2(time));
  }
  const event = {
    process: process2,
    type,
    f,
    key: key === null ? null : String(key),
    value,
    time,
    isError: error !== void 0 && error !== null,
  };
  return { ok: true, event };
}
function parsedObject(text) {
  try {
    const parsed = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return null;
    return Object.fromEntries(Object.entries(parsed));
  } catch {
    return null;
  }
}
function isValue(value) {
  const open = [value];
  while (open.length > 0) {
    const next = open.pop();
    if (Array.isArray(next)) for (const item of next) open.push(item);
    else if (typeof next === "number" ? !Number.isSafeInteger(next) : typeof next === "object" && next !== null) {
      return false;
    }
  }
  return true;
}
function textOf2(value) {
  return value === void 0 ? "nothing" : JSON.stringify(value);
}

// checker/history/read-history.ts
var formats = [
  { name: "JSON lines", begins: /^\{\s*["}]/, read: readJsonLine },
  { name: "EDN lines", begins: /^\{\s*:/, read: readEdnLine },
  { name: "a Jepsen log", begins: /^INFO\s+jepsen\.util\b/, read: readJepsenLine },
];
var tryThis = "docs/histories.md, which describes the formats and shows a line of each";
function readHistory(text, model2) {
  const lines = text.replace(/^\uFEFF/, "").split(/\r?\n/);
  const start = lines.findIndex((line) => line.trim() !== "");
  const format = formats.find(({ begins }) => begins.test((lines[start] ?? "").trim()));
  if (format === void 0) {
    const found = start === -1 ? "an empty file" : shortened((lines[start] ?? "").trim());
    const expected = 'a line that begins with {" (JSON), {: (EDN) or INFO jepsen.util (a Jepsen log)';
    return {
      ok: false,
      fault: { line: Math.max(start, 0) + 1, what: "the file is no history", expected, found, tryThis },
    };
  }
  const calls = new PairedCalls();
  for (const [index, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const read2 = format.read(line.trim());
    const fault = read2.ok ? (read2.event === null ? null : calls.take(read2.event, index + 1)) : read2.fault;
    if (fault !== null) return { ok: false, fault: { ...fault, line: index + 1, tryThis } };
  }
  const operations = calls.operations();
  for (const operation of operations) {
    const refusal = model2.refusal(operation);
    if (refusal !== null) {
      const line = operation.called.line;
      return { ok: false, fault: { ...refusal, line, tryThis: "--model with the model that the history is of" } };
    }
  }
  return { ok: true, operations };
}
var PairedCalls = class {
  #calls = [];
  #open = /* @__PURE__ */ new Map();
  #count = 0;
  take(event, line) {
    const moment = { event: this.#count, line, time: event.time };
    this.#count += 1;
    const call = this.#open.get(event.process);
    if (event.type === "invoke") {
      if (call !== void 0) {
        const what = `process ${event.process} calls while its call of line ${call.called.line} is open`;
        return { what, expected: "the return of that call", found: nameOf(event) };
      }
      const opened = { event, called: moment, answer: { kind: "none" }, returned: null, isDropped: false };
      this.#open.set(event.process, opened);
      this.#calls.push(opened);
      return null;
    }
    if (call === void 0) {
      const what = `process ${event.process} returns from no call`;
      return { what, expected: "an invoke before it", found: nameOf(event) };
    }
    this.#open.delete(event.process);
    return completed(call, event, moment);
  }
  operations() {
    return this.#calls
      .filter(({ isDropped }) => !isDropped)
      .map(({ event, called, answer, returned }, id) => {
        const { process: process2, f, key } = event;
        const input = isReadName(f) || f === "delete" ? null : event.value;
        return { id, process: process2, f, key, input, answer, called, returned };
      });
  }
};
function completed(call, event, moment) {
  const { f, key, value } = call.event;
  const isSame = event.f === f && (event.key === key || event.key === null);
  if (!isSame) {
    const what = `process ${event.process} returns from another call than that of line ${call.called.line}`;
    return { what, expected: nameOf({ ...call.event, type: event.type }), found: nameOf(event) };
  }
  if (event.type === "info") return null;
  if (event.type === "fail") {
    call.isDropped = f !== "cas" || event.isError;
    if (!call.isDropped) call.answer = { kind: "unequal" };
  } else {
    if (!isReadName(f) && event.value !== null && !sameValue(event.value, value)) {
      const what = `the return repeats another value than the call of line ${call.called.line}`;
      return { what, expected: valueKey(value), found: valueKey(event.value) };
    }
    call.answer = { kind: "ok", value: isReadName(f) ? event.value : value };
  }
  call.returned = call.isDropped ? null : moment;
  return null;
}
function isReadName(f) {
  return f === "read" || f === "get";
}
function nameOf({ type, f, key }) {
  return [type, f, ...(key === null ? [] : [key])].join(" ");
}

// ../../mut2.ts
var model = historyModels.find((m) => m.name === "kv-cas");
var only = process.argv[2];
var max = Number(process.argv[3] ?? 100);
var steps = Number(process.argv[4] ?? 2e4);
var servers = Number(process.argv[5] ?? 5);
for (const m of mutants) {
  if (only && only !== "all" && !only.split(",").includes(m.name)) continue;
  const sim = await patchedSimulator(m);
  const t = performance.now();
  let found = "NOT FOUND";
  let seed = 1;
  for (; seed <= max; seed++) {
    const r = sim.simulate({ seed, servers, spares: 2, steps, faults: null, log: null });
    if (r.failure) {
      found = `${r.failure.property} at event ${r.failure.event}: ${r.failure.what.slice(0, 120)}`;
      break;
    }
    const h = readHistory(r.history, model);
    if (!h.ok) throw new Error("hist");
    const v = checkHistory(model, h.operations, { isOver: () => false, configurationCountMax: 3e5 });
    if (v.kind === "violated") {
      found = `Linearizability keys ${v.keys}`;
      break;
    }
  }
  console.log(m.name, seed, found, ((performance.now() - t) / 1e3).toFixed(1) + "s");
}
