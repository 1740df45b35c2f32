import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { leakedSession } from '../../fastapi/dependencies/sessions.ts';
import { isDependency } from '../../fastapi/dependencies.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { indentAt } from '../../fastapi/text.ts';
import type { Call, FunctionDef } from '../../syntax/nodes.ts';

export const sessionNotClosed = defineRule({
  name: 'dependencies/session-not-closed',
  level: 'warning',
  since: '0.1.0',
  messages: {
    returned:
      '`{call}` opens a session that this dependency returns and nobody closes: its connection stays out of the pool until the garbage collector comes. `yield` it inside of `with`.',
    yielded:
      '`{call}` opens a session that this dependency never closes: its connection stays out of the pool until the garbage collector comes. `yield` it inside of `with`.',
  },
  fixes: {
    with: { applicability: 'quick', title: 'Yield it inside of `with`' },
  },
  check: {
    function({ id, node }, { report, subject }) {
      const leaked = leakedSession(subject, id, node);
      if (leaked === undefined || !isDependency(subject.db, id)) return;
      const call = `${subject.textOf(leaked.made.callee)}(${leaked.made.args.length > 0 ? '...' : ''})`;
      const fix = leaked.isAsync && !node.isAsync ? undefined : inWith(subject, node, leaked);
      report(leaked.isYielded ? 'yielded' : 'returned', leaked.made, { call }, { fix });
    },
  },
});

/** `return SessionLocal()` becomes `with SessionLocal() as session: yield session`. */
function inWith(
  subject: Subject,
  { body, returns }: FunctionDef,
  { made, isAsync }: { readonly made: Call; readonly isAsync: boolean },
): FixPlan<'with'> | undefined {
  const last = body[body.length - 1];
  if (last?.type !== 'return' || last.value !== made || returns !== undefined) return undefined;
  const indent = indentAt(subject, last.start);
  const text = `${isAsync ? 'async with' : 'with'} ${subject.textOf(made)} as session:\n${indent}    yield session`;
  return { fix: 'with', replace: [{ start: last.start, end: last.end, text }] };
}
