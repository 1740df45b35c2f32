import { defineRule } from '../../engine/rule.ts';
import { isQuery, queryKind, repeatingLoop } from '../../fastapi/databases.ts';

const MESSAGES = { read: 'loop', write: 'write', commit: 'commit' } as const;

export const nPlusOne = defineRule({
  name: 'database/n-plus-one',
  level: 'warning',
  since: '0.1.0',
  messages: {
    loop:
      '`{call}` runs once for every item of `{items}`, and each is a round trip to the database. ' +
      'Fetch them in one query with `in_(...)`, or load the relationship with `selectinload(...)`.',
    write:
      '`{call}` runs once for every item of `{items}`, and each is a round trip to the database. ' +
      'Send them in one statement: `insert(...).values([...])`, `executemany(...)`, or `where(...)` with `in_(...)`.',
    commit:
      '`{call}` runs once for every item of `{items}`, and each is a round trip to the database. Do it once, after the loop.',
  },
  check: {
    call(call, { report, subject }) {
      if (!isQuery(call) || subject.purpose !== 'application') return;
      const loop = repeatingLoop(subject, call);
      if (loop === undefined) return;
      const items = shorten(subject.textOf(loop.iterable));
      report(MESSAGES[queryKind(subject, call)], call.node.callee, {
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
