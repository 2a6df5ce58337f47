import type { Playbook, Task } from "./playbook.ts";

/** The input by which a playbook may do without a person's word. */
export const requireApproval: Playbook["inputs"][number] = {
  key: "RequireApproval",
  value: "True",
  description:
    "Whether a person has to agree before anything is changed; only False, written exactly so, does without. Anything else asks.",
};

interface Approval {
  /** Completes "Is approval to ... waived?". */
  to: string;
  question: string;
  /** What the person should look at, in the third person. */
  description: string;
  /** Where both the waiver and a yes lead. */
  granted: string;
  /** Where a no leads. */
  denied: string;
  /** Place of the first of the two; the other stands below it. */
  at: Task["at"];
}

/** What the first of the two tasks is called. */
export function waiverName(to: string): string {
  return `Is approval to ${to} waived?`;
}

/** A decision whether a person's word is waived, and the question to the person: nothing is changed on any other way. */
export function askApproval({ to, question, description, granted, denied, at: [column, row] }: Approval): Task[] {
  return [
    {
      name: waiverName(to),
      // What is misspelt or empty must ask, and not act.
      description: "Checks whether no person's agreement is needed.",
      work: {
        kind: "decision",
        tests: [{ left: { root: "inputs", accessor: "RequireApproval" }, operator: "isEqualString", right: "False" }],
      },
      next: { yes: granted, "#default#": question },
      at: [column, row],
    },
    askPerson({ question, description, granted, denied, at: [column, row + 1] }),
  ];
}

/** A question that no input waives. */
export function askPerson({ question, description, granted, denied, at }: Omit<Approval, "to">): Task {
  return { name: question, description, work: { kind: "question" }, next: { yes: granted, no: denied }, at };
}
