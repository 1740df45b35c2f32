/** A lock of threads becomes one of the event loop, where all of it is in sight. */
import { knownFiles } from '../../python/modules.ts';
import { defineQuery } from '../../query/database.ts';
import type { Expression, Statement } from '../../syntax/nodes.ts';
import { allIds, blockSource, fileShape, fileText, lowered } from '../../syntax/source.ts';
import { suitesOf } from '../../syntax/walk.ts';
import type { Plan } from '../effects/loop.ts';
import type { Subject } from '../subject.ts';

type Edit = Plan<string>['replace'][number];

/**
 * `threading.Lock()` becomes `asyncio.Lock()`, and every `with` of it `async with`. Nothing where the name stands anywhere
 * else, in whatever file: there it may be meant for threads.
 */
export function madeAsync<FixId extends string>(
  { db, path }: Subject,
  lock: Expression,
  fix: FixId,
): Plan<FixId> | undefined {
  const name = nameOf(lock);
  if (name === undefined) return undefined;
  const mentions = (file: string) => db.get(mentionsOf, `${name}\n${file}`);
  if ([...db.get(knownFiles, '')].some((file) => file !== path && mentions(file) > 0))
    return undefined;
  const replace = allIds(db.get(fileShape, path)).flatMap((block): readonly Edit[] =>
    db.get(blockSource, block).text.includes(name)
      ? editsIn(db.get(lowered, block).body, name, false).map((edit) => ({ ...edit, block }))
      : [],
  );
  const isMade = replace.some(({ text }) => text === MADE);
  if (!isMade || replace.length !== mentions(path)) return undefined;
  return { fix, replace, imports: [{ module: 'asyncio' }] };
}

const MADE = 'asyncio.Lock';

/** By `name\npath`: how often a name stands in the text of a file, in comments too. */
const mentionsOf = defineQuery<number>('mentions of a name', (db, key) => {
  const [name = '', path = ''] = key.split('\n');
  return db.get(fileText, path).match(new RegExp(`\\b${name}\\b`, 'g'))?.length ?? 0;
});

function nameOf(expression: Expression): string | undefined {
  if (expression.type === 'name') return expression.id;
  return expression.type === 'attribute' ? expression.name : undefined;
}

/** One for each place that can be changed: where the lock is made, and where an `async def` enters it. */
function editsIn(body: readonly Statement[], name: string, isAsync: boolean): readonly Edit[] {
  return body.flatMap((statement): readonly Edit[] => {
    const inside = suitesOf(statement).flatMap((suite) =>
      editsIn(suite, name, statement.type === 'function' ? statement.isAsync : isAsync),
    );
    if (statement.type === 'assign') {
      const [target, ...others] = statement.targets;
      const { value, annotation } = statement;
      const isIt = target !== undefined && others.length === 0 && nameOf(target) === name;
      const made = isIt && !annotation && value?.type === 'call' && value.args.length === 0;
      return made && nameOf(value.callee) === 'Lock'
        ? [{ start: value.callee.start, end: value.callee.end, text: MADE }]
        : [];
    }
    if (statement.type !== 'with' || statement.isAsync || !isAsync) return inside;
    const [only, ...others] = statement.items;
    const isEntered = only && others.length === 0 && !only.target && nameOf(only.context) === name;
    return isEntered
      ? [{ start: statement.start, end: statement.start, text: 'async ' }, ...inside]
      : inside;
  });
}
