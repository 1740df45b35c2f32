/** Which functions FastAPI calls as dependencies, anywhere in the project. */

import { INJECTORS } from '../knowledge/results.ts';
import { createEvaluator } from '../python/evaluate.ts';
import { type CallSite, sitesOf } from '../python/sites.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import { defineGlance } from '../syntax/glances.ts';
import type { Call, Expression } from '../syntax/nodes.ts';
import { everywhere } from './everywhere.ts';
import type { Subject } from './subject.ts';

const INJECTING = defineGlance(/\b(?:Depends|Security)\b/, ['Depends', 'Security']);

/** By block id: the functions that it hands to `Depends` or `Security`. */
const injectedIn = defineQuery<readonly string[]>('injected in', (db, block) => {
  const evaluator = createEvaluator(db);
  const found = new Set<string>();
  for (const { node, scope } of sitesOf(db, block).calls) {
    const callee = evaluator.meaningOf(node.callee, scope);
    if (callee?.kind !== 'external' || !INJECTORS.has(callee.name)) continue;
    const target = injectedOf(node);
    const value = target && evaluator.meaningOf(target, scope);
    if (value?.kind === 'function') found.add(value.id);
    if (value?.kind !== 'instance') continue;
    const method = evaluator.attributeOf(value, '__call__');
    if (method?.kind === 'function') found.add(method.id);
  }
  return [...found];
});

const injected = defineQuery<ReadonlySet<string>>(
  'injected',
  (db) => new Set(everywhere(db, INJECTING, injectedIn)),
);

const injectedFunction = defineQuery<boolean>('is dependency', (db, id) =>
  db.get(injected, '').has(id),
);

/** Whether a function is a dependency of anything in the project. */
export function isDependency(db: Reader, functionId: string): boolean {
  return db.get(injectedFunction, functionId);
}

/** Every function that is a dependency of anything in the project. */
export function dependencies(db: Reader): readonly string[] {
  return [...db.get(injected, '')];
}

/** What a call of `Depends` or `Security` is given; nothing for any other call. */
export function dependencyOf(subject: Subject, { node, scope }: CallSite): Expression | undefined {
  const name = subject.nameOf(node.callee, scope);
  return name !== undefined && INJECTORS.has(name) ? injectedOf(node) : undefined;
}

export function injectedOf({ args }: Call): Expression | undefined {
  return args.find(
    ({ name, star }) => star === undefined && (name === undefined || name === 'dependency'),
  )?.value;
}
