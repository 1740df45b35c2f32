import { defineRule, type FixPlan } from '../../engine/rule.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { indentAt } from '../../fastapi/text.ts';
import { isPinnedBelow } from '../../fastapi/versions.ts';
import { dependencyYields, isSwallowing, triesAround } from '../../fastapi/yields.ts';
import type { ExceptHandler } from '../../syntax/nodes.ts';
import { blockSource } from '../../syntax/source.ts';

export const yieldSwallowsException = defineRule({
  name: 'dependencies/yield-swallows-exception',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    swallows:
      '`{except}` around the `yield` ends what it catches of the route: FastAPI is left with neither an exception nor an answer, and sends 500. End it with `raise`.',
  },
  fixes: {
    raise: { applicability: 'quick', title: 'Raise it again' },
  },
  check: {
    function(site, { report, subject }) {
      // Before 0.110, FastAPI raised it again by itself.
      if (isPinnedBelow(subject.db, subject.path, 'fastapi', '0.110.0')) return;
      for (const place of dependencyYields(subject, site)) {
        for (const { handlers } of triesAround(place)) {
          for (const handler of handlers) {
            if (!isSwallowing(subject, handler, site.id)) continue;
            const { start, exception } = handler;
            const at = { start, end: exception?.end ?? start + 'except'.length };
            report(
              'swallows',
              at,
              { except: subject.textOf(at) },
              { fix: raiseAgain(subject, handler) },
            );
          }
        }
      }
    },
  },
});

/** In place of `pass` or `return`, else on a line after the last statement. */
function raiseAgain(
  subject: Subject,
  { start, body }: ExceptHandler,
): FixPlan<'raise'> | undefined {
  const last = body[body.length - 1];
  if (last === undefined) return undefined;
  if (last.type === 'pass' || last.type === 'return')
    return { fix: 'raise', replace: [{ start: last.start, end: last.end, text: 'raise' }] };
  const { text } = subject.db.get(blockSource, subject.block);
  if (!text.slice(start, last.start).includes('\n')) return undefined;
  const next = text.indexOf('\n', last.end);
  const line = next < 0 ? text.length : next - (text[next - 1] === '\r' ? 1 : 0);
  const at = { start: line, end: line };
  return { fix: 'raise', replace: [{ ...at, text: `\n${indentAt(subject, last.start)}raise` }] };
}
