import { defineRule, type FixPlan } from '../../engine/rule.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { indentAt } from '../../fastapi/text.ts';
import {
  dependencyYields,
  releasedBy,
  skippedRelease,
  triesAround,
  type YieldPlace,
} from '../../fastapi/yields.ts';
import type { Call, Statement } from '../../syntax/nodes.ts';
import { callsIn } from '../../syntax/parts.ts';

export const yieldWithoutFinally = defineRule({
  name: 'dependencies/yield-without-finally',
  level: 'warning',
  since: '0.1.0',
  proof: true,
  messages: {
    skipped:
      '`{call}` is skipped when the route raises, an `HTTPException` too: FastAPI raises it at the `yield`. Put the `yield` into `try` and this into `finally`.',
  },
  fixes: {
    finally: { applicability: 'quick', title: 'Clean up in `finally`' },
  },
  check: {
    function(site, { report, subject }) {
      for (const place of dependencyYields(subject, site)) {
        const skipped = skippedRelease(subject, place, site.id);
        if (skipped === undefined) continue;
        const { callee, args } = skipped;
        const call = `${subject.textOf(callee)}(${args.length > 0 ? '...' : ''})`;
        report('skipped', skipped, { call }, { fix: inFinally(subject, place, skipped) });
      }
    },
  },
});

/** Where the clean-up is the last thing of the suite that the `yield` stands in, both go one level deeper. */
function inFinally(
  subject: Subject,
  place: YieldPlace,
  skipped: Call,
): FixPlan<'finally'> | undefined {
  const { node, steps } = place;
  const [step] = steps;
  if (triesAround(place).length > 0) return undefined;
  const yielding = step?.suite[step.index];
  if (step === undefined || yielding?.type !== 'expression' || yielding.value !== node)
    return undefined;
  const after = step.suite.slice(step.index + 1);
  const from = after.findIndex(({ start, end }) => start <= skipped.start && skipped.end <= end);
  const first = after[from];
  const last = after[after.length - 1];
  if (first === undefined || last === undefined) return undefined;
  if (!after.slice(from).every((statement) => isRelease(subject, statement))) return undefined;
  const text = subject.textOf({ start: yielding.start, end: last.end });
  if (/"""|'''|\\\r?\n/.test(text)) return undefined;
  const indent = indentAt(subject, yielding.start);
  const unit = '    ';
  const deeper = (part: string) => part.replace(/\n(?=[^\r\n])/g, `\n${unit}`);
  const tried = text.slice(0, first.start - yielding.start).trimEnd();
  const cleaned = text.slice(first.start - yielding.start);
  return {
    fix: 'finally',
    replace: [
      {
        start: yielding.start,
        end: last.end,
        text: `try:\n${indent}${unit}${deeper(tried)}\n${indent}finally:\n${indent}${unit}${deeper(cleaned)}`,
      },
    ],
  };
}

function isRelease(subject: Subject, statement: Statement): boolean {
  const calls = callsIn([statement]);
  return calls.length > 0 && calls.every((call) => releasedBy(subject, call) !== undefined);
}
