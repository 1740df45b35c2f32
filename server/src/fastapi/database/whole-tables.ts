/** Path operations that answer with all rows of a table. */
import { nameOf } from '../../python/definitions.ts';
import { itemsOf } from '../../python/values.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { isOrmClass } from '../classes.ts';
import type { Subject } from '../subject.ts';
import { fetchOf } from './fetches.ts';

/** What changes how rows come, and not how many. */
const SHAPING: ReadonlySet<string> = new Set(
  'options order_by execution_options populate_existing distinct outerjoin'.split(' '),
);

/** Tables that people fill by hand, by the names that they have everywhere. */
const SMALL =
  /role|permission|countr|currenc|language|locale|categor|tag|status|type|kind|setting|plan|config|tier|feature|zone|region|unit|option|level/i;

/** The mapped class of which an expression holds every object there is. */
export function wholeTable(
  subject: Subject,
  expression: Expression,
  scope: string,
): string | undefined {
  const item = itemsOf(subject.meaningOf(expression, scope));
  if (item?.kind !== 'instance' || item.class.kind !== 'project') return undefined;
  if (!isOrmClass(subject.evaluator, item.class)) return undefined;
  const name = nameOf(item.class.id);
  const fetch = SMALL.test(name) ? undefined : fetchOf(subject, expression, scope);
  if (fetch?.origin.kind !== 'statement') return undefined;
  return fetch.refined.every((method) => SHAPING.has(method)) ? name : undefined;
}
