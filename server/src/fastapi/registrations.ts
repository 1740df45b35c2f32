/** Functions that become path operations or websockets by a call: `router.add_api_route("/", f)`, `router.get("/")(f)`. */
import { createEvaluator } from '../python/evaluate.ts';
import { sitesOf } from '../python/sites.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import { defineGlance } from '../syntax/glances.ts';
import type { Call, Expression } from '../syntax/nodes.ts';
import { isRouter } from './classes.ts';
import { everywhere } from './everywhere.ts';

const REGISTERING = defineGlance(/\.add_(?:api_)?(?:websocket_)?route\b|\)\s*\(/);
const ADDERS: Readonly<Record<string, Kind>> = {
  add_api_route: 'http',
  add_api_websocket_route: 'websocket',
};
const DECORATORS: ReadonlySet<string> = new Set(
  'get put post delete options head patch trace api_route'.split(' '),
);

type Kind = 'http' | 'websocket';

/** By block id: kind and id, `http app.py#f~0`. */
const registeredIn = defineQuery<readonly string[]>('registered in', (db, block) => {
  const evaluator = createEvaluator(db);
  const found = new Set<string>();
  for (const { node, scope } of sitesOf(db, block).calls) {
    const given = registration(node);
    if (given === undefined) continue;
    if (!isRouter(evaluator, evaluator.meaningOf(given.router, scope))) continue;
    const value = evaluator.meaningOf(given.handler, scope);
    if (value?.kind === 'function') found.add(`${given.kind} ${value.id}`);
  }
  return [...found];
});

function registration({
  callee,
  args,
}: Call):
  | { readonly router: Expression; readonly handler: Expression; readonly kind: Kind }
  | undefined {
  const positional = args.filter(({ name, star }) => name === undefined && star === undefined);
  const added = callee.type === 'attribute' ? ADDERS[callee.name] : undefined;
  if (callee.type === 'attribute' && added !== undefined) {
    const handler = args.find(({ name }) => name === 'endpoint') ?? positional[1];
    return handler && { router: callee.object, handler: handler.value, kind: added };
  }
  const decorator = callee.type === 'call' ? callee.callee : undefined;
  if (decorator?.type !== 'attribute') return undefined;
  const kind = decorator.name === 'websocket' ? 'websocket' : 'http';
  if (kind === 'http' && !DECORATORS.has(decorator.name)) return undefined;
  const [handler] = positional;
  return handler && { router: decorator.object, handler: handler.value, kind };
}

const registered = defineQuery<ReadonlySet<string>>(
  'registered',
  (db) => new Set(everywhere(db, REGISTERING, registeredIn)),
);

/** By kind and id. */
const registeredFunction = defineQuery<boolean>('is registered', (db, key) =>
  db.get(registered, '').has(key),
);

/** The functions that become one by a call. */
export function registrations(db: Reader): readonly string[] {
  return [...db.get(registered, '')].map((key) => key.slice(key.indexOf(' ') + 1));
}

/** Whether a function becomes a path operation (or a websocket) by a call, anywhere in the project. */
export function isRegistered(db: Reader, functionId: string, kind: Kind = 'http'): boolean {
  return db.get(registeredFunction, `${kind} ${functionId}`);
}
