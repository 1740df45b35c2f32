import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { type NamedCall, spelled } from '../../fastapi/calls.ts';
import { isConnected, sharedSession } from '../../fastapi/database/shared-sessions.ts';
import type { Subject } from '../../fastapi/subject.ts';

export const sessionSharedInGather = defineRule({
  name: 'database/session-shared-in-gather',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    shared:
      'The tasks that `{started}` starts share the session of `{session}`, which can do one thing at a time: SQLAlchemy raises ' +
      '`IllegalStateChangeError` or `InvalidRequestError`. Open a session in each task, or await one after the other.',
    reads:
      'The tasks that `{started}` starts share the session of `{session}`: it has one connection, so they wait for each other, and ' +
      'the first of them that writes makes SQLAlchemy raise `InvalidRequestError`. Open a session in each task, or await one after the other.',
  },
  fixes: { await: { applicability: 'quick', title: 'Await one after the other' } },
  check: {
    call(call, { report, subject }) {
      const shared = sharedSession(subject, call);
      if (shared === undefined) return;
      const data = { session: shared.session, started: spelled(call.node.callee) };
      const fix = inOrder(subject, call);
      const isServed = shared.onlyReads && isConnected(subject, call, shared);
      if (isServed) report('reads', call.node.callee, data, { level: 'warning', fix });
      else report('shared', call.node.callee, data, { fix });
    },
  },
});

/** `a, b = await gather(f(db), g(db))` becomes `a, b = await f(db), await g(db)`. */
function inOrder(
  subject: Subject,
  { node, isAwaited, statements, name }: NamedCall,
): FixPlan<'await'> | undefined {
  const statement = statements.at(-1);
  const whole = statement?.type === 'assign' ? statement.value : undefined;
  const isPlain = node.args.every(
    (argument) =>
      argument.name === undefined && argument.star === undefined && argument.value.type === 'call',
  );
  if (name !== 'asyncio.gather' || !isPlain || !isAwaited) return undefined;
  if (whole?.type !== 'await' || whole.value !== node) return undefined;
  if (subject.textOf(whole).includes('#')) return undefined;
  const awaited = node.args.map(({ value }) => `await ${subject.textOf(value)}`);
  const [target, ...others] = statement?.type === 'assign' ? statement.targets : [];
  const isUnpacked = target?.type === 'tuple' && others.length === 0;
  const text = awaited.join(', ');
  const { start, end } = whole;
  return { fix: 'await', replace: [{ start, end, text: isUnpacked ? text : `[${text}]` }] };
}
