/** The call graph: what each function of the project runs, on the thread that it runs on itself. */
import { blockOf, functionOf } from '../../python/definitions.ts';
import { type Place, type Sites, sitesOf } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { spelled } from '../../syntax/spelled.ts';
import { type Subject, subjectOf } from '../subject.ts';
import type { Hop } from './leaves.ts';
import { isInHandler, isUpToTheCaller, keptIn } from './once.ts';
import { propertiesIn, type Run, runningIn, runsOfCall, runsOfRead } from './targets.ts';
import { type Outgoing, usesOf } from './uses.ts';
import { wrappersOf } from './wrapping.ts';

export interface Edge extends Hop {
  /** The function around; the block, for what a module or a class does when it is made. */
  readonly from: string;
  readonly target: string;
  /** Handed to the event loop: the function here does not wait for it. */
  readonly isLater: boolean;
  /** Whether it runs at all depends on what the function is given (`if commit:`, `if user is None:`), or on what fails. */
  readonly isOptional: boolean;
  /** Only until its result is kept. */
  readonly isKept: boolean;
}

export function hopOf({ block }: Subject, callee: Expression): Hop {
  const { start, end } = callee;
  return { block, start, end, text: spelled(callee) };
}

/** What a block does with functions of the project. */
interface Runs {
  /** What runs because of what stands in it. */
  readonly edges: readonly Edge[];
  /** What it names and does not call. */
  readonly uses: readonly Outgoing[];
}

/** By block id: both in one query, as what its names mean is found out for both. */
export const runsIn = defineQuery<Runs>('runs in', (db, block) => {
  const subject = subjectOf(db, block);
  if (subject.purpose !== 'application') return { edges: [], uses: [] };
  const sites = sitesOf(db, block);
  return { edges: edgesAt(subject, sites), uses: usesOf(subject, sites) };
});

function edgesAt(subject: Subject, { calls, references, names }: Sites): readonly Edge[] {
  const { block } = subject;
  const found: Edge[] = [];
  const keepers = new Map<string, ReturnType<typeof keptIn>>();
  const add = (place: Place, runs: readonly Run[]) => {
    if (runs.length === 0) return;
    const around = runningIn(subject, place);
    // What a lambda does that is kept, or handed to who knows whom, is not done here.
    if (around === undefined && place.lambda !== undefined) return;
    const from = around === undefined ? block : place.scope;
    const node = around?.function;
    let isKept = keepers.get(from);
    if (node !== undefined && isKept === undefined) {
      isKept = keptIn(subject, node);
      keepers.set(from, isKept);
    }
    for (const { target, at, isLater } of runs)
      found.push({
        ...hopOf(subject, at),
        from,
        target,
        isLater: isLater || around?.isLater === true,
        isOptional: node !== undefined && (isUpToTheCaller(node, place) || isInHandler(place)),
        isKept: isKept?.(place) === true,
      });
  };
  for (const site of calls) {
    add(site, runsOfCall(subject, site));
    add(site, propertiesIn(subject, site.node.callee, site.scope, false));
  }
  for (const site of [...references, ...names]) add(site, runsOfRead(subject, site));
  return found;
}

/** By function id: what runs when the function does, decorators of the project included. */
export const edgesOf = defineQuery<readonly Edge[]>('edges', (db, id) => {
  const block = blockOf(id);
  const own = db.get(runsIn, block).edges.filter(({ from }) => from === id);
  if (functionOf(db, id) === undefined) return own;
  const subject = subjectOf(db, block);
  const around = wrappersOf(subject, id).map(({ id: target, decorator }) => ({
    ...hopOf(subject, decorator),
    from: id,
    target,
    isLater: false,
    isOptional: false,
    isKept: false,
  }));
  return [...own, ...around];
});
