/** Whether a query that a call comes to asks for anything of what the call is given: else it is the same for every item. */
import { QUERIES } from '../../knowledge/queries.ts';
import { blockOf, functionOf } from '../../python/definitions.ts';
import { type IsHolder, type MadeOf, madeOf, namesBelow } from '../../python/derived.ts';
import { functionSignature } from '../../python/signatures.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import { externalClassOf } from '../../python/values.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Call, Expression } from '../../syntax/nodes.ts';
import { boundNames } from '../../syntax/parts.ts';
import { type NamedCall, namedCall } from '../calls.ts';
import { isQuery, queryKind } from '../databases.ts';
import { tablesOf } from '../loops/statements.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { displayName, type QueryHop, queryingWayFrom, type Witness } from './effects.ts';
import { handedTo } from './handing.ts';
import type { Hop } from './leaves.ts';
import { isInHandler, isUpToTheCaller, keptIn } from './once.ts';
import { type Edge, edgesOf, hopOf } from './runs.ts';
import { sentThrough } from './senders.ts';
import { runningIn } from './targets.ts';

interface Asked {
  readonly hop: QueryHop;
  /** The names that it is made of. */
  readonly names: readonly string[];
  /** Those of them that say which table it asks. */
  readonly tables: readonly string[];
}

interface Passed {
  readonly edge: Edge;
  /** By parameter of what is called: the names that it is given. */
  readonly given: Readonly<Record<string, readonly string[]>>;
  /** The names that say which table it asks, where it sends the statement that it is given. */
  readonly tables: readonly string[];
}

interface Flow {
  readonly asked: readonly Asked[];
  /** What is given to calls of who knows what that are given a session as well: these may ask for it. */
  readonly lost: readonly string[];
  readonly passed: readonly Passed[];
}

/** By function id: what its queries are made of, and what it hands on. */
const flow = defineQuery<Flow>('flow', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined) return { asked: [], lost: [], passed: [] };
  const subject = subjectOf(db, blockOf(id));
  const from = madeOf(node, isHolder(subject, id));
  const tablesIn = (sent: NamedCall, of: MadeOf) =>
    tablesOf(subject, sent).flatMap((table) => [...of(table)]);
  const isKept = keptIn(subject, node);
  const calls = sitesOf(db, blockOf(id)).calls.filter(({ scope }) => scope === id);
  const asked = calls.flatMap((site) => {
    const isCertain = !isKept(site) && !isUpToTheCaller(node, site) && !isInHandler(site);
    if (!isCertain || runningIn(subject, site)?.isLater !== false) return [];
    const named = namedCall(subject, { ...site, function: node });
    if (named === undefined || !isQuery(named)) return [];
    const hop = {
      ...hopOf(subject, site.node.callee),
      kind: queryKind(subject, named),
      name: named.name,
    };
    return { hop, names: [...from(site.node)], tables: tablesIn(named, from) };
  });
  const byPlace = new Map(
    calls.map((site) => [`${site.node.callee.start}-${site.node.callee.end}`, site]),
  );
  const passed = db.get(edgesOf, id).flatMap((edge) => {
    if (edge.isLater || edge.isKept || edge.isOptional) return [];
    if (queryingWayFrom(db, edge.target) === null) return [];
    const site = byPlace.get(`${edge.start}-${edge.end}`);
    const sent = site && sentThrough(subject, edge.target, site);
    const tables = sent === undefined ? [] : tablesIn(sent, from);
    return { edge, given: handed(subject, edge.target, site?.node, from), tables };
  });
  const lost = calls.flatMap(({ node: call }) => {
    const isUnknown = subject.meaningOf(call.callee, id) === undefined;
    return isUnknown && call.args.some(({ value }) => isSession(subject, value, id))
      ? [...from(call)]
      : [];
  });
  return { asked, lost, passed };
});

/** By parameter: the names that a call gives it. Of what can't be told (a property, a decorator), all of them. */
function handed(
  subject: Subject,
  target: string,
  call: Call | undefined,
  from: MadeOf,
): Record<string, readonly string[]> {
  const found: Record<string, string[]> = {};
  if (call === undefined) {
    for (const { name } of subject.db.get(functionSignature, target)?.parameters ?? [])
      found[name] = ['*'];
    return found;
  }
  for (const { parameter, value } of handedTo(subject, target, call))
    found[parameter] = [...(found[parameter] ?? []), ...from(value)];
  return found;
}

/** What is added to a session is in no query that it sends. */
function isHolder(subject: Subject, scope: string): IsHolder {
  return (object) => !isSession(subject, object, scope);
}

export function isSession(subject: Subject, expression: Expression, scope: string): boolean {
  const session = externalClassOf(subject.meaningOf(expression, scope));
  return session !== undefined && QUERIES.has(`${session}.execute`);
}

/** Through how many functions a way may go: what is looked up further down is not what a loop is about. */
export const MAX_WAY = 4;

const MAX_STEPS = 400;

/** A commit is of what was saved for the item; far away it is of something else, such as a token that was renewed. */
const MAX_COMMIT_HOPS = 3;

/**
 * The shortest way to a query about an item; `tables` where each item has a table of its own, `none` where no query asks for any.
 * `unknown`: there are too many functions to look at.
 */
export type WayAbout = Witness<QueryHop> | 'none' | 'tables' | 'unknown';

interface Step {
  readonly id: string;
  readonly about: ReadonlySet<string>;
  readonly hops: readonly Hop[];
  readonly names: readonly string[];
}

/** The shortest way from a function to a query that is about some of its parameters. */
function search(db: Reader, from: string, about: ReadonlySet<string>): WayAbout {
  const queue: Step[] = [{ id: from, about, hops: [], names: [displayName(from)] }];
  const seen = new Set<string>();
  for (const step of queue) {
    const { id, about: own, hops, names } = step;
    const key = [id, ...[...own].sort()].join('\n');
    if (seen.has(key)) continue;
    seen.add(key);
    if (seen.size > MAX_STEPS) return 'unknown';
    const { asked, lost, passed } = db.get(flow, id);
    const isSaved = hops.length <= MAX_COMMIT_HOPS;
    const isOwn = (name: string) => own.has(name);
    if ([...asked, ...passed].some(({ tables }) => tables.some(isOwn))) return 'tables';
    const leaf = asked.find(
      ({ hop, names: made }) => (isSaved && hop.kind === 'commit') || made.some(isOwn),
    );
    if (leaf !== undefined) return { names, hops, leaf: leaf.hop };
    if (lost.some(isOwn)) return 'unknown';
    if (hops.length >= MAX_WAY) continue;
    for (const one of passed) {
      const next = aboutBelow(step, one);
      if (next.size === 0) continue;
      const { target, block, start, end, text } = one.edge;
      queue.push({
        id: target,
        about: next,
        hops: [...hops, { block, start, end, text }],
        names: [...names, displayName(target)],
      });
    }
  }
  return 'none';
}

/** What a function that is called further down is given of it: its parameters, and what it sees around it. */
function aboutBelow({ id, about }: Step, { edge, given }: Passed): ReadonlySet<string> {
  const found = new Set<string>();
  for (const [parameter, made] of Object.entries(given))
    if (made.some((name) => name === '*' || about.has(name))) found.add(parameter);
  // What is defined inside sees the names around it.
  if (edge.target.startsWith(`${id}>`)) for (const name of about) found.add(name);
  return found;
}

const aboutWay = defineQuery<WayAbout>('about way', (db, key) => {
  const [id = '', ...about] = key.split('\n');
  return search(db, id, new Set(about));
});

/**
 * The way from what a call in a loop runs to a query that is about an item, or that ends a transaction. `none` where the items are
 * handed over and no query asks for them: `await client.fetch(key)`, which looks up its own token each time. `unknown` also where
 * nothing of an item is handed over.
 */
export function wayAboutItems(
  subject: Subject,
  target: string,
  { node, function: around, loops, scope }: CallSite,
): WayAbout {
  if (around === undefined) return 'unknown';
  const { db } = subject;
  const items = new Set(loops.flatMap(({ target: item }) => boundNames(item)));
  const from = madeOf(around, isHolder(subject, scope));
  const given = handed(subject, target, node, from);
  const about = Object.entries(given).flatMap(([parameter, made]) =>
    made.some((name) => items.has(name)) ? parameter : [],
  );
  // What is defined inside sees them without being given them.
  if (target.includes('>'))
    for (const name of namesBelow(functionOf(db, target)?.body ?? []))
      if ([...from(nameNode(name))].some((one) => items.has(one))) about.push(name);
  if (about.length === 0) return 'unknown';
  return db.get(aboutWay, [target, ...[...new Set(about)].sort()].join('\n'));
}

function nameNode(id: string): Expression {
  return { type: 'name', id, start: 0, end: 0 };
}
