/** `fastapi-mentor routes`: every application of a project with its routes, without running it. */
import type { ListedApplication, ListedRoute } from '../engine/routes.ts';
import { decode } from '../project/decode.ts';
import { type CliDeps, UsageError } from './deps.ts';
import { readTarget } from './paths.ts';
import { changedRoutes, printChanges } from './routesDiff.ts';
import { textsBelow, workspaceOf } from './texts.ts';

export interface RoutesOptions {
  readonly format: 'text' | 'json';
  /** A commit, branch or tag: tells what has changed since. */
  readonly diff?: string;
}

/** A route as it is printed: 1-based line, path relative to the PATH argument. */
export interface PrintedRoute extends Omit<ListedRoute, 'location'> {
  readonly location: { readonly path: string; readonly line: number } | null;
}

export interface PrintedApplication {
  readonly app: string;
  readonly path: string;
  readonly routes: readonly PrintedRoute[];
}

/** Prints the routes below a path, or what changed in them. Rejects with a `UsageError` for a path that is not there. */
export async function routes(
  typed: string,
  options: RoutesOptions,
  deps: CliDeps,
): Promise<number> {
  const target = await readTarget(deps.fs, typed, deps.resolvePath(typed), deps.resolvePath('.'));
  const { root } = target;
  const now = await applicationsBelow(await textsBelow(root, deps), root, deps);
  if (options.diff !== undefined) {
    const files = await deps.readGitTree(root, options.diff).catch((error: unknown) => {
      throw new UsageError(error instanceof Error ? error.message : String(error));
    });
    const then = await applicationsBelow(
      new Map(files.flatMap(([path, bytes]) => textOf(path, bytes))),
      root,
      deps,
    );
    const changes = changedRoutes(then, now);
    deps.stdout.write(
      options.format === 'json' ? `${JSON.stringify(changes, null, 2)}\n` : printChanges(changes),
    );
    return 0;
  }
  deps.stdout.write(
    options.format === 'json' ? `${JSON.stringify({ apps: now }, null, 2)}\n` : printTable(now),
  );
  return 0;
}

function textOf(path: string, bytes: Uint8Array): [string, string][] {
  const decoded = decode(bytes);
  return decoded.text === undefined ? [] : [[path, decoded.text]];
}

async function applicationsBelow(
  texts: ReadonlyMap<string, string>,
  root: string,
  deps: CliDeps,
): Promise<PrintedApplication[]> {
  const workspace = await workspaceOf(texts, root, deps);
  const relative = (path: string) => path.slice(root.length + 1);
  return workspace.applications().map((application: ListedApplication) => ({
    app: application.app,
    path: relative(application.path),
    routes: application.routes.map((route) => ({
      ...route,
      location: route.location && {
        path: relative(route.location.path),
        line: route.location.range.start.line + 1,
      },
    })),
  }));
}

function printTable(applications: readonly PrintedApplication[]): string {
  if (applications.length === 0) return 'No application found.\n';
  const parts = applications.map(({ app, routes: all }) => {
    const rows = all.map((route) => [
      methodsOf(route),
      route.path === '' ? '/' : route.path,
      route.handler ?? route.name ?? '',
      route.location ? `${route.location.path}:${route.location.line}` : '',
    ]);
    const widths = [0, 1, 2].map((column) =>
      Math.max(0, ...rows.map((row) => (row[column] ?? '').length)),
    );
    const lines = rows.map((row) =>
      row
        .map((cell, column) => (column < 3 ? cell.padEnd(widths[column] ?? 0) : cell))
        .join('  ')
        .trimEnd(),
    );
    return `${app} (${all.length} ${all.length === 1 ? 'route' : 'routes'})\n${lines.map((line) => `  ${line}\n`).join('')}`;
  });
  return parts.join('\n');
}

/** `GET,POST`; `WS` and `MOUNT` for what has no methods. */
export function methodsOf({ kind, methods }: Pick<PrintedRoute, 'kind' | 'methods'>): string {
  if (kind === 'http') return methods.length > 0 ? methods.join(',') : '*';
  return kind === 'websocket' ? 'WS' : 'MOUNT';
}
