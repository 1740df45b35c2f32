/** How much is done on the way to a query: a function that only asks is short, one that does a whole job is not. */
import { definitionsIn, functionOf } from '../../python/definitions.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { Statement } from '../../syntax/nodes.ts';
import { suitesOf } from '../../syntax/walk.ts';
import type { Witness } from './effects.ts';
import type { Hop } from './leaves.ts';

/** By function id: how many statements it has, what it defines inside as well; its docstring is none. */
const statementsOf = defineQuery<number>('statements of function', (db, id) => {
  const body = functionOf(db, id)?.body ?? [];
  const [first] = body;
  const hasDocstring = first?.type === 'expression' && first.value.type === 'string';
  return countOf(body) - (hasDocstring ? 1 : 0);
});

function countOf(body: readonly Statement[]): number {
  return body.reduce((sum, one) => sum + 1 + insideOf(one), 0);
}

function insideOf(statement: Statement): number {
  if (statement.type === 'function' || statement.type === 'class') return countOf(statement.body);
  return suitesOf(statement).reduce((sum, suite) => sum + countOf(suite), 0);
}

/** The statements of all functions on a way, from the one that is called to the one that holds its end. */
export function lengthOfWay(db: Reader, { hops, leaf }: Witness<Hop>): number {
  return [...hops, leaf].reduce((sum, hop) => {
    const around = functionAt(db, hop);
    return sum + (around === undefined ? 0 : db.get(statementsOf, around));
  }, 0);
}

/** The innermost function that a place stands in. */
function functionAt(db: Reader, { block, start, end }: Hop): string | undefined {
  return db
    .get(definitionsIn, block)
    .findLast(({ node }) => node.type === 'function' && node.start <= start && end <= node.end)?.id;
}
