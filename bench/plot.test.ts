import { describe, expect, it } from "vitest";
import { svg } from "./plot.ts";

describe("a plot", () => {
  it("draws each line with its points between powers of ten, and names it", () => {
    const text = svg({
      title: "Rate & size",
      x: "states",
      y: "states a second",
      lines: [
        {
          name: "one",
          points: [
            { x: 100, y: 10 },
            { x: 1_000, y: 1_000 },
          ],
        },
        { name: "other", points: [{ x: 1_000, y: 100 }] },
      ],
    });
    expect(text).toContain('<path d="M90 384L590 40" fill="none" stroke="#1b6ca8" stroke-width="2"/>');
    expect(text).toContain('<circle cx="590" cy="212" r="3" fill="#c8553d"/>');
    expect(text).toContain(">Rate &amp; size</text>");
    expect(text).toContain("<title>Rate &amp; size</title>");
    for (const label of [">100</text>", ">1,000</text>", ">one</text>", ">other</text>"]) expect(text).toContain(label);
    expect(text.match(/<line /g)).toHaveLength(2 + 3);
  });

  it("of nothing is empty axes", () => {
    expect(svg({ title: "t", x: "x", y: "y", lines: [] })).not.toContain("NaN");
  });
});
