import { describe, expect, it } from "vitest";
import { operationText, readHistory } from "./index.ts";
import { modelNamed } from "./samples.suite.ts";

function read(model: string, ...lines: readonly string[]) {
  return readHistory(lines.join("\n"), modelNamed(model));
}

function texts(model: string, ...lines: readonly string[]): readonly string[] {
  const history = read(model, ...lines);
  if (!history.ok) throw new Error(history.fault.what);
  return history.operations.map(operationText);
}

function fault(model: string, ...lines: readonly string[]) {
  const history = read(model, ...lines);
  if (history.ok) throw new Error("the history was taken");
  const { line, what, expected, found } = history.fault;
  return { line, what, expected, found };
}

const invokeWrite = '{"process":3,"type":"invoke","f":"write","value":1,"time":5}';

describe("a history of JSON lines", () => {
  it("is read with processes, values, lines and times", () => {
    expect(read("register", invokeWrite, "", '{"process":3,"type":"ok","f":"write","value":1,"time":9}')).toEqual({
      ok: true,
      operations: [
        {
          id: 0,
          process: 3,
          f: "write",
          key: null,
          input: 1,
          answer: { kind: "ok", value: 1 },
          called: { event: 0, line: 1, time: 5 },
          returned: { event: 1, line: 3, time: 9 },
        },
      ],
    });
  });

  it("leaves out what failed, and keeps a swap that found another value unless it failed with an error", () => {
    const swap = '{"process":0,"type":"invoke","f":"cas","value":[1,2]}';
    const failed = '{"process":0,"type":"fail","f":"cas","value":[1,2]}';
    const refused = '{"process":0,"type":"fail","f":"cas","error":"not the leader"}';
    const write = ['{"process":1,"type":"invoke","f":"write","value":1}', '{"process":1,"type":"fail","f":"write"}'];
    expect(texts("cas-register", swap, failed, swap, refused, ...write)).toEqual(["cas [1,2]: not equal"]);
  });

  it("lets a process go on after an operation of which nothing is known", () => {
    const info = '{"process":3,"type":"info","f":"write","error":"timeout"}';
    expect(texts("register", invokeWrite, info, invokeWrite)).toEqual(["write 1: no answer", "write 1: no answer"]);
  });

  it("is refused with the line, what was expected and what was found", () => {
    const cases: readonly (readonly [line: string, what: string, found: string])[] = [
      ['{"process":', "the line is no JSON object", '{"process":'],
      ["[]", "the line is no JSON object", "[]"],
      ['{"type":"ok","f":"read"}', "the event names no process", "nothing"],
      ['{"process":-1,"type":"ok","f":"read"}', "the event names no process", "-1"],
      ['{"process":3,"type":"done","f":"write"}', "the event has no type", '"done"'],
      ['{"process":3,"type":"ok"}', "the event names no operation", "nothing"],
      ['{"process":3,"type":"ok","f":"write","key":[]}', "the key is neither a string nor a whole number", "[]"],
      ['{"process":3,"type":"ok","f":"write","value":{}}', "the value cannot be compared exactly", "{}"],
      [
        '{"process":3,"type":"ok","f":"write","value":9007199254740993}',
        "the value cannot be compared exactly",
        "9007199254740992",
      ],
      ['{"process":3,"type":"ok","f":"write","time":"now"}', "the time is no number", '"now"'],
      ['{"process":3,"type":"ok","f":"write","result":1}', "the event has a field of no meaning", "result"],
      ['{"process":4,"type":"ok","f":"write"}', "process 4 returns from no call", "ok write"],
      ['{"process":3,"type":"ok","f":"read"}', "process 3 returns from another call than that of line 1", "ok read"],
      [invokeWrite, "process 3 calls while its call of line 1 is open", "invoke write"],
      [
        '{"process":3,"type":"ok","f":"write","value":2}',
        "the return repeats another value than the call of line 1",
        "2",
      ],
    ];
    for (const [line, what, found] of cases) {
      expect(fault("register", invokeWrite, line)).toMatchObject({ line: 2, what, found });
    }
  });
});

describe("a history of EDN lines", () => {
  it("is read as Jepsen writes it", () => {
    expect(
      texts(
        "kv",
        '{:process 0, :type :invoke, :f :append, :key "0", :value "x 0 \\"0 y"}',
        "{:process :nemesis, :type :info, :f :start, :value nil}",
        '{:process 1, :type :invoke, :f :get, :key "0", :value nil, :time 12, :index 1}',
        '{:process 0, :type :ok, :f :append, :key "0", :value "x 0 \\"0 y"}',
        '{:process 1, :type :ok, :f :get, :key "0", :value ""}',
      ),
    ).toEqual(['append 0 "x 0 \\"0 y": ok', 'get 0 gave ""']);
  });

  it("is refused with the column of what cannot be read", () => {
    const first = "{:process 0, :type :invoke, :f :read, :value nil}";
    const cases: readonly (readonly [line: string, column: number | undefined, expected: string, found: string])[] = [
      ["{:process 0, :type", 19, "}", "the end of the line"],
      ["{:process 0]", 12, "a value", "]"],
      ['{:process 0, :value "x}', 21, "a string with its closing quote, and the escapes of JSON", '"'],
      [
        "{:process 0, :value 1.5}",
        21,
        "nil, true, false, a whole number, a string, a keyword, a vector or a map",
        "1.5",
      ],
      ["{:process 0, :process 1}", 24, "a map with :process once", "}"],
      ["{:process 0} 1", 14, "the end of the line", "1"],
      ["{:process 0, :type :invoke}", undefined, ":f and a keyword such as :read", "{:process 0, :type :invoke}"],
    ];
    for (const [line, column, expected, found] of cases) {
      const history = read("register", first, line);
      if (history.ok) throw new Error(`${line} was taken`);
      expect(history.fault).toMatchObject({ line: 2, expected, found });
      expect(history.fault.column).toBe(column);
    }
  });

  it("may nest as deep as it likes", () => {
    const deep = `{:process 0, :type :invoke, :f :write, :value ${"[".repeat(50_000)}`;
    expect(fault("register", deep)).toMatchObject({ line: 1, expected: "]", found: "the end of the line" });
  });
});

describe("a Jepsen log", () => {
  it("is read with its timeouts: reads are left out, writes may have happened", () => {
    expect(
      texts(
        "cas-register",
        "INFO  jepsen.util - 0\t:invoke\t:read\tnil",
        "INFO  jepsen.util - 1   :invoke :write  4",
        "INFO  jepsen.util - 0\t:fail\t:read\t:timed-out",
        "INFO  jepsen.util - 1   :info   :write  :timed-out",
        "INFO  jepsen.util - 2\t:invoke\t:cas\t[3 0]",
        "INFO  jepsen.util - 2\t:fail\t:cas\t[3 0]",
        "INFO  jepsen.util - 0\t:invoke\t:read\tnil",
        "INFO  jepsen.util - 0\t:ok\t:read\t4",
      ),
    ).toEqual(["write 4: no answer", "cas [3,0]: not equal", "read gave 4"]);
  });

  it("is refused where a line is of another kind", () => {
    const first = "INFO  jepsen.util - 0\t:invoke\t:read\tnil";
    expect(fault("cas-register", first, "WARN  something else")).toEqual({
      line: 2,
      what: "the line is no event of a Jepsen log",
      expected: "INFO jepsen.util - 0 :invoke :read nil",
      found: "WARN  something else",
    });
    expect(fault("cas-register", first, "INFO  jepsen.util - 0\t:gone\t:read\tnil").what).toBe("the event has no type");
    expect(fault("cas-register", first, "INFO  jepsen.util - 0\t:ok\t:read").what).toBe("the event has no value");
  });
});

describe("any history", () => {
  it("is refused where its first line is of no format", () => {
    const expected = 'a line that begins with {" (JSON), {: (EDN) or INFO jepsen.util (a Jepsen log)';
    const what = "the file is no history";
    expect(fault("register", "", "hello")).toEqual({ line: 2, what, expected, found: "hello" });
    expect(fault("register", "")).toEqual({ line: 1, what, expected, found: "an empty file" });
  });

  it("is refused where the model knows no such operation, or not with such values", () => {
    const invoke = (rest: string) => `{"process":0,"type":"invoke",${rest}}`;
    expect(fault("register", invoke('"f":"cas","value":[1,2]')).what).toBe("the model register knows no operation cas");
    expect(fault("register", invoke('"f":"toString"')).found).toBe("toString");
    expect(fault("cas-register", invoke('"f":"cas","value":1')).expected).toBe("[from, to]");
    expect(fault("kv", invoke('"f":"get"')).found).toBe("get without a key");
    expect(fault("kv", invoke('"f":"append","key":"x","value":null')).what).toBe("values of the model kv are strings");
    expect(fault("kv-cas", invoke('"f":"put","key":"x","value":5')).found).toBe("5");
  });
});
