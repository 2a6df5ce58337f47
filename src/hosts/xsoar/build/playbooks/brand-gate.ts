import { brand } from "../../integration/brand.ts";
import type { Task } from "./playbook.ts";

/** What the gate is called. */
export const gateName = `Is ${brand.display} enabled?`;

/** Goes on only where an instance of this integration is active; `otherwise` is where it ends without one. */
export function brandGate(then: string, otherwise: string, at: Task["at"]): Task {
  return {
    name: gateName,
    description: `Checks whether an instance of ${brand.display} is active.`,
    work: {
      kind: "decision",
      tests: [
        {
          left: {
            root: "modules",
            accessor: "brand",
            where: [
              ["modules.brand", brand.id],
              ["modules.state", "active"],
            ],
          },
          operator: "isExists",
        },
      ],
    },
    next: { yes: then, "#default#": otherwise },
    at,
  };
}
