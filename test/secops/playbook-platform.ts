import type { Json } from "../../src/core/steps.ts";
import type { Tree } from "../xsoar/rules/rule.ts";
import type { Room } from "./package-room.ts";

/** What a person does at a step that waits: an answer, or whatever happens before a step is started. */
type Decision = string | (() => Promise<unknown>);

interface Result {
  isSuccess: boolean;
  json: Json | undefined;
}

/** What a run came to. */
interface Walk {
  /** Names of the steps that were carried out, in order. */
  steps: string[];
  comments: string[];
  /** The step that waits for a person, or that failed; absent where the playbook came to its end. */
  stoppedAt?: string;
}

const integration = "ProofpointProtectionServer";

/**
 * Walks a built playbook as the platform is described to do (secops-platform.md 7), over the actions of a room. Steps of
 * people wait unless a decision is there for them; a step that fails ends the run.
 */
export async function walkPlaybook(
  room: Room,
  { Definition }: Tree,
  event: Readonly<Record<string, string>>,
  decisions: Readonly<Record<string, Decision>> = {},
): Promise<Walk> {
  const walk: Walk = { steps: [], comments: [] };
  const results = new Map<string, Result>();
  const children = (step: Tree) =>
    Definition.Steps.filter(({ ParentStepIdentifiers }: Tree) => ParentStepIdentifiers.includes(step.Identifier));
  let step: Tree = Definition.Steps.find(({ ParentStepIdentifiers }: Tree) => ParentStepIdentifiers.length === 0);
  while (step !== undefined) {
    const { InstanceName: name } = step;
    const decision = decisions[name];
    if (!step.IsAutomatic && decision === undefined) return { ...walk, stoppedAt: name };
    if (typeof decision === "function") await decision();
    const parameters = Object.fromEntries(step.Parameters.map(({ Name, Value }: Tree) => [Name, Value]));
    const fill = (text: string) => fillIn(text, event, results);
    let way: string | undefined;
    if (step.ActionName === "IfFlowCondition") way = chooseBranch(JSON.parse(parameters.Branches), fill);
    else if (step.ActionName === "MultiChoiceQuestion") {
      way = Object.entries(JSON.parse(parameters.Answers)).find(([, answer]) => answer === decision)?.[0];
      if (way === undefined) throw new Error(`${name} has no answer "${String(decision)}".`);
    } else {
      const fields: Record<string, string> = JSON.parse(parameters.ScriptParametersEntityFields);
      const given = Object.fromEntries(Object.entries(fields).map(([key, text]) => [key, fill(text)]));
      if (step.Integration === integration) {
        const action = step.ActionName.slice(integration.length + 1);
        const reply = await room.run(action, given, [
          { identifier: event.event_network_email_from ?? "nobody", type: "USERUNIQNAME" },
        ]);
        if (reply.state !== "completed" && !step.AutoSkipOnFailure) return { ...walk, stoppedAt: name };
        results.set(name, { isSuccess: reply.result, json: reply.json });
      } else walk.comments.push(given.Comment ?? "");
    }
    walk.steps.push(name);
    const from = step.Identifier;
    step = children(step).find(
      (child: Tree) => way === undefined || JSON.parse(child.PreviousResultCondition)[from] === way,
    );
  }
  return walk;
}

/** The number of the first branch whose tests hold. */
function chooseBranch(branches: Tree[], fill: (text: string) => string): string {
  const holds = ({ Operator, FieldName, Value }: Tree) => {
    const value = fill(FieldName);
    if (Operator === 0) return value === Value;
    if (Operator === 1) return value.includes(Value);
    if (Operator === 3) return Number(value) > Number(Value);
    throw new Error(`The stand-in has no operator ${Operator}.`);
  };
  const chosen = branches.find(({ Conditions, LogicalOperator, IsDefaultBranch }) =>
    IsDefaultBranch ? true : LogicalOperator === 1 ? Conditions.some(holds) : Conditions.every(holds),
  );
  return String(chosen?.Order);
}

/** Fills in what can be; a placeholder that cannot stays as it is. */
function fillIn(text: string, event: Readonly<Record<string, string>>, results: Map<string, Result>): string {
  return text.replace(/\[([^\].|]+)\.([^\]]*)\]/g, (placeholder, name: string, rest: string) => {
    if (name === "Event") return event[rest] ?? placeholder;
    if (name === "Case" && rest === "Id") return "4711";
    const result = results.get(name);
    if (result === undefined) return placeholder;
    if (rest === "is_success") return result.isSuccess ? "True" : "False";
    const [, key, counts] = /^JsonResult\|(?: "([^"]+)")?(?: ?\|)?( count\(\))?$/.exec(rest) ?? [];
    const values = valuesAt(result.json, key);
    return counts === undefined ? values.join(",") : String(values.length);
  });
}

function valuesAt(json: Json | undefined, key: string | undefined): unknown[] {
  const items = Array.isArray(json) ? json : json === undefined ? [] : [json];
  return (key?.split(".") ?? []).reduce<unknown[]>(
    (found, one) => found.flatMap((item) => (item as { [key: string]: unknown })[one] ?? []),
    items,
  );
}
