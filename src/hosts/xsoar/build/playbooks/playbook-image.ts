import { type Colour, encodePng } from "../png.ts";
import { numberOf, type Playbook, type Task } from "./playbook.ts";

const paper: Colour = [255, 255, 255];
const line: Colour = [120, 130, 145];
const colours: { [kind in Task["work"]["kind"]]: Colour } = {
  start: [60, 140, 90],
  title: [60, 140, 90],
  command: [36, 84, 150],
  script: [36, 84, 150],
  decision: [219, 140, 40],
  question: [160, 60, 140],
};

const columnWidth = 160;
const rowHeight = 46;
const box = { width: 120, height: 26 };

/** A sketch of the playbook's flow: a box a task, in the colour of its kind, and a line for every way on. */
export function drawPlaybook(playbook: Playbook): Buffer {
  const { tasks } = playbook;
  const width = Math.max(...tasks.map(({ at }) => at[0])) * columnWidth + box.width + 40;
  const height = Math.max(...tasks.map(({ at }) => at[1])) * rowHeight + box.height + 40;
  const pixels: Colour[] = new Array<Colour>(width * height).fill(paper);
  const put = (x: number, y: number, colour: Colour) => {
    pixels[Math.round(y) * width + Math.round(x)] = colour;
  };
  for (const task of tasks) {
    for (const next of Object.values(task.next ?? {})) {
      const target = tasks[numberOf(playbook, next)];
      if (target !== undefined) drawWay(centreOf(task), centreOf(target), put);
    }
  }
  for (const task of tasks) {
    const [x, y] = centreOf(task);
    for (let dx = -box.width / 2; dx < box.width / 2; dx++) {
      for (let dy = -box.height / 2; dy < box.height / 2; dy++) put(x + dx, y + dy, colours[task.work.kind]);
    }
  }
  return encodePng(width, height, (x, y) => pixels[y * width + x] ?? paper);
}

function centreOf({ at }: Task): [x: number, y: number] {
  return [20 + box.width / 2 + at[0] * columnWidth, 20 + box.height / 2 + at[1] * rowHeight];
}

function drawWay(
  [fromX, fromY]: [number, number],
  [toX, toY]: [number, number],
  put: (x: number, y: number, colour: Colour) => void,
): void {
  const steps = Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY));
  for (let step = 0; step <= steps; step++) {
    const x = fromX + ((toX - fromX) * step) / steps;
    const y = fromY + ((toY - fromY) * step) / steps;
    put(x, y, line);
    put(x + 1, y, line);
  }
}
