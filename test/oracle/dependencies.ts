/** Our dependency trees against those of the running app: exactly, as text that a person can compare. */
import { qualifiedName } from '../../server/src/engine/routes.ts';
import type { Dependency } from '../../server/src/fastapi/running/dependencies.ts';
import type { ServedRoute } from '../../server/src/fastapi/running/flatten.ts';
import type { Reader } from '../../server/src/query/database.ts';
import type { RunningApp, RunningDependency, RunningRoute } from './oracle.mjs';

export interface TreeComparison {
  /** Routes that both have. */
  readonly routes: number;
  /** Of those, routes with a dependency. */
  readonly withDependencies: number;
  readonly exact: number;
  readonly reports: readonly string[];
}

/** Compares the trees of the routes that both list under the same methods, path and handler. */
export function compareTrees(
  db: Reader,
  ours: readonly ServedRoute[],
  { app, routes }: RunningApp,
): TreeComparison {
  const left = [...ours];
  const reports: string[] = [];
  let compared = 0;
  let withDependencies = 0;
  for (const running of routes) {
    const index = left.findIndex((route) => isSame(db, route, running));
    const [found] = index < 0 ? [] : left.splice(index, 1);
    if (found === undefined) continue;
    compared++;
    const wanted = runningLines(running.dependencies);
    const given = ourLines(db, found.needs.dependencies);
    if (wanted.length > 0) withDependencies++;
    if (wanted.join('\n') === given.join('\n')) continue;
    const title = `${app} ${running.methods.join(',')} ${running.path} (${running.handler})`;
    reports.push([title, ...difference(wanted, given)].join('\n'));
  }
  return { routes: compared, withDependencies, exact: compared - reports.length, reports };
}

function isSame(db: Reader, ours: ServedRoute, running: RunningRoute): boolean {
  return (
    ours.kind === running.kind &&
    ours.methods.join() === running.methods.join() &&
    (ours.path === running.path || ours.path.includes('{…}')) &&
    ours.name === running.name &&
    (running.handler === null ||
      ours.handler === null ||
      ours.lambdaAt !== null ||
      qualifiedName(db, ours.handler, false) === running.handler)
  );
}

function runningLines(dependencies: readonly RunningDependency[], indent = ''): string[] {
  return dependencies.flatMap(({ call, dependencies: below, ...one }) => [
    lineOf(indent, nameless(call), one),
    ...runningLines(below, `${indent}  `),
  ]);
}

/** A lambda has no name that it could be told by. */
function nameless(call: string): string {
  return call.endsWith('<lambda>') ? '<lambda>' : call;
}

function ourLines(db: Reader, dependencies: readonly Dependency[], indent = ''): string[] {
  return dependencies.flatMap((one) => {
    const { target, external } = one;
    const external_ = external?.slice(external.lastIndexOf('.') + 1) ?? '?';
    const call = target === null ? external_ : qualifiedName(db, target, false);
    return [lineOf(indent, call, one), ...ourLines(db, one.dependencies, `${indent}  `)];
  });
}

type Told = Pick<Dependency, 'parameter' | 'useCache' | 'scope' | 'securityScopes'>;

function lineOf(
  indent: string,
  call: string,
  { parameter, useCache, scope, securityScopes }: Told,
): string {
  const asks = securityScopes.length > 0 ? `asks for ${securityScopes.join(' ')}` : '';
  const notes = [useCache ? '' : 'no cache', scope ?? '', asks].filter(Boolean).join(', ');
  return `${indent}${parameter ?? '-'}: ${call}${notes === '' ? '' : ` (${notes})`}`;
}

function difference(wanted: readonly string[], given: readonly string[]): string[] {
  const from = wanted.findIndex((line, index) => line !== given[index]);
  const at = from < 0 ? wanted.length : from;
  return [
    ...wanted.slice(at, at + 4).map((line) => `  - ${line}`),
    ...given.slice(at, at + 4).map((line) => `  + ${line}`),
  ];
}
