/** Whether routes and includes may have tags that the followed program does not show. */
import { blockOf } from '../../python/definitions.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import type { ServedRoute } from './flatten.ts';

/** A call with `**options`, or one that is not there to be read: tags may be among what it is given. */
export function mayBeTagged(db: Reader, { block, start, end }: ServedRoute['at']): boolean {
  return db.get(isOpen, `${start}:${end}:${block}`);
}

/** By the start and the end of a call and its block. */
const isOpen = defineQuery<boolean>('open call', (db, key) => {
  const [start = '', end = ''] = key.split(':', 2);
  const block = key.slice(start.length + end.length + 2);
  const call = sitesOf(db, blockOf(block)).calls.find(
    ({ node }) => node.start === Number(start) && node.end === Number(end),
  );
  return call === undefined || call.node.args.some(({ star }) => star === '**');
});
