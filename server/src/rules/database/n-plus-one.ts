import { defineRule } from '../../engine/rule.ts';
import { isQuery, repeatingLoop } from '../../fastapi/databases.ts';

export const nPlusOne = defineRule({
  name: 'database/n-plus-one',
  level: 'warning',
  since: '0.1.0',
  messages: {
    loop:
      '`{call}` runs once for every item of `{items}`: 200 items are 200 round trips. ' +
      'Fetch them in one query with `in_(...)`, or load the relationship with `selectinload(...)`.',
    commit:
      '`{call}` runs once for every item of `{items}`: 200 items are 200 round trips. Do it once, after the loop.',
  },
  check: {
    call(call, { report, subject }) {
      if (!isQuery(call) || subject.purpose !== 'application') return;
      const loop = repeatingLoop(subject, call);
      if (loop === undefined) return;
      const writes = /\.(?:commit|flush)$/.test(call.name);
      const items = shorten(subject.textOf(loop.iterable));
      report(writes ? 'commit' : 'loop', call.node.callee, {
        call: subject.textOf(call.node.callee),
        items,
      });
    },
  },
});

function shorten(source: string): string {
  const line = source.replace(/\s+/g, ' ');
  return line.length <= 40 ? line : `${line.slice(0, 39)}…`;
}
