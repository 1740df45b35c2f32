/** What changed between two states of a project's routes. */
import { methodsOf, type PrintedApplication, type PrintedRoute } from './routes.ts';

export interface RouteChanges {
  readonly added: readonly Named[];
  readonly removed: readonly Named[];
  /** The same handler at another path or with other methods. */
  readonly moved: readonly { readonly from: Named; readonly to: Named }[];
  readonly dependencies: readonly {
    readonly route: Named;
    readonly added: readonly string[];
    readonly removed: readonly string[];
  }[];
}

export interface Named {
  readonly app: string;
  readonly kind: PrintedRoute['kind'];
  readonly methods: readonly string[];
  readonly path: string;
  readonly handler: string | null;
}

interface Entry {
  readonly named: Named;
  readonly key: string;
  readonly dependencies: readonly string[];
}

export function changedRoutes(
  before: readonly PrintedApplication[],
  after: readonly PrintedApplication[],
): RouteChanges {
  const old = entriesOf(before);
  const now = entriesOf(after);
  const oldKeys = new Map(old.map((entry) => [entry.key, entry]));
  const newKeys = new Set(now.map(({ key }) => key));
  const gone = old.filter(({ key }) => !newKeys.has(key));
  const fresh = now.filter(({ key }) => !oldKeys.has(key));
  const moved: { from: Named; to: Named }[] = [];
  for (const entry of [...fresh]) {
    const { app, handler } = entry.named;
    const index = gone.findIndex(
      ({ named }) => handler !== null && named.handler === handler && named.app === app,
    );
    const [from] = index < 0 ? [] : gone.splice(index, 1);
    if (from === undefined) continue;
    fresh.splice(fresh.indexOf(entry), 1);
    moved.push({ from: from.named, to: entry.named });
  }
  const dependencies = now.flatMap((entry) => {
    const known = oldKeys.get(entry.key);
    if (known === undefined) return [];
    const added = entry.dependencies.filter((one) => !known.dependencies.includes(one));
    const removed = known.dependencies.filter((one) => !entry.dependencies.includes(one));
    return added.length + removed.length === 0 ? [] : [{ route: entry.named, added, removed }];
  });
  return {
    added: fresh.map(({ named }) => named),
    removed: gone.map(({ named }) => named),
    moved,
    dependencies,
  };
}

function entriesOf(applications: readonly PrintedApplication[]): Entry[] {
  const seen = new Map<string, number>();
  return applications.flatMap(({ app, routes }) =>
    routes.map(({ kind, methods, path, handler, dependencies }) => {
      const base = [app, kind, methods.join(','), path].join(' ');
      const count = seen.get(base) ?? 0;
      seen.set(base, count + 1);
      return {
        named: { app, kind, methods, path, handler },
        key: `${base} ${count}`,
        dependencies,
      };
    }),
  );
}

export function printChanges({ added, removed, moved, dependencies }: RouteChanges): string {
  const lines = [
    ...added.map((route) => `+ ${labelOf(route)}`),
    ...removed.map((route) => `- ${labelOf(route)}`),
    ...moved.map(({ from, to }) => `> ${labelOf(from)} → ${labelOf(to)}`),
    ...dependencies.map(({ route, added: more, removed: less }) => {
      const names = [...more.map((name) => `+${name}`), ...less.map((name) => `-${name}`)];
      return `~ ${labelOf(route)}: dependencies ${names.join(' ')}`;
    }),
  ];
  return lines.length === 0 ? 'No route changed.\n' : lines.map((line) => `${line}\n`).join('');
}

function labelOf(route: Named): string {
  return `${methodsOf(route)} ${route.path === '' ? '/' : route.path}`;
}
