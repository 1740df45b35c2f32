import { defineRule } from '../../engine/rule.ts';
import { leaksOf } from '../../fastapi/response/leaks.ts';

export const exceptionDetailLeak = defineRule({
  name: 'response/exception-detail-leak',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    detail:
      '`{part}` of an exception that nobody expected goes to the client: it may name tables, paths, hosts and keys. Log the exception, and send a text of your own as `detail`.',
    body: '`{part}` of an exception that nobody expected goes into the answer: it may name tables, paths, hosts and keys. Log the exception, and send a text of your own.',
    database:
      '`{part}` of a database error goes to the client, with the SQL and the values in it. Log the exception, and send a text of your own.',
  },
  check: {
    function(site, { report, subject }) {
      for (const { at, part, to, of } of leaksOf(subject, site))
        report(of === 'database' ? of : to, at, { part: subject.textOf(part) });
    },
  },
});
