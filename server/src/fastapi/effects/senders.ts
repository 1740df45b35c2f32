/** Functions that send whatever statement they are given: a project's own way to its driver, `Postgres.execute(query, *values)`. */
import { QUERIES, SENDERS } from '../../knowledge/queries.ts';
import { blockOf, functionOf } from '../../python/definitions.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import { defineQuery } from '../../query/database.ts';
import { type NamedCall, namedCall } from '../calls.ts';
import { isQuery } from '../databases.ts';
import { unwrapped } from '../loops/statements.ts';
import { type Subject, subjectOf } from '../subject.ts';
import { handedTo } from './handing.ts';

interface Sender {
  /** The parameter that is the statement. */
  readonly parameter: string;
  /** The public name of what sends it. */
  readonly name: string;
}

/** By function id. */
const senderOf = defineQuery<Sender | null>('sender', (db, id) => {
  const node = functionOf(db, id);
  if (node === undefined) return null;
  const subject = subjectOf(db, blockOf(id));
  const own = new Set(node.parameters.map(({ name }) => name));
  for (const site of sitesOf(db, blockOf(id)).calls) {
    const given = site.scope === id ? site.node.args[0]?.value : undefined;
    const sent = given && unwrapped(subject, given, id);
    if (sent?.type !== 'name' || !own.has(sent.id)) continue;
    const named = namedCall(subject, { ...site, function: node });
    if (named !== undefined && isQuery(named) && SENDERS.has(QUERIES.get(named.name) ?? ''))
      return { parameter: sent.id, name: named.name };
  }
  return null;
});

/** A call of such a function as the driver's call that it stands for: the statement is its first argument. */
export function sentThrough(
  subject: Subject,
  target: string,
  site: CallSite,
): NamedCall | undefined {
  const sender = subject.db.get(senderOf, target);
  if (sender === null) return undefined;
  const statement = handedTo(subject, target, site.node).find(
    ({ parameter }) => parameter === sender.parameter,
  )?.value;
  if (statement === undefined) return undefined;
  const { start, end } = statement;
  const others = site.node.args.filter(({ value }) => value !== statement);
  const args = [{ start, end, value: statement }, ...others];
  return { ...site, name: sender.name, node: { ...site.node, args } };
}
