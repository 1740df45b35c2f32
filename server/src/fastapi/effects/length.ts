/** How much is done on the way to a query: a function that only asks is short, one that does a whole job is not. */
import { functionAt, functionOf } from '../../python/definitions.ts';
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
  return body.reduce((sum, one) => sum + 1 + countOf(suitesOf(one).flat()), 0);
}

/** The statements of all functions on a way, from the one that is called to the one that holds its end. */
export function lengthOfWay(db: Reader, { hops, leaf }: Witness<Hop>): number {
  return [...hops, leaf].reduce((sum, hop) => {
    const around = functionAt(db, hop.block, hop.start);
    return sum + (around === undefined ? 0 : db.get(statementsOf, around));
  }, 0);
}
