/** Walking what routes depend on. */
import { enclosingOf, nameOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import type { Reader } from '../../query/database.ts';
import type { Dependency } from './dependencies.ts';

/** Every dependency of a tree, each before its own. */
export function eachDependency(
  dependencies: readonly Dependency[],
  visit: (dependency: Dependency) => void,
): void {
  for (const dependency of dependencies) {
    visit(dependency);
    eachDependency(dependency.dependencies, visit);
  }
}

/** What a dependency is called: the class of one that is an object. */
export function dependencyName(id: string): string {
  const owner = /^__\w+__$/.test(nameOf(id)) ? enclosingOf(id) : null;
  return nameOf(owner ?? id);
}

/** When what follows the `yield` of a dependency runs: before the answer is sent (`function`), or after. Nothing for one without. */
export function lifetimeOf(
  db: Reader,
  { target, scope }: Dependency,
): 'function' | 'request' | undefined {
  const signature = target === null ? null : db.get(functionSignature, target);
  if (!signature?.isGenerator) return undefined;
  return scope === 'function' ? 'function' : 'request';
}
