/** A plot on two logarithmic axes, as SVG text: lines of points, ticks at powers of ten, a legend. */

export interface Line {
  readonly name: string;
  /** Positive numbers. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
}

export interface Plot {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: readonly Line[];
}

const width = 760;
const height = 440;
const left = 90;
const right = 170;
const top = 40;
const bottom = 56;
const colours = ["#1b6ca8", "#c8553d", "#3a7d44", "#7b4fa3", "#b8860b", "#444444"];

export function svg({ title, x, y, lines }: Plot): string {
  const points = lines.flatMap((line) => line.points);
  const across = axis(
    points.map((point) => point.x),
    left,
    width - right,
  );
  const up = axis(
    points.map((point) => point.y),
    height - bottom,
    top,
  );
  const body = [
    text(width / 2, 22, title, 'text-anchor="middle" font-size="15"'),
    text((left + width - right) / 2, height - 12, x, 'text-anchor="middle"'),
    text(
      16,
      (top + height - bottom) / 2,
      y,
      `text-anchor="middle" transform="rotate(-90 16 ${(top + height - bottom) / 2})"`,
    ),
    ...across.ticks.flatMap((tick) => [
      rule(across.at(tick), top, across.at(tick), height - bottom),
      text(across.at(tick), height - bottom + 18, power(tick), 'text-anchor="middle"'),
    ]),
    ...up.ticks.flatMap((tick) => [
      rule(left, up.at(tick), width - right, up.at(tick)),
      text(left - 8, up.at(tick) + 4, power(tick), 'text-anchor="end"'),
    ]),
    ...lines.flatMap((line, i) => drawn(line, i, across.at, up.at)),
  ];
  const font = 'font-family="sans-serif" font-size="12"';
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" ${font}>\n${[
    `<title>${escaped(title)}</title>`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    ...body,
  ].join("\n")}\n</svg>\n`;
}

interface Axis {
  readonly at: (value: number) => number;
  /** Powers of ten, from below the least value to above the largest. */
  readonly ticks: readonly number[];
}

function axis(values: readonly number[], from: number, to: number): Axis {
  const logs = values.filter((value) => value > 0).map(Math.log10);
  const first = Math.floor(Math.min(...logs, 9));
  const last = Math.max(Math.ceil(Math.max(...logs, 0)), first + 1);
  return {
    at: (value) => rounded(from + ((Math.log10(value) - first) / (last - first)) * (to - from)),
    ticks: Array.from({ length: last - first + 1 }, (_, i) => 10 ** (first + i)),
  };
}

function drawn({ name, points }: Line, i: number, x: Axis["at"], y: Axis["at"]): string[] {
  const colour = colours[i % colours.length] ?? "black";
  const path = points.map((point, j) => `${j === 0 ? "M" : "L"}${x(point.x)} ${y(point.y)}`).join("");
  const row = top + 12 + 20 * i;
  return [
    `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`,
    ...points.map((point) => `<circle cx="${x(point.x)}" cy="${y(point.y)}" r="3" fill="${colour}"/>`),
    `<rect x="${width - right + 14}" y="${row - 9}" width="10" height="10" fill="${colour}"/>`,
    text(width - right + 30, row, name, ""),
  ];
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${rounded(x)}" y="${rounded(y)}" ${attributes}>${escaped(content)}</text>`;
}

function rule(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#dddddd"/>`;
}

function power(value: number): string {
  return value >= 1e6 ? `10^${Math.round(Math.log10(value))}` : value.toLocaleString("en");
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}
