import { type Colour, encodePng } from "../../xsoar/build/png.ts";

type Point = readonly [x: number, y: number];

/** A filled polygon in a square of 64 units, which both pictures are made of. */
interface Shape {
  colour: string;
  points: readonly Point[];
}

const edge = 64;

/** Points looked at along each edge of a pixel, so that slanted lines are smooth. */
const fineness = 4;

/** An envelope between the posts of a gate whose bar is down. */
const shapes: readonly Shape[] = [
  { colour: "#183e70", points: box(14, 20, 50, 46) },
  { colour: "#ffffff", points: box(16, 22, 48, 44) },
  { colour: "#183e70", points: slanted([14, 20], [32, 36], [50, 20], 3) },
  { colour: "#db6a1c", points: box(6, 10, 11, 54) },
  { colour: "#db6a1c", points: box(53, 10, 58, 54) },
  { colour: "#db6a1c", points: box(6, 38, 58, 42) },
];

/** The picture the platform shows of the integration. */
export const png: Buffer = drawPng(128);

/** The same picture as SVG. */
export const svg: string = drawSvg();

function drawPng(pixels: number): Buffer {
  const coloured = shapes.map(({ colour, points }) => ({ colour: channels(colour), points }));
  const scale = edge / pixels;
  return encodePng(pixels, pixels, (x, y) => {
    const sum = [0, 0, 0];
    for (let step = 0; step < fineness * fineness; step++) {
      const px = (x + ((step % fineness) + 0.5) / fineness) * scale;
      const py = (y + (Math.floor(step / fineness) + 0.5) / fineness) * scale;
      const top = coloured.findLast(({ points }) => isInside([px, py], points))?.colour ?? [255, 255, 255];
      top.forEach((value, channel) => {
        sum[channel] = (sum[channel] ?? 0) + value;
      });
    }
    const [red = 0, green = 0, blue = 0] = sum.map((value) => Math.round(value / (fineness * fineness)));
    return [red, green, blue];
  });
}

function drawSvg(): string {
  const polygons = shapes.map(
    ({ colour, points }) =>
      `  <polygon fill="${colour}" points="${points.map((point) => point.join(",")).join(" ")}"/>\n`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${edge} ${edge}">\n${polygons.join("")}</svg>\n`;
}

function box(left: number, top: number, right: number, bottom: number): Point[] {
  return [
    [left, top],
    [right, top],
    [right, bottom],
    [left, bottom],
  ];
}

/** A band of the given height along two lines that meet. */
function slanted(from: Point, over: Point, to: Point, height: number): Point[] {
  const lower = ([x, y]: Point): Point => [x, y + height];
  return [from, over, to, lower(to), lower(over), lower(from)];
}

function channels(colour: string): Colour {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => Number.parseInt(colour.slice(start, start + 2), 16));
  return [red, green, blue];
}

/** Counts how often a line to the right crosses the outline. */
function isInside([x, y]: Point, points: readonly Point[]): boolean {
  let inside = false;
  points.forEach(([x1, y1], index) => {
    const [x2, y2] = points[(index + 1) % points.length] as Point;
    if (y1 > y !== y2 > y && x < ((x2 - x1) * (y - y1)) / (y2 - y1) + x1) inside = !inside;
  });
  return inside;
}
