import { brand } from "../../integration/brand.ts";
import type { Task } from "./playbook.ts";

/** Goes on only where an instance of this integration is active; `otherwise` is where it ends without one. */
export function brandGate(then: number, otherwise: number, at: Task["at"]): Task {
  return {
    name: `Is ${brand.display} enabled?`,
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
    next: { yes: [then], "#default#": [otherwise] },
    at,
  };
}
