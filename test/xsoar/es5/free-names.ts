import type { CatchClause, Function as FunctionNode, Identifier, Node, Program } from "acorn";
import { type AncestorVisitors, ancestor } from "acorn-walk";

/** How often an ES5 program uses each name that it takes from its engine or host. */
export function freeNames(program: Program): Map<string, number> {
  const declared = declaredNames(program);
  const free = new Map<string, number>();
  const use = ({ name }: Identifier, _state: unknown, above: Node[]) => {
    if (name === "arguments" || above.some((scope) => declared.get(scope)?.has(name))) return;
    free.set(name, (free.get(name) ?? 0) + 1);
  };
  // What is assigned to is visited under a name that the types do not list.
  ancestor(program, { Identifier: use, VariablePattern: use } as AncestorVisitors<unknown>);
  return free;
}

/** The names of every scope; in ES5 functions and catch clauses alone have one. */
function declaredNames(program: Program): Map<Node, Set<string>> {
  const declared = new Map<Node, Set<string>>();
  const declare = (scope: Node, name: Node) => {
    const names = declared.get(scope) ?? new Set<string>();
    declared.set(scope, names.add((name as Identifier).name));
  };
  ancestor(program, {
    VariableDeclarator: ({ id }, _state, above) => declare(functionAround(above), id),
    Function(node: FunctionNode, _state: unknown, above: Node[]) {
      for (const parameter of node.params) declare(node, parameter);
      if (node.type === "FunctionDeclaration" && node.id) declare(functionAround(above.slice(0, -1)), node.id);
      else if (node.id) declare(node, node.id);
    },
    CatchClause: (node: CatchClause) => declare(node, node.param as Node),
  });
  return declared;
}

function functionAround(above: Node[]): Node {
  return above.findLast((node) => isFunction(node) || node.type === "Program") as Node;
}

function isFunction(node: Node | undefined): boolean {
  return node?.type === "FunctionDeclaration" || node?.type === "FunctionExpression";
}

/** Functions declared in a block, not directly in a function or the program: engines differ on where they are known. */
export function functionsInBlocks(program: Program): string[] {
  const found: string[] = [];
  ancestor(program, {
    FunctionDeclaration(node, _state, above) {
      const isDirect = above.at(-2)?.type === "Program" || isFunction(above.at(-3));
      if (!isDirect) found.push(node.id?.name ?? "");
    },
  });
  return found;
}
