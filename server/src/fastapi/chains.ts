/** Where an `async def` enters a function of the project that holds up the event loop. */
import { functionSignature } from '../python/signatures.ts';
import type { CallSite, Place, ReferenceSite } from '../python/sites.ts';
import type { Reader } from '../query/database.ts';
import type { Expression, FunctionDef } from '../syntax/nodes.ts';
import { asScript } from './blocking.ts';
import { type LoopCall, purposeOf, standingOf } from './calls.ts';
import { blockingWayFrom, nestingWayFrom, type Witness } from './effects.ts';
import { type Hop, type Leaf, rankOf } from './leaves.ts';
import { levelOnLoop } from './loop.ts';
import { isCalledInsteadOfOffloaded } from './offload.ts';
import type { Subject } from './subject.ts';
import { propertiesIn, targetsOf } from './targets.ts';

export interface Chain {
  readonly at: Expression;
  readonly way: Witness<Leaf>;
  readonly level: 'error' | 'warning' | 'info' | 'hint';
  /** Every name on the way: `orders → ReportService.build → requests.get`. */
  readonly text: string;
}

export interface CalledChain extends Chain {
  readonly call: LoopCall;
  /** Calling is not yet running: a generator that is gone through, a context manager that is entered. */
  readonly isLazy: boolean;
}

/** The chain that a call enters and that blocks; of several (a class that is made and entered) the worst. */
export function calledChain(subject: Subject, site: CallSite): CalledChain | undefined {
  return chainFrom(subject, site, blockingWayFrom);
}

/** The chain that a call enters and that starts an event loop on this one. */
export function nestingChain(subject: Subject, site: CallSite): CalledChain | undefined {
  return chainFrom(subject, site, nestingWayFrom);
}

function chainFrom(
  subject: Subject,
  site: CallSite,
  wayFrom: (db: Reader, functionId: string) => Witness<Leaf> | null,
): CalledChain | undefined {
  if (!isOnLoop(subject, site) || site.isAwaited || isCalledInsteadOfOffloaded(subject, site))
    return undefined;
  const { db, evaluator } = subject;
  const entered = targetsOf(evaluator, db, site).flatMap((target) => {
    const way = wayFrom(db, target);
    return way === null ? [] : { target, way };
  });
  const [worst] = entered.toSorted((one, other) => rankOf(other.way.leaf) - rankOf(one.way.leaf));
  const chain = worst && chainAt(subject, site, site.node.callee, worst.way);
  if (worst === undefined || chain === undefined) return undefined;
  const isLazy =
    site.use.kind === 'entered' || db.get(functionSignature, worst.target)?.isGenerator === true;
  return { ...chain, call: standingOf(subject, { ...site, name: '' }), isLazy };
}

/** The chains that reading properties enters: of an attribute chain, or before the name of what is called. */
export function readChains(subject: Subject, site: CallSite | ReferenceSite): readonly Chain[] {
  if (!isOnLoop(subject, site)) return [];
  const { node, scope } = site;
  const isCall = node.type === 'call';
  return propertiesIn(subject, isCall ? node.callee : node, scope, !isCall).flatMap(
    ({ target, at }) => {
      const way = blockingWayFrom(subject.db, target);
      return (way && chainAt(subject, site, at, way)) ?? [];
    },
  );
}

function isOnLoop<P extends Place>(
  subject: Subject,
  place: P,
): place is P & { readonly function: FunctionDef } {
  return place.function?.isAsync === true && subject.purpose === 'application';
}

function chainAt(
  subject: Subject,
  place: Place & { readonly function: FunctionDef },
  at: Expression,
  way: Witness<Leaf>,
): Chain | undefined {
  const standing = purposeOf(subject, place.function, place.scope);
  // What works with files or computes once, before the first request, holds nobody up.
  if (standing.isStartup && way.leaf.level !== 'error') return undefined;
  return {
    at,
    way,
    level: levelOnLoop(way.leaf.level, asScript(subject, standing)),
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
