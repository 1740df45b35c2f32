/** Calls of functions that FastAPI is to call: their defaults are markers, which then reach the body. */
import { TRANSPARENT_DECORATORS } from '../../knowledge/callables.ts';
import { functionOf, outerScopeOf } from '../../python/definitions.ts';
import { createEvaluator } from '../../python/evaluate.ts';
import { functionSignature } from '../../python/signatures.ts';
import type { CallSite } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import type { Call, Expression, Statement } from '../../syntax/nodes.ts';
import { boundNames, callsIn, headOf, namesIn } from '../../syntax/parts.ts';
import { expressionsIn, operandsOf, suitesOf } from '../../syntax/walk.ts';
import { isRouter } from '../classes.ts';
import { markerName } from '../markers.ts';
import type { Subject } from '../subject.ts';

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
  const callee = calledFunction(subject, node, scope);
  const signature = callee && subject.db.get(functionSignature, callee.id);
  if (callee === undefined || !signature) return undefined;
  // Every marker is a call.
  if (!signature.parameters.some((one) => one.default?.type === 'call')) return undefined;
  // `Depends(get_user())` is another mistake.
  if (use.kind === 'argument' && markerName(subject, use.call, scope) !== undefined)
    return undefined;
  const outer = outerScopeOf(callee.id);
  if (!signature.decorators.every((one) => isPlain(subject, one, outer))) return undefined;
  const parameters = signature.parameters.slice(callee.skipped);
  const positional = node.args.filter(({ name }) => name === undefined).length;
  const named = new Set(node.args.map(({ name }) => name));
  const isPassed = (name: string) => {
    const index = parameters.findIndex((one) => one.name === name);
    if (index < 0) return false;
    return named.has(name) || (parameters[index]?.kind !== 'keyword-only' && index < positional);
  };
  for (const { name, default: value } of parameters) {
    if (value?.type !== 'call' || isPassed(name)) continue;
    if (subject.db.get(examined, callee.id).includes(name)) continue;
    const reads = subject.db.get(guardedReads, callee.id)[name] ?? [];
    // `… if id is None else …`: with an `id`, that way may not be taken.
    if (!reads.some((guards) => !guards.some(isPassed))) continue;
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
  const head = headOf(decorator);
  const name = subject.nameOf(head, scope);
  if (name !== undefined && TRANSPARENT_DECORATORS.has(name)) return true;
  return (
    head.type === 'attribute' && isRouter(subject.evaluator, subject.meaningOf(head.object, scope))
  );
}

/** By function id: the names whose class it asks for, `isinstance(key, str)`, or lets a function of the project ask for. */
const examined = defineQuery<readonly string[]>('examined parameters', (db, id) => {
  const evaluator = createEvaluator(db);
  return callsIn(functionOf(db, id)?.body ?? [])
    .flatMap((call) => {
      const callee = evaluator.meaningOf(call.callee, id);
      if (callee?.kind !== 'function') return [];
      const parameters = db.get(functionSignature, callee.id)?.parameters ?? [];
      const asked = db.get(askedFor, callee.id);
      const skipped = callee.bound ? 1 : 0;
      return call.args.flatMap(({ name, value }, index) =>
        value.type === 'name' && asked.includes(name ?? parameters[index + skipped]?.name ?? '')
          ? value.id
          : [],
      );
    })
    .concat(db.get(askedFor, id));
});

/** By function id: the names that it gives to `isinstance` itself. */
const askedFor = defineQuery<readonly string[]>('asked for by isinstance', (db, id) => {
  const evaluator = createEvaluator(db);
  return callsIn(functionOf(db, id)?.body ?? []).flatMap(({ callee, args: [first] }) => {
    if (first?.value.type !== 'name') return [];
    const called = evaluator.meaningOf(callee, id);
    const isAsking = called?.kind === 'external' && called.name === 'builtins.isinstance';
    return isAsking ? first.value.id : [];
  });
});

/** By function id: for each name that its body reads, each read with the names that decide whether it is reached. */
const guardedReads = defineQuery<Readonly<Record<string, readonly (readonly string[])[]>>>(
  'guarded reads',
  (db, id) => {
    const found: Record<string, (readonly string[])[]> = {};
    const read = (expression: Expression, guards: readonly string[]): void => {
      if (expression.type === 'name') {
        found[expression.id] = [...(found[expression.id] ?? []), guards];
        return;
      }
      const decides = decidingIn(expression);
      const inside = [...guards, ...decides.flatMap(namesIn)];
      for (const operand of operandsOf(expression))
        read(operand, decides.includes(operand) ? guards : inside);
    };
    const visit = (body: readonly Statement[], guards: readonly string[]): void => {
      for (const statement of body) {
        const expressions = expressionsIn(statement).filter((one) => !isOnlyBound(statement, one));
        for (const expression of expressions) read(expression, guards);
        const decides = statement.type === 'if' || statement.type === 'while' ? expressions : [];
        for (const suite of suitesOf(statement))
          visit(suite, [...guards, ...decides.flatMap(namesIn)]);
      }
    };
    visit(functionOf(db, id)?.body ?? [], []);
    return found;
  },
);

/** `_, free = usage()` gives its names other values, and reads none. */
function isOnlyBound(statement: Statement, part: Expression): boolean {
  const isTarget =
    (statement.type === 'assign' && statement.targets.includes(part)) ||
    (statement.type === 'for' && statement.target === part);
  return isTarget && boundNames(part).length === namesIn(part).length;
}

/** What decides whether the rest of an expression is evaluated. */
function decidingIn(expression: Expression): readonly Expression[] {
  if (expression.type === 'conditional') return [expression.condition];
  return expression.type === 'boolean' ? [expression.left] : [];
}
