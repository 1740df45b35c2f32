/** Path operations as they stand in the source: one for each decorator that declares one. */

import type { Evaluator } from '../python/evaluate.ts';
import type { FunctionSite } from '../python/sites.ts';
import type { Call, Expression, FunctionDef } from '../syntax/nodes.ts';
import { isRouter } from './classes.ts';

export interface Route {
  readonly handler: FunctionDef;
  /** The definition id of the handler. */
  readonly handlerId: string;
  /** The scope in which the decorator is read. */
  readonly scope: string;
  readonly decorator: Call;
  readonly kind: 'http' | 'websocket';
  /** Upper case; what FastAPI registers, so `GET` alone for `@app.get`. Empty when not literal. */
  readonly methods: readonly string[];
  /** The path argument, where there is one. */
  readonly pathNode: Expression | undefined;
  /** The path as the decorator spells it (without prefixes), where it is a literal. */
  readonly path: string | undefined;
}

const METHODS: ReadonlySet<string> = new Set(
  'get put post delete options head patch trace'.split(' '),
);

/** The path operations that a function's decorators declare on something that is known to be an app or a router. */
export function routesOf(evaluator: Evaluator, site: FunctionSite): readonly Route[] {
  const { node, id, outer } = site;
  return node.decorators.flatMap((decorator): Route | readonly Route[] => {
    if (decorator.type !== 'call' || decorator.callee.type !== 'attribute') return [];
    const { object, name } = decorator.callee;
    const isWebSocket = name === 'websocket' || name === 'websocket_route';
    if (!METHODS.has(name) && name !== 'api_route' && !isWebSocket) return [];
    if (!isRouter(evaluator, evaluator.meaningOf(object, outer))) return [];
    const pathNode =
      argumentOf(decorator, 'path') ??
      decorator.args.find((argument) => argument.name === undefined && !argument.star)?.value;
    return {
      handler: node,
      handlerId: id,
      scope: outer,
      decorator,
      kind: isWebSocket ? 'websocket' : 'http',
      methods: methodsOf(decorator, name),
      pathNode,
      path: pathNode?.type === 'string' ? pathNode.value : undefined,
    };
  });
}

/** A path operation over HTTP that only reads: GET or HEAD, and nothing else. Clients send no body with these. */
export function isOnlyRead({ kind, methods }: Route): boolean {
  const only = methods.every((method) => method === 'GET' || method === 'HEAD');
  return kind === 'http' && methods.length > 0 && only;
}

/** The value of a keyword argument. */
export function argumentOf(call: Call, name: string): Expression | undefined {
  return call.args.find((argument) => argument.name === name)?.value;
}

function methodsOf(decorator: Call, name: string): readonly string[] {
  if (METHODS.has(name)) return [name.toUpperCase()];
  const methods = argumentOf(decorator, 'methods');
  if (methods === undefined) return name === 'api_route' ? ['GET'] : [];
  if (methods.type !== 'list' && methods.type !== 'tuple' && methods.type !== 'set') return [];
  return methods.elements.flatMap((element) =>
    element.type === 'string' ? element.value.toUpperCase() : [],
  );
}
