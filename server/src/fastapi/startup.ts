/** What runs only while the application starts or stops: it may block, as it holds up no request. */
import { CONTEXT_MANAGERS } from '../knowledge/results.ts';
import { blockOf, definitionsIn, outerScopeOf } from '../python/definitions.ts';
import { knownFiles } from '../python/modules.ts';
import { functionSignature } from '../python/signatures.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import type { Expression, Parameter } from '../syntax/nodes.ts';
import { allIds, blockSource, fileShape, fileText } from '../syntax/source.ts';
import { callersOneByOne, usesIn } from './callers.ts';
import { edgesOf } from './runs.ts';
import { looksLikeTest, type Subject, subjectOf } from './subject.ts';
import { runsAsWritten } from './wrapping.ts';

/** By function id: whether it is a lifespan (a context manager that takes the app) or a start-up handler. */
const isStartup = defineQuery<boolean>('is startup', (db, id) => {
  const signature = db.get(functionSignature, id);
  if (signature === null || signature.decorators.length === 0) return false;
  const { nameOf: named } = subjectOf(db, blockOf(id));
  const scope = outerScopeOf(id);
  const takesApp = ({ name, annotation }: Parameter): boolean => {
    if (annotation === undefined) return name === 'app';
    const type = named(annotation, scope);
    return type === 'fastapi.FastAPI' || type === 'starlette.applications.Starlette';
  };
  return signature.decorators.some((decorator) => {
    const head = decorator.type === 'call' ? decorator.callee : decorator;
    if (head.type === 'attribute' && head.name === 'on_event') return true;
    const name = named(head, scope);
    if (name === undefined || !CONTEXT_MANAGERS.has(name)) return false;
    return /lifespan|startup/.test(signature.name) || signature.parameters.some(takesApp);
  });
});

const MENTION =
  /\blifespan\b|\b(?:on|add_event|start)\w*_?(?:event|startup|handler|up)\b|contextmanager/i;

/** By path: the functions of the project that its code has run at start-up or shutdown. */
const startupsIn = defineQuery<readonly string[]>('startups in', (db, path) => {
  if (!MENTION.test(db.get(fileText, path))) return [];
  return allIds(db.get(fileShape, path)).flatMap((block) => {
    if (!MENTION.test(db.get(blockSource, block).text)) return [];
    const decorated = db
      .get(definitionsIn, block)
      .flatMap(({ id }) => (db.get(isStartup, id) ? id : []));
    const handed = db
      .get(usesIn, block)
      .flatMap(({ target, how }) => (how === 'startup' ? target : []));
    return [...decorated, ...handed];
  });
});

/** More functions than starting an application runs. */
const MAX_FUNCTIONS = 2_000;

/** Every function that is run because the application starts or stops, whatever else runs it. */
const startupReach = defineQuery<ReadonlySet<string>>('startup reach', (db) => {
  const found = new Set<string>();
  for (const path of db.get(knownFiles, ''))
    if (!db.get(looksLikeTest, path)) for (const id of db.get(startupsIn, path)) found.add(id);
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

/** How many functions are asked who runs them, before it counts as not known. */
const MAX_CALLERS = 200;

const onlyAtStartup = defineQuery<boolean>('only at startup', (db, id) => {
  const seen = new Set<string>();
  // Upwards first: what has a route above it is soon found to have one.
  const isOnly = (one: string): boolean => {
    if (seen.has(one)) return true;
    seen.add(one);
    // What a module does when it is imported happens before the first request.
    if (db.get(functionSignature, one) === null || db.get(isStartup, one)) return true;
    if (seen.size > MAX_CALLERS || !isOnlyCalled(subjectOf(db, blockOf(one)), one)) return false;
    let isCalled = false;
    for (const { from, how } of callersOneByOne(db, one)) {
      isCalled = true;
      if (how === 'elsewhere' || how === 'dependency') return false;
      if (how !== 'startup' && !isOnly(from)) return false;
    }
    return isCalled;
  };
  return isOnly(id);
});

/** Whether nobody but its callers can run a function: FastAPI finds a route by its decorator. */
function isOnlyCalled(subject: Subject, id: string): boolean {
  const decorators = subject.db.get(functionSignature, id)?.decorators ?? [];
  return decorators.every(isNoRoute) && runsAsWritten(subject, id);
}

function isNoRoute(decorator: Expression): boolean {
  return decorator.type !== 'call' || decorator.callee.type !== 'attribute';
}

/** Whether a function is a lifespan or a start-up handler, by how it is written. */
export function isStartupFunction(db: Reader, functionId: string): boolean {
  return db.get(isStartup, functionId);
}

/** Whether a function runs only because the application starts or stops: every way to it begins there. */
export function runsOnlyAtStartup(db: Reader, functionId: string): boolean {
  if (db.get(isStartup, functionId)) return true;
  return db.get(isInStartupReach, functionId) && db.get(onlyAtStartup, functionId);
}
