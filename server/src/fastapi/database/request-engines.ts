/** Engines, pools and clients of databases that are made anew for each request. */
import { NO_POOL, POOL_MAKERS } from '../../knowledge/engines.ts';
import { blockOf, functionOf, nameOf } from '../../python/definitions.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import { spelled } from '../calls.ts';
import { keptIn } from '../effects/once.ts';
import { runsOfCall } from '../effects/targets.ts';
import { isInjected } from '../handlers.ts';
import { originOf } from '../origins.ts';
import { argumentOf } from '../routes.ts';
import { type Subject, subjectOf } from '../subject.ts';

export interface RequestEngine {
  /** `create_engine`. */
  readonly maker: string;
  /** The function of the project that makes it, when it is not made here. */
  readonly through: string | undefined;
}

/** What a call in a path operation or a dependency makes anew for each request, itself or in the function that it calls. */
export function requestEngine(subject: Subject, site: CallSite): RequestEngine | undefined {
  const { db, purpose } = subject;
  const node = functionOf(db, site.scope);
  if (purpose !== 'application' || node === undefined || site.function === undefined)
    return undefined;
  const own = makes(subject, site);
  if (!isInjected(subject, site.scope)) return undefined;
  const through = own ? undefined : calledHere(subject, site).find((id) => db.get(makesIn, id));
  if ((own ?? through) === undefined || keptIn(subject, node)(site)) return undefined;
  if (isDisposed(subject, site.scope)) return undefined;
  if (own !== undefined) return { maker: own, through: undefined };
  const maker = through === undefined ? null : db.get(makesIn, through);
  return maker === null || through === undefined ? undefined : { maker, through: nameOf(through) };
}

function calledHere(subject: Subject, site: CallSite): readonly string[] {
  return runsOfCall(subject, site).flatMap(({ target, isLater }) => (isLater ? [] : target));
}

/** By function id: what its own body makes every time that it runs. */
const makesIn = defineQuery<string | null>('makes an engine', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined || node.decorators.length > 0) return null;
  const subject = subjectOf(db, blockOf(id));
  if (subject.purpose !== 'application' || isDisposed(subject, id)) return null;
  const isKept = keptIn(subject, node);
  for (const site of sitesOf(db, subject.block).calls) {
    if (site.scope !== id || site.function === undefined || isKept(site)) continue;
    const made = makes(subject, site);
    if (made !== undefined) return made;
  }
  return null;
});

/** An engine for what is always the same: of a URL that comes with the request there can be no other way. */
function makes(subject: Subject, { node, scope, use }: CallSite): string | undefined {
  const name = subject.nameOf(node.callee, scope);
  if (name === undefined || !POOL_MAKERS.has(name) || use.kind === 'entered') return undefined;
  const pool = argumentOf(node, 'poolclass');
  if (pool !== undefined && NO_POOL.test(subject.nameOf(pool, scope) ?? '')) return undefined;
  const [first] = node.args;
  if (node.args.some(({ star }) => star !== undefined)) return undefined;
  const url = argumentOf(node, 'url') ?? argumentOf(node, 'dsn') ?? first?.value;
  const origin = url === undefined ? 'constant' : originOf(subject, url, scope);
  return origin === 'constant' || origin === 'settings' ? spelled(node.callee) : undefined;
}

/** What is disposed of, or closed, is meant for once: a check of a connection, a set-up. */
function isDisposed(subject: Subject, functionId: string): boolean {
  const calls = sitesOf(subject.db, subject.block).calls.filter(
    ({ scope }) => scope === functionId,
  );
  const made = calls.flatMap(({ node, use, scope }) =>
    use.kind === 'assigned' && POOL_MAKERS.has(subject.nameOf(node.callee, scope) ?? '')
      ? subject.textOf(use.target)
      : [],
  );
  return calls.some(({ node: { callee }, use }) => {
    if (use.kind !== 'dropped' || callee.type !== 'attribute') return false;
    if (callee.name === 'dispose') return true;
    return (
      /^(?:a?close|terminate)$/.test(callee.name) && made.includes(subject.textOf(callee.object))
    );
  });
}
