/** What runs only while the application starts or stops: it may block, as it holds up no request. */
import { CONTEXT_MANAGERS } from '../../knowledge/results.ts';
import { blockOf, definitionsIn, outerScopeOf } from '../../python/definitions.ts';
import { type FunctionSignature, functionSignature } from '../../python/signatures.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { defineGlance } from '../../syntax/glances.ts';
import type { Parameter } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { pathOfBlock } from '../../syntax/source.ts';
import { everywhere } from '../everywhere.ts';
import { looksLikeTest, subjectOf } from '../subject.ts';
import { edgesOf, runsIn } from './runs.ts';
import { everyWayBegins, isTopLevel } from './ways.ts';

/** By function id: whether it is a lifespan (a context manager that takes the app) or a start-up handler. */
const isStartup = defineQuery<boolean>('is startup', (db, id) => {
  const signature = db.get(functionSignature, id);
  if (signature === null) return false;
  if (isHook(signature)) return true;
  if (signature.decorators.length === 0) return false;
  const { nameOf: named } = subjectOf(db, blockOf(id));
  const scope = outerScopeOf(id);
  const takesApp = ({ name, annotation }: Parameter): boolean => {
    if (annotation === undefined) return name === 'app';
    const type = named(annotation, scope);
    return type === 'fastapi.FastAPI' || type === 'starlette.applications.Starlette';
  };
  return signature.decorators.some((decorator) => {
    const head = headOf(decorator);
    if (head.type === 'attribute' && head.name === 'on_event') return true;
    const name = named(head, scope);
    if (name === undefined || !CONTEXT_MANAGERS.has(name)) return false;
    return /lifespan|startup/.test(signature.name) || signature.parameters.some(takesApp);
  });
});

/** What gunicorn calls, by its name in the file of its settings: `def on_starting(server)`. */
function isHook({ name, parameters: [first] }: FunctionSignature): boolean {
  return HOOK.test(name) && (first?.name === 'server' || first?.name === 'worker');
}

const HOOK = /^(?:on_starting|when_ready|post_fork|post_worker_init|worker_exit|on_exit)$/;

const STARTING = defineGlance(
  /\blifespan\b|\b(?:on|add_event|start)\w*_?(?:event|startup|handler|up)\b|contextmanager|\bdef (?:on_starting|when_ready|post_fork|post_worker_init|worker_exit|on_exit)\b/i,
);

/** By block id: the functions of the project that its code has run at start-up or shutdown. */
const startupsIn = defineQuery<readonly string[]>('startups in', (db, block) => {
  if (db.get(looksLikeTest, pathOfBlock(block))) return [];
  const written = db
    .get(definitionsIn, block)
    .flatMap(({ id }) => (db.get(isStartup, id) ? id : []));
  const handed = db
    .get(runsIn, block)
    .uses.flatMap(({ target, how }) => (how === 'startup' ? target : []));
  return [...written, ...handed];
});

/** More functions than starting an application runs. */
const MAX_FUNCTIONS = 2_000;

/** Every function that is run because the application starts or stops, whatever else runs it. */
const startupReach = defineQuery<ReadonlySet<string>>('startup reach', (db) => {
  const found = new Set(everywhere(db, STARTING, startupsIn));
  // A set is gone through in the order in which it grows.
  for (const id of found) {
    if (found.size > MAX_FUNCTIONS) break;
    for (const { target } of db.get(edgesOf, id)) found.add(target);
  }
  return found;
});

const isInStartupReach = defineQuery<boolean>('is in startup reach', (db, id) =>
  db.get(startupReach, '').has(id),
);

const onlyAtStartup = defineQuery<boolean>('only at startup', (db, functionId) =>
  everyWayBegins(db, functionId, {
    // What a module does when it is imported happens before the first request.
    at: (id) => isTopLevel(db, id) || db.get(isStartup, id) || undefined,
    by({ how }) {
      if (how === 'startup') return true;
      return how === 'elsewhere' || how === 'dependency' ? false : undefined;
    },
    alone: () => false,
  }),
);

/** Whether a function is a lifespan or a start-up handler, by how it is written. */
export function isStartupFunction(db: Reader, functionId: string): boolean {
  return db.get(isStartup, functionId);
}

/** Whether a function runs only because the application starts or stops: every way to it begins there. */
export function runsOnlyAtStartup(db: Reader, functionId: string): boolean {
  if (db.get(isStartup, functionId)) return true;
  return db.get(isInStartupReach, functionId) && db.get(onlyAtStartup, functionId);
}
