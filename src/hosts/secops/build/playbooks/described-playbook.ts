import { nameUuid } from "../../../xsoar/build/playbooks/name-uuid.ts";
import type { Playbook, Step } from "./playbook.ts";
import { describeWork, numberOfWay, type StepKind } from "./step-parameters.ts";

/** A step with the ids by which the platform knows it and the one before it. */
export interface DescribedStep extends StepKind {
  id: string;
  instanceName: string;
  description: string;
  /** Empty for the first. */
  parentId: string;
  /** JSON: the branch or answer of the step before it; null for the first. */
  condition: string | null;
}

/** A playbook with its ids. */
export interface DescribedPlaybook extends Omit<Playbook, "steps"> {
  id: string;
  triggerId: string;
  steps: readonly DescribedStep[];
}

/** Gives everything its id, made of names, and every step the way that leads to it. Throws where a step follows none there is. */
export function describePlaybook(playbook: Playbook): DescribedPlaybook {
  const idOf = (step: Step) => nameUuid(`secops/${playbook.name}/${step.name}`);
  return {
    ...playbook,
    id: nameUuid(`secops/${playbook.name}`),
    triggerId: nameUuid(`secops/${playbook.name}/trigger of it`),
    steps: playbook.steps.map((step, index) => {
      const { after } = step;
      const parent = after && playbook.steps.slice(0, index).find(({ name }) => name === after.step);
      if (after !== undefined && parent === undefined) {
        throw new Error(`"${step.name}" of "${playbook.name}" follows "${after.step}", which is not before it.`);
      }
      const ways =
        parent === undefined || after?.way === undefined ? {} : { [idOf(parent)]: numberOfWay(parent.work, after.way) };
      return {
        ...describeWork(step.work),
        id: idOf(step),
        instanceName: step.name,
        description: step.description,
        parentId: parent === undefined ? "" : idOf(parent),
        condition: parent === undefined ? null : JSON.stringify(ways),
      };
    }),
  };
}
