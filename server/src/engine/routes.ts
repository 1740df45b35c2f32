/** The applications of the workspace as a person reads them: names, full paths, and where each handler stands. */

import type { Dependency } from '../fastapi/running/dependencies.ts';
import type { ServedRoute } from '../fastapi/running/flatten.ts';
import { type Application, applications } from '../fastapi/running/project.ts';
import { definitionOf, pathOf } from '../python/definitions.ts';
import { moduleName } from '../python/modules.ts';
import type { Reader } from '../query/database.ts';
import type { Range } from './diagnostic.ts';
import { blockStarts, fileLines } from './present.ts';

export interface ListedRoute {
  readonly kind: ServedRoute['kind'];
  readonly methods: readonly string[];
  readonly path: string;
  readonly name: string | null;
  /** Of the handler's `def`; of the call, for a mount. */
  readonly location: { readonly path: string; readonly range: Range } | null;
  /** `module.qualname`; `null` for a mount and for what is not of the workspace. */
  readonly handler: string | null;
  /** What runs before it, by `module.qualname` (or the public name), each once, in the order they are met. */
  readonly dependencies: readonly string[];
}

export interface ListedApplication {
  /** `module:variable`, as a server is told it. */
  readonly app: string;
  readonly path: string;
  readonly routes: readonly ListedRoute[];
}

export function listApplications(db: Reader): readonly ListedApplication[] {
  return db.get(applications, '').map((application) => listApplication(db, application));
}

export function listApplication(db: Reader, application: Application): ListedApplication {
  const { path, variable, routes } = application;
  return {
    app: `${moduleName(db, path)}:${variable}`,
    path,
    routes: routes.map((route) => {
      const { kind, methods, name } = route;
      return {
        kind,
        methods,
        path: route.path,
        name,
        location: locationOf(db, route),
        handler: handlerName(db, route),
        dependencies: [...new Set(dependencyNames(db, route.needs.dependencies))],
      };
    }),
  };
}

function locationOf(db: Reader, route: ServedRoute): ListedRoute['location'] {
  const { lambdaAt, handler, kind, at } = route;
  if (lambdaAt) return placed(db, lambdaAt.block, lambdaAt.start, lambdaAt.end);
  if (kind === 'mount') return placed(db, at.block, at.start, at.end);
  const definition = handler === null ? undefined : definitionOf(db, handler);
  if (definition === undefined || handler === null) return null;
  const { nameStart, name } = definition.node;
  return placed(db, handler, nameStart, nameStart + name.length);
}

function placed(db: Reader, block: string, start: number, end: number) {
  const path = pathOf(block);
  const offset = db.get(blockStarts, path).get(outerBlock(block)) ?? 0;
  return { path, range: db.get(fileLines, path).rangeOf(offset + start, offset + end) };
}

function outerBlock(id: string): string {
  const nested = id.indexOf('>', id.lastIndexOf('#'));
  return nested < 0 ? id : id.slice(0, nested);
}

function dependencyNames(db: Reader, dependencies: readonly Dependency[]): string[] {
  return dependencies.flatMap(({ target, external, dependencies: below }) => {
    const name = target === null ? external : qualifiedName(db, target, false);
    return [...(name === null ? [] : [name]), ...dependencyNames(db, below)];
  });
}

/** `app.users.UserView.get`, `app.main.create_app.<locals>.root`, `app.main.<lambda>`. */
function handlerName(db: Reader, { handler, lambdaAt }: ServedRoute): string | null {
  return handler === null ? null : qualifiedName(db, handler, lambdaAt !== null);
}

/** The name of a definition as Python has it. */
export function qualifiedName(db: Reader, handler: string, isLambda: boolean): string {
  const module = moduleName(db, pathOf(handler));
  const key = handler.slice(handler.lastIndexOf('#') + 1);
  const parts: string[] = [];
  // A class's names follow it directly; a function's are its locals.
  let isFunction = false;
  let id = handler.slice(0, handler.lastIndexOf('#') + 1);
  for (const [index, part] of key.split(/(?=[/>])/).entries()) {
    if (part === '') continue;
    id += part;
    const name = part.replace(/^[/>]/, '').replace(/~\d+$/, '');
    const definition = definitionOf(db, id);
    if (definition === undefined) continue;
    if (isFunction && index > 0) parts.push('<locals>');
    parts.push(name);
    isFunction = definition.node.type === 'function';
  }
  if (isLambda) parts.push(...(isFunction ? ['<locals>'] : []), '<lambda>');
  return [module, ...parts].join('.');
}
