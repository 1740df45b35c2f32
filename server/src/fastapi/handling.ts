/** Which exceptions a project handles itself: `@app.exception_handler(…)`, `add_exception_handler`, `exception_handlers=`. */
import { createEvaluator } from '../python/evaluate.ts';
import { sitesOf } from '../python/sites.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import { defineGlance } from '../syntax/glances.ts';
import type { Call, Expression } from '../syntax/nodes.ts';
import { everywhere } from './everywhere.ts';
import { argumentOf } from './routes.ts';

const HANDLING = defineGlance(/exception_handler/);

/** By block id: the public name, the id or the number of what is handled; `*` where it can't be told. */
const handledIn = defineQuery<readonly string[]>('exceptions handled in', (db, block) => {
  const evaluator = createEvaluator(db);
  return sitesOf(db, block).calls.flatMap(({ node, scope }) =>
    handledBy(node).map((handled) => {
      if (handled === undefined) return '*';
      if (handled.type === 'number') return handled.text;
      const value = evaluator.meaningOf(handled, scope);
      if (value?.kind === 'external') return value.name;
      if (value?.kind !== 'class') return '*';
      return value.class.kind === 'external' ? value.class.name : value.class.id;
    }),
  );
});

/** What a call registers a handler for; `undefined` for what can't be read. */
export function handledBy(call: Call): readonly (Expression | undefined)[] {
  const { callee, args } = call;
  if (callee.type === 'attribute' && /^(?:add_)?exception_handler$/.test(callee.name)) {
    const first = args.find(({ name }) => name === undefined)?.value;
    return [argumentOf(call, 'exc_class_or_status_code') ?? first];
  }
  const given = argumentOf(call, 'exception_handlers');
  if (given === undefined) return [];
  return given.type === 'dict' ? given.entries.map(({ key }) => key) : [undefined];
}

const handled = defineQuery<readonly string[]>('exceptions handled', (db) => [
  ...new Set(everywhere(db, HANDLING, handledIn)),
]);

const FOR_CLIENTS: readonly string[] = [
  'fastapi.HTTPException',
  'starlette.exceptions.HTTPException',
  '*',
];

/** Whether the project may answer for an `HTTPException` itself, and do with its detail what it likes. */
export function isDetailHandled(db: Reader): boolean {
  return db.get(handled, '').some((name) => FOR_CLIENTS.includes(name));
}

/** Whether the project handles what Starlette raises for an unknown path or method. */
export function handlesUnknownPaths(db: Reader): boolean {
  const names = ['starlette.exceptions.HTTPException', '404', '405', '*'];
  return db.get(handled, '').some((name) => names.includes(name) || /HTTP_40[45]_/.test(name));
}

/** Whether the project handles that the client of a websocket has left. */
export function handlesDisconnects(db: Reader): boolean {
  return db.get(handled, '').some((name) => name === '*' || /\.WebSocketDisconnect$/.test(name));
}

/** Whether the project answers for whatever nobody else does: also for what its middleware raises. */
export function handlesEverything(db: Reader): boolean {
  return db
    .get(handled, '')
    .some((name) => name === '*' || name === 'builtins.Exception' || /(?:^|HTTP_)500/.test(name));
}
