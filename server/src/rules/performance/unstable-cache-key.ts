import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { type UnstablePart, unstableKey } from '../../fastapi/performance/cache-keys.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { spelled } from '../../syntax/spelled.ts';

export const unstableCacheKey = defineRule({
  name: 'performance/unstable-cache-key',
  level: 'warning',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    hash:
      '`{part}` in the key for `{call}`: Python hashes texts differently in every process, so no other worker, and not ' +
      'this one after a restart, finds what is stored. Use `hashlib.sha256(...).hexdigest()`.',
    id:
      '`{part}` in the key for `{call}` is where the object lies in memory: no other worker finds what is stored, and ' +
      'another object may later lie there. Make the key of what the object is.',
  },
  fixes: { digest: { applicability: 'quick', title: 'Use `hashlib.sha256(...).hexdigest()`' } },
  check: {
    call(call, { report, subject }) {
      const part = unstableKey(subject, call);
      if (part === undefined) return;
      const { node, block, kind, isText, maker } = part;
      const own = block === subject.block && maker === undefined;
      const text = subject.sourceOf({ ...node, block });
      report(
        kind,
        own ? node : call.node.callee,
        { part: text, call: spelled(call.node.callee) },
        {
          level: kind === 'id' || isText ? 'warning' : 'hint',
          fix: own ? digested(subject, part) : undefined,
          related: own ? [] : [{ at: { start: node.start, end: node.end, block }, message: text }],
        },
      );
    },
  },
});

/** `hash(text)` in an f-string, or as `str(hash(text))`: what counts with its number would break. */
function digested(
  subject: Subject,
  { node, kind, isText }: UnstablePart,
): FixPlan<'digest'> | undefined {
  const [given] = node.args;
  if (kind !== 'hash' || !isText || given === undefined) return undefined;
  const before = subject.textOf({ start: Math.max(0, node.start - 4), end: node.start });
  const after = subject.textOf({ start: node.end, end: node.end + 1 });
  const isInText = (before.endsWith('{') && after === '}') || (before === 'str(' && after === ')');
  if (!isInText) return undefined;
  const text = subject.textOf(given.value);
  return {
    fix: 'digest',
    replace: [
      { start: node.start, end: node.end, text: `hashlib.sha256(${text}.encode()).hexdigest()` },
    ],
    imports: [{ module: 'hashlib' }],
  };
}
