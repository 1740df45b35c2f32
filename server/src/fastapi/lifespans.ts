/** Lifespans: what an application is given for one, and what it makes of that. */
import { blockOf, enclosingOf, functionOf, outerScopeOf, pathOf } from '../python/definitions.ts';
import { functionSignature, returnsIn } from '../python/signatures.ts';
import { defineQuery } from '../query/database.ts';
import type { Call, Expression, FunctionDef } from '../syntax/nodes.ts';
import { blockSource } from '../syntax/source.ts';
import { isStub } from './reads.ts';
import { argumentOf } from './routes.ts';
import { type Subject, subjectOf } from './subject.ts';
import { indentAt } from './text.ts';

const TAKERS: ReadonlySet<string> = new Set([
  'fastapi.FastAPI',
  'fastapi.APIRouter',
  'starlette.applications.Starlette',
]);
const ASYNC_MANAGER = 'contextlib.asynccontextmanager';
const MANAGER = 'contextlib.contextmanager';

/** What a call that makes an application or a router is given as its lifespan. */
export function givenLifespan(subject: Subject, call: Call, scope: string): Expression | undefined {
  const given = argumentOf(call, 'lifespan');
  if (given === undefined) return undefined;
  return TAKERS.has(subject.nameOf(call.callee, scope) ?? '') ? given : undefined;
}

/** The function that is surely the lifespan of an application: `None` is none, and a parameter may be. */
export function lifespanOf(subject: Subject, call: Call, scope: string): string | undefined {
  const given = givenLifespan(subject, call, scope);
  const value = given && subject.meaningOf(given, scope);
  return value?.kind === 'function' ? value.id : undefined;
}

/** The call that makes the application that an expression names, where there is one such call. */
export function makingOf(
  { evaluator }: Subject,
  app: Expression,
  scope: string,
): { readonly call: Call; readonly scope: string } | undefined {
  if (app.type !== 'name') return undefined;
  const traced = evaluator.trace(app.id, scope);
  const [only, ...others] = traced?.kind === 'bindings' ? traced.bindings : [];
  if (only?.kind !== 'value' || others.length > 0 || only.value?.type !== 'call') return undefined;
  return { call: only.value, scope: only.scope };
}

/**
 * `empty`: an `async def` without `yield`; `plain`: a `def` that gives nothing; `blocking`: `@contextmanager`; `synchronous`:
 * `@asynccontextmanager` on a `def`; `called`: what it gives, not itself; `deaf`: it takes no application.
 */
export type BrokenLifespan = 'empty' | 'plain' | 'blocking' | 'synchronous' | 'called' | 'deaf';

/** Why an application can't start with a lifespan; nothing where it can, or where that can't be told. */
export function brokenLifespan(
  subject: Subject,
  given: Expression,
  scope: string,
): { readonly kind: BrokenLifespan; readonly id: string } | undefined {
  if (given.type === 'call') {
    const callee = subject.meaningOf(given.callee, scope);
    const isManager =
      callee?.kind === 'function' && decoratorsOf(subject, callee.id)?.[0] === ASYNC_MANAGER;
    return isManager ? { kind: 'called', id: callee.id } : undefined;
  }
  const value = subject.meaningOf(given, scope);
  if (value?.kind !== 'function') return undefined;
  const kind = brokenFunction(subject, value.id, value.bound);
  return kind && { kind, id: value.id };
}

/** The names of a function's decorators; nothing where one is not known. */
function decoratorsOf(subject: Subject, id: string): readonly string[] | undefined {
  const names = subject.db
    .get(functionSignature, id)
    ?.decorators.map((one) => subject.nameOf(one, outerScopeOf(id)));
  return names?.every((name) => name !== undefined) ? names : undefined;
}

/** By function id: what matters of its body; what else is written there concerns nobody who hands it over. */
const lifespanDoes = defineQuery<'nothing' | 'returns' | 'something'>('lifespan does', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined || isStub(node)) return 'nothing';
  return returnsIn(node.body).length > 0 ? 'returns' : 'something';
});

function brokenFunction(subject: Subject, id: string, bound: boolean): BrokenLifespan | undefined {
  const signature = subject.db.get(functionSignature, id);
  const decorators = decoratorsOf(subject, id);
  const does = subject.db.get(lifespanDoes, id);
  if (!signature || decorators === undefined || does === 'nothing') return undefined;
  const { isAsync, isGenerator, parameters } = signature;
  const returns = does === 'returns';
  const [decorator, ...others] = decorators;
  if (others.length > 0) return undefined;
  if (decorator === undefined) {
    // It may return a context manager itself.
    if (!isGenerator) return returns ? undefined : isAsync ? 'empty' : 'plain';
  } else if (decorator === MANAGER) return 'blocking';
  else if (decorator !== ASYNC_MANAGER) return undefined;
  else if (isAsync && !isGenerator) return returns ? undefined : 'empty';
  else if (!isAsync) return isGenerator ? 'synchronous' : undefined;
  return parameters.length === (bound ? 1 : 0) ? 'deaf' : undefined;
}

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly block: string;
}

/** What makes a broken lifespan of the same file one that works; nothing where that takes more than a few words. */
export function mendedLifespan(
  { path, db }: Subject,
  id: string,
  kind: BrokenLifespan,
): readonly Edit[] | undefined {
  const node = functionOf(db, id);
  if (node === undefined || pathOf(id) !== path || enclosingOf(id) !== null) return undefined;
  const block = blockOf(id);
  const own = subjectOf(db, block);
  const { text } = db.get(blockSource, block);
  const [decorator] = node.decorators;
  const header = text.slice(0, node.nameStart);
  const definition = header.lastIndexOf(node.isAsync ? 'async' : 'def');
  const at = (start: number, end: number, written: string): Edit => ({
    start,
    end,
    text: written,
    block,
  });
  switch (kind) {
    case 'empty':
      return [
        ...(decorator ? [] : [at(definition, definition, '@asynccontextmanager\n')]),
        at(endOf(node), endOf(node), `\n${indentAt(own, node.body[0]?.start ?? 0)}yield`),
      ];
    case 'blocking':
      return decorator && node.isAsync
        ? [at(decorator.start, decorator.end, 'asynccontextmanager')]
        : decorator && [
            at(decorator.start, decorator.end, 'asynccontextmanager'),
            at(definition, definition, 'async '),
          ];
    case 'synchronous':
      return [at(definition, definition, 'async ')];
    default:
      return undefined;
  }
}

function endOf({ body, end }: FunctionDef): number {
  return body[body.length - 1]?.end ?? end;
}

/** Where a lifespan of the same file could call a start-up handler, and a shutdown handler. */
export function roomInLifespan(
  { path, db }: Subject,
  id: string,
): { readonly block: string; readonly before: Edit; readonly after: Edit } | undefined {
  const node = functionOf(db, id);
  if (node === undefined || pathOf(id) !== path || enclosingOf(id) !== null) return undefined;
  const yields = node.body.filter((one) => one.type === 'expression' && one.value.type === 'yield');
  const [only] = yields;
  if (only === undefined || yields.length > 1) return undefined;
  const block = blockOf(id);
  const indent = indentAt(subjectOf(db, block), only.start);
  return {
    block,
    before: { start: only.start, end: only.start, text: `{call}\n${indent}`, block },
    after: { start: only.end, end: only.end, text: `\n${indent}{call}`, block },
  };
}
