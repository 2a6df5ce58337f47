import { type Colour, encodePng } from "./png.ts";

const paper: Colour = [255, 255, 255];
const ink: Colour = [24, 62, 112];
const held: Colour = [219, 106, 28];

/** Points looked at along each edge of a pixel, so that slanted lines are smooth. */
const fineness = 4;

/** The picture XSOAR shows of the integration: an envelope behind a gate that holds it. 120 by 50 pixels (IM111). */
export function drawImage(): Buffer {
  return encodePng(120, 50, (x, y) => {
    const sum = [0, 0, 0];
    for (let step = 0; step < fineness * fineness; step++) {
      const dx = ((step % fineness) + 0.5) / fineness;
      const dy = (Math.floor(step / fineness) + 0.5) / fineness;
      colourOf(x + dx, y + dy).forEach((value, channel) => {
        sum[channel] = (sum[channel] ?? 0) + value;
      });
    }
    const [red = 0, green = 0, blue = 0] = sum.map((value) => Math.round(value / (fineness * fineness)));
    return [red, green, blue];
  });
}

function colourOf(x: number, y: number): Colour {
  return isGate(x, y) ? held : isEnvelope(x, y) ? ink : paper;
}

/** Frame and flap. */
function isEnvelope(x: number, y: number): boolean {
  if (x < 36 || x > 84 || y < 10 || y > 40) return false;
  const isFrame = x < 38.5 || x > 81.5 || y < 12.5 || y > 37.5;
  const flap = 12 + (24 - Math.abs(x - 60)) * 0.66;
  return isFrame || Math.abs(y - flap) < 1.6;
}

/** A post on either side and the bar between them. */
function isGate(x: number, y: number): boolean {
  const isPost = (Math.abs(x - 26) < 2.5 || Math.abs(x - 94) < 2.5) && y > 6 && y < 44;
  return isPost || (Math.abs(y - 31) < 2 && x > 26 && x < 94);
}
