/** Calls of functions that FastAPI is to call: their defaults are markers, which then reach the body. */
import { TRANSPARENT_DECORATORS } from '../knowledge/callables.ts';
import { enclosingOf, moduleScopeId, pathOf } from '../python/definitions.ts';
import { functionSignature } from '../python/signatures.ts';
import type { CallSite } from '../python/sites.ts';
import type { Call, Expression } from '../syntax/nodes.ts';
import { isRouter } from './classes.ts';
import { markerName } from './markers.ts';
import type { Subject } from './subject.ts';

export interface LeakedMarker {
  readonly parameter: string;
  /** `Depends`, `Query`, … */
  readonly marker: string;
}

/** The first parameter that a call of a project function leaves to its default, where that is a marker. */
export function leakedMarker(
  subject: Subject,
  { node, scope, use }: CallSite,
): LeakedMarker | undefined {
  if (node.args.some(({ star }) => star !== undefined)) return undefined;
  // `Depends(get_user())` is another mistake.
  if (use.kind === 'argument' && markerName(subject, use.call, scope) !== undefined)
    return undefined;
  const callee = calledFunction(subject, node, scope);
  const signature = callee && subject.db.get(functionSignature, callee.id);
  if (callee === undefined || !signature) return undefined;
  const outer = enclosingOf(callee.id) ?? moduleScopeId(pathOf(callee.id));
  if (!signature.decorators.every((one) => isPlain(subject, one, outer))) return undefined;
  const parameters = signature.parameters.slice(callee.skipped);
  const positional = node.args.filter(({ name }) => name === undefined).length;
  const named = new Set(node.args.map(({ name }) => name));
  for (const [index, { name, kind, default: value }] of parameters.entries()) {
    if (value?.type !== 'call' || named.has(name)) continue;
    if (kind !== 'keyword-only' && index < positional) continue;
    const marker = markerName(subject, value, outer);
    if (marker !== undefined) return { parameter: name, marker };
  }
  return undefined;
}

/** The function that runs, and how many of its parameters the call does not give: `self`. */
function calledFunction(
  { evaluator, meaningOf }: Subject,
  { callee }: Call,
  scope: string,
): { readonly id: string; readonly skipped: number } | undefined {
  const value = meaningOf(callee, scope);
  if (value?.kind === 'function') return { id: value.id, skipped: value.bound ? 1 : 0 };
  if (value?.kind !== 'class') return undefined;
  const init = evaluator.attributeOf({ kind: 'instance', class: value.class }, '__init__');
  return init?.kind === 'function' ? { id: init.id, skipped: 1 } : undefined;
}

/** It leaves the function as it is: an `@inject` of some library may well fill in what is missing. */
function isPlain(subject: Subject, decorator: Expression, scope: string): boolean {
  const head = decorator.type === 'call' ? decorator.callee : decorator;
  const name = subject.nameOf(head, scope);
  if (name !== undefined && TRANSPARENT_DECORATORS.has(name)) return true;
  return (
    head.type === 'attribute' && isRouter(subject.evaluator, subject.meaningOf(head.object, scope))
  );
}
