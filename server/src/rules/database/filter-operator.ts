import { defineRule } from '../../engine/rule.ts';
import { conditionsOf, misusedIn } from '../../fastapi/database/sql-expressions.ts';
import { asSql, SQL_METHODS } from '../../fastapi/database/sql-operators.ts';

export const filterOperator = defineRule({
  name: 'database/filter-operator',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    boolean:
      '`{operator}` is decided by Python while the query is built: `{asked}` is asked whether it is true, and one of the two ' +
      'conditions is lost, or `TypeError` raised. Write `{operator}_({asked}, ...)`.',
    negation:
      '`not` is decided by Python while the query is built: it gives `True` or `False` for all rows, or raises `TypeError`. ' +
      'Write `not_({asked})`.',
    identity:
      '`{operator}` compares the object `{asked}` itself, whatever the rows hold: the condition is the same for all of them. ' +
      'Write `{asked}.{method}({other})`.',
    membership:
      '`{operator}` looks for the object `{asked}` itself, whatever the rows hold: the condition is the same for all of them. ' +
      'Write `{asked}.{method}(...)`.',
    chain:
      'Python reads a chain of comparisons as `and`, and asks the first whether it is true: `TypeError`. Write two ' +
      'conditions about `{asked}`.',
  },
  fixes: { write: { applicability: 'quick', title: 'Write it as SQL' } },
  check: {
    anyCall(site, { report, subject }) {
      for (const argument of conditionsOf(subject, site)) {
        const misused = misusedIn(subject, argument.value, site.scope);
        if (misused === undefined) continue;
        const { kind, at, operator } = misused;
        const asked = subject.textOf(misused.asked);
        const method = SQL_METHODS[operator] ?? '';
        const fix = asSql(subject, argument, site.scope, 'write');
        const other = at.type === 'compare' && at.operands[1] ? subject.textOf(at.operands[1]) : '';
        report(kind, at, { operator, asked, method, other }, { fix });
      }
    },
  },
});
