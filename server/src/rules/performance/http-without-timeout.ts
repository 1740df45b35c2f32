import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { introduced, type NamedCall } from '../../fastapi/calls.ts';
import { argumentAdded } from '../../fastapi/edits.ts';
import { endlessWait, isInProgram } from '../../fastapi/performance/timeouts.ts';
import { argumentOf } from '../../fastapi/routes.ts';

export const httpWithoutTimeout = defineRule({
  name: 'performance/http-without-timeout',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test'],
  messages: {
    missing:
      '{call} has no `timeout`: when the other server never answers, it waits for ever and keeps its thread, of which ' +
      'FastAPI has 40 for all requests. Pass `timeout=10`.',
    none:
      '`timeout=None` lets {call} wait for ever: when the other server never answers, neither does yours. ' +
      'Pass a number of seconds.',
  },
  fixes: { limit: { applicability: 'quick', title: 'Give up after 10 seconds: `timeout=10`' } },
  check: {
    call(call, { report, subject }) {
      const why = endlessWait(subject, call);
      if (why === undefined) return;
      report(
        why,
        call.node.callee,
        { call: introduced(subject, call) },
        { level: isInProgram(subject, call) ? 'info' : 'warning', fix: limited(call) },
      );
    },
  },
});

function limited({ node }: NamedCall): FixPlan<'limit'> {
  const given = argumentOf(node, 'timeout');
  const edit = given
    ? { start: given.start, end: given.end, text: '10' }
    : argumentAdded(node, 'timeout=10');
  return { fix: 'limit', replace: [edit] };
}
