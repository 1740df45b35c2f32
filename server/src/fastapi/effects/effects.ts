/**
 * What calling a function of the project does, however deep: the first call on the shortest way that holds up the
 * thread, and the first that queries a database. Each function's own part is a query; the way is searched over those, so
 * recursion ends, and a body that changes without changing its part touches nobody.
 */
import { blockOf, functionOf, nameOf } from '../../python/definitions.ts';
import { functionSignature } from '../../python/signatures.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { namedCall } from '../calls.ts';
import { isQuery, queryKind } from '../databases.ts';
import { subjectOf } from '../subject.ts';
import { type Hop, type Leaf, leafOf, rankOf, statLeaf, WORST, worse } from './leaves.ts';
import { asksForLoop, nestingLeaf } from './nested-loop.ts';
import { isInHandler, isUpToTheCaller, keptIn } from './once.ts';
import { type Edge, edgesOf, hopOf } from './runs.ts';
import { runningIn } from './targets.ts';

/** From a function to what it comes to. `names` are the functions on the way, the first being the called one. */
export interface Witness<L extends Hop> {
  readonly names: readonly string[];
  readonly hops: readonly Hop[];
  readonly leaf: L;
}

/** A query that a function sends. */
export interface QueryHop extends Hop {
  readonly kind: ReturnType<typeof queryKind>;
  /** The public name of what is called. */
  readonly name: string;
}

interface OwnEffects {
  readonly blocks: Leaf | null;
  /** It asks the disk for something small: of interest to who asks for async/blocking-file-stat. */
  readonly touches: Leaf | null;
  /** It starts an event loop, which fails where one runs. */
  readonly nests: Leaf | null;
  /** It looks whether an event loop runs, and does as it finds. */
  readonly asksForLoop: boolean;
  readonly queries: QueryHop | null;
  readonly commits: QueryHop | null;
}

const NOTHING: OwnEffects = {
  blocks: null,
  touches: null,
  nests: null,
  asksForLoop: false,
  queries: null,
  commits: null,
};

/** By function id: what the function's own body does. */
const ownEffects = defineQuery<OwnEffects>('own effects', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined) return NOTHING;
  const block = blockOf(id);
  const subject = subjectOf(db, block);
  if (subject.purpose !== 'application') return NOTHING;
  const sites = sitesOf(db, block);
  const isKept = keptIn(subject, node);
  let blocks: Leaf | null = null;
  let touches: Leaf | null = null;
  let nests: Leaf | null = null;
  let asks = false;
  let queries: QueryHop | null = null;
  let commits: QueryHop | null = null;
  for (const site of sites.calls) {
    if (site.scope !== id || isKept(site) || runningIn(subject, site)?.isLater !== false) continue;
    const named = namedCall(subject, { ...site, function: node });
    if (named === undefined) continue;
    const hop = hopOf(subject, site.node.callee);
    if (!site.isAwaited) blocks = worse(blocks, leafOf(subject, named, hop));
    if (!site.isAwaited) touches ??= statLeaf(named, hop);
    if (!isUpToTheCaller(node, site)) nests ??= nestingLeaf(named, hop);
    asks ||= asksForLoop(named);
    if (!isQuery(named) || isUpToTheCaller(node, site) || isInHandler(site)) continue;
    const query: QueryHop = { ...hop, kind: queryKind(subject, named), name: named.name };
    queries ??= query;
    if (query.kind === 'commit') commits ??= query;
  }
  return { blocks, touches, nests, asksForLoop: asks, queries, commits };
});

/** By function id: every call in its own body that holds up the thread. */
const leavesIn = defineQuery<readonly Leaf[]>('leaves in', (db, id) => {
  const node = functionOf(db, id);
  const subject = subjectOf(db, blockOf(id));
  if (node === undefined) return [];
  return sitesOf(db, blockOf(id)).calls.flatMap((site) => {
    const isHere = site.scope === id && runningIn(subject, site)?.isLater === false;
    const named =
      isHere && !site.isAwaited ? namedCall(subject, { ...site, function: node }) : undefined;
    return (named && leafOf(subject, named, hopOf(subject, site.node.callee))) ?? [];
  });
});

/** The ways from a function to everything that holds up its thread: in its own body, or behind one of its calls. */
export function blockingWaysIn(
  db: Reader,
  functionId: string,
): readonly { readonly at: Hop; readonly way: Witness<Leaf> | null; readonly leaf: Leaf }[] {
  const own = db.get(leavesIn, functionId).map((leaf) => ({ at: leaf, way: null, leaf }));
  const below = db.get(edgesOf, functionId).flatMap((edge) => {
    const way = edge.isLater ? null : db.get(waitingWay, edge.target);
    return way === null ? [] : { at: edge, way, leaf: way.leaf };
  });
  return [...own, ...below].toSorted((one, other) => rankOf(other.leaf) - rankOf(one.leaf));
}

/** How far a way may be, and how many functions are looked at for it. */
const MAX_HOPS = 12;
const MAX_FUNCTIONS = 2_000;

/** Which functions and edges a search goes through, and what it looks for. */
interface Search<L extends Hop> {
  find(own: OwnEffects): L | null;
  follow(edge: Edge, own: OwnEffects): boolean;
  /** How bad it is; what is as bad as `WORST` ends the search. */
  rank(leaf: L): number;
}

/** The shortest way from a function to what is looked for. */
function shortest<L extends Hop>(db: Reader, from: string, search: Search<L>): Witness<L> | null {
  interface Step {
    readonly id: string;
    readonly hops: readonly Hop[];
    readonly names: readonly string[];
  }
  const queue: Step[] = [{ id: from, hops: [], names: [displayName(from)] }];
  const seen = new Set([from]);
  let found: Witness<L> | null = null;
  for (let step = queue.shift(); step !== undefined; step = queue.shift()) {
    const own = db.get(ownEffects, step.id);
    const leaf = search.find(own);
    if (leaf !== null && (found === null || search.rank(leaf) > search.rank(found.leaf))) {
      found = { names: step.names, hops: step.hops, leaf };
      if (search.rank(leaf) === WORST) return found;
    }
    if (step.hops.length >= MAX_HOPS || seen.size >= MAX_FUNCTIONS) continue;
    for (const edge of db.get(edgesOf, step.id)) {
      const { target, block, start, end, text } = edge;
      if (edge.isLater || edge.isKept || seen.has(target) || !search.follow(edge, own)) continue;
      seen.add(target);
      queue.push({
        id: target,
        hops: [...step.hops, { block, start, end, text }],
        names: [...step.names, displayName(target)],
      });
    }
  }
  return found;
}

/** `ReportService.build`, `load`. */
export function displayName(id: string): string {
  const key = id.slice(id.lastIndexOf('#') + 1);
  const parts = key.split(/[/>]/).map((part) => part.replace(/~\d+$/, ''));
  return parts.length > 1 && parts[parts.length - 1] === '__init__'
    ? (parts[parts.length - 2] ?? nameOf(id))
    : parts.slice(-2).join('.');
}

const blockingWay = defineQuery<Witness<Leaf> | null>('blocking way', (db, id) =>
  plainWay(db, id, ({ blocks }) => blocks, rankOf),
);

const touchingWay = defineQuery<Witness<Leaf> | null>('touching way', (db, id) =>
  plainWay(
    db,
    id,
    ({ touches }) => touches,
    () => WORST,
  ),
);

/** A way through plain functions only. */
function plainWay(
  db: Reader,
  id: string,
  find: Search<Leaf>['find'],
  rank: Search<Leaf>['rank'],
): Witness<Leaf> | null {
  const isPlain = (one: string) => db.get(functionSignature, one)?.isAsync === false;
  if (!isPlain(id)) return null;
  return shortest(db, id, { find, follow: ({ target }) => isPlain(target), rank });
}

/** The same through what is awaited. */
const waitingWay = defineQuery<Witness<Leaf> | null>('waiting way', (db, id) =>
  shortest(db, id, { find: ({ blocks }) => blocks, follow: () => true, rank: rankOf }),
);

const nestingWay = defineQuery<Witness<Leaf> | null>('nesting way', (db, id) => {
  const isPlain = (one: string) => db.get(functionSignature, one)?.isAsync === false;
  if (!isPlain(id)) return null;
  return shortest(db, id, {
    find: ({ nests, asksForLoop }) => (asksForLoop ? null : nests),
    follow: (edge, own) => !own.asksForLoop && isCertain(edge) && isPlain(edge.target),
    rank: () => WORST,
  });
});

const queryingWay = defineQuery<Witness<QueryHop> | null>('querying way', (db, id) =>
  shortest(db, id, { find: ({ queries }) => queries, follow: isCertain, rank: () => WORST }),
);

const committingWay = defineQuery<Witness<QueryHop> | null>('committing way', (db, id) =>
  shortest(db, id, { find: ({ commits }) => commits, follow: isCertain, rank: () => WORST }),
);

function isCertain({ isOptional }: Edge): boolean {
  return !isOptional;
}

/** How calling a plain function of the project comes to hold up its thread: the worst of it, by the shortest way. */
export function blockingWayFrom(db: Reader, functionId: string): Witness<Leaf> | null {
  return db.get(blockingWay, functionId);
}

/** How running a function on the event loop, asynchronous or not, comes to hold the loop up. */
export function stoppingWayFrom(db: Reader, functionId: string): Witness<Leaf> | null {
  const way = db.get(waitingWay, functionId);
  // A lock that may be free at once is no proof.
  return way === null || way.leaf.level === 'hint' ? null : way;
}

/** How calling a plain function of the project comes to ask the disk for something small. */
export function touchingWayFrom(db: Reader, functionId: string): Witness<Leaf> | null {
  return db.get(touchingWay, functionId);
}

/** How calling a plain function of the project comes to start an event loop. */
export function nestingWayFrom(db: Reader, functionId: string): Witness<Leaf> | null {
  return db.get(nestingWay, functionId);
}

/** How running a function of the project comes to query a database. */
export function queryingWayFrom(db: Reader, functionId: string): Witness<QueryHop> | null {
  return db.get(queryingWay, functionId);
}

/** Whether running a function of the project ends a transaction. */
export function commits(db: Reader, functionId: string): boolean {
  return db.get(committingWay, functionId) !== null;
}
