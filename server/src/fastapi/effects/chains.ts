/** Where an `async def` enters a function of the project that holds up the event loop. */
import { functionSignature } from '../../python/signatures.ts';
import {
  type CallSite,
  type NameSite,
  type Place,
  type ReferenceSite,
  sitesOf,
} from '../../python/sites.ts';
import type { Reader } from '../../query/database.ts';
import type { Expression, FunctionDef } from '../../syntax/nodes.ts';
import { type LoopCall, purposeOf, standingOf } from '../calls.ts';
import type { Subject } from '../subject.ts';
import { blockingWayFrom, nestingWayFrom, touchingWayFrom, type Witness } from './effects.ts';
import { wayGiven } from './given.ts';
import { type Hop, type Leaf, rankOf } from './leaves.ts';
import { levelOnLoop } from './loop.ts';
import { isCalledInsteadOfOffloaded } from './offload.ts';
import {
  laterRunsOfCall,
  propertiesIn,
  type Run,
  runningIn,
  runsOfCall,
  runsOfRead,
} from './targets.ts';
import { hasTerminal } from './terminal.ts';

export interface Chain {
  readonly at: Expression;
  readonly way: Witness<Leaf>;
  readonly level: 'error' | 'warning' | 'info' | 'hint';
  /** Every name on the way: `orders → ReportService.build → requests.get`. */
  readonly text: string;
}

export interface CalledChain extends Chain {
  readonly call: LoopCall;
  /** Calling is not yet running: a generator that is gone through, a context manager that is entered, a function that is handed on. */
  readonly isLazy: boolean;
}

/** The chains that a call enters and that block, of what is called and of what it is handed. */
export function calledChains(subject: Subject, site: CallSite): readonly CalledChain[] {
  return chainsFromCall(subject, site, blockingWayFrom);
}

/** The chains that a call enters and that start an event loop on this one. */
export function nestingChains(subject: Subject, site: CallSite): readonly CalledChain[] {
  return chainsFromCall(subject, site, nestingWayFrom);
}

/** The chains that a call enters and that only ask the disk; none where it blocks anyway. */
export function touchingChains(subject: Subject, site: CallSite): readonly CalledChain[] {
  const found = chainsFromCall(subject, site, touchingWayFrom);
  return found.length > 0 && calledChains(subject, site).length > 0 ? [] : found;
}

/** Of several at one place (a class that is made and entered) the worst. */
function chainsFromCall(
  subject: Subject,
  site: CallSite,
  wayFrom: (db: Reader, functionId: string) => Witness<Leaf> | null,
): readonly CalledChain[] {
  const { db } = subject;
  const around = placeOnLoop(subject, site);
  if (around === undefined || site.isAwaited || isCalledInsteadOfOffloaded(subject, site))
    return [];
  const worst = new Map<Expression, { readonly target: string; readonly way: Witness<Leaf> }>();
  const runs = around.isOnLoop ? runsOfCall(subject, site) : laterRunsOfCall(subject, site);
  for (const { target, at } of runs) {
    const isCalled = at === site.node.callee;
    const way = isCalled ? wayGiven(subject, target, site, wayFrom) : wayFrom(db, target);
    const known = worst.get(at);
    if (way === null || (known && rankOf(known.way.leaf) >= rankOf(way.leaf))) continue;
    worst.set(at, { target, way });
  }
  if (worst.size === 0) return [];
  const call = standingOf(subject, { ...site, function: around.function, name: '' });
  return [...worst].flatMap(([at, { target, way }]) => {
    const chain = chainAt(subject, { ...site, function: around.function }, at, way);
    if (chain === undefined) return [];
    const isLazy =
      at !== site.node.callee ||
      site.use.kind === 'entered' ||
      db.get(functionSignature, target)?.isGenerator === true;
    return { ...chain, call, isLazy };
  });
}

/** The chains that reading enters: properties of an attribute chain, and objects that are entered or gone through. */
export function readChains(subject: Subject, site: ReferenceSite | NameSite): readonly Chain[] {
  return chainsFrom(subject, site, () => runsOfRead(subject, site));
}

/** The chains of the properties that stand before the name of what is called. */
export function receiverChains(subject: Subject, site: CallSite): readonly Chain[] {
  return chainsFrom(subject, site, () =>
    propertiesIn(subject, site.node.callee, site.scope, false),
  );
}

/** All chains that a function enters, the worst of them first. */
export function chainsIn(subject: Subject, functionId: string): readonly Chain[] {
  const { calls, references, names } = sitesOf(subject.db, subject.block);
  const isOwn = ({ scope }: Place) => scope === functionId;
  const called = calls
    .filter(isOwn)
    .flatMap((site) => [...receiverChains(subject, site), ...calledChains(subject, site)]);
  const read = [...references, ...names].filter(isOwn).flatMap((site) => readChains(subject, site));
  return [...called, ...read].toSorted(
    (one, other) => rankOf(other.way.leaf) - rankOf(one.way.leaf) || one.at.start - other.at.start,
  );
}

function chainsFrom(subject: Subject, place: Place, runs: () => readonly Run[]): readonly Chain[] {
  const around = placeOnLoop(subject, place);
  if (around?.isOnLoop !== true) return [];
  return runs().flatMap(({ target, at }) => {
    const way = blockingWayFrom(subject.db, target);
    return (way && chainAt(subject, { ...place, function: around.function }, at, way)) ?? [];
  });
}

/** The function that a place runs in, and whether it runs on the event loop. */
function placeOnLoop(subject: Subject, place: Place) {
  if (subject.purpose !== 'application') return undefined;
  const around = runningIn(subject, place);
  return around && { ...around, isOnLoop: around.isLater || around.function.isAsync };
}

function chainAt(
  subject: Subject,
  place: Place & { readonly function: FunctionDef },
  at: Expression,
  way: Witness<Leaf>,
): Chain | undefined {
  const standing = purposeOf(subject, place.function, place.scope);
  // Starting a loop on a loop fails there, too.
  if (way.leaf.rule !== 'async/nested-event-loop' && standing.isCommand()) return undefined;
  // What works with files or computes once, before the first request, holds nobody up.
  if (way.leaf.level !== 'error' && standing.isStartup()) return undefined;
  if (way.leaf.rule === 'async/blocking-input' && hasTerminal(subject, place.scope))
    return undefined;
  return {
    at,
    way,
    level: levelOnLoop(way.leaf.level, standing),
    text: chainText(place.function.name, way),
  };
}

/** `orders → ReportService.build → requests.get`. */
export function chainText(from: string, { names, leaf }: Witness<Hop>): string {
  return `\`${[from, ...names, leaf.text].join(' → ')}\``;
}

/** Each call on the way, as related information. */
export function hopsOf({ hops, leaf }: Witness<Hop>) {
  return [...hops, leaf].map(({ block, start, end, text }) => ({
    at: { block, start, end },
    message: text,
  }));
}
