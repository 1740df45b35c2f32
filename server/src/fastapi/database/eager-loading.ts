/** Writing into a query what it is to load, for fixes. */
import { pathOfBlock } from '../../syntax/source.ts';
import { argumentAdded } from '../edits.ts';
import type { Plan } from '../effects/loop.ts';
import type { Subject } from '../subject.ts';
import type { LazyRead } from './lazy-reads.ts';

/** `select(Order)` becomes `select(Order).options(selectinload(Order.items))`, where the query stands in the same file. */
export function eagerlyLoaded<FixId extends string>(
  subject: Subject,
  { node, fetch, isDirect }: LazyRead,
  fix: FixId,
): Plan<FixId> | undefined {
  const { block, call, kind } = fetch.origin;
  const [entity, ...others] = call.args;
  if (!isDirect || entity === undefined || pathOfBlock(block) !== subject.path) return undefined;
  if (kind === 'statement' && others.length > 0) return undefined;
  if (others.some(({ name }) => name === 'options')) return undefined;
  const loader = `selectinload(${subject.sourceOf({ ...entity, block })}.${node.name})`;
  const edit =
    kind === 'statement'
      ? { start: call.end, end: call.end, text: `.options(${loader})` }
      : argumentAdded(call, `options=[${loader}]`);
  return {
    fix,
    replace: [{ ...edit, block }],
    imports: [{ module: 'sqlalchemy.orm', name: 'selectinload' }],
  };
}
