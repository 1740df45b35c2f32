import { defineRule } from '../../engine/rule.ts';
import { asScript } from '../../fastapi/blocking.ts';
import { spelled, standingOf } from '../../fastapi/calls.ts';
import { blockingWayFrom, targetOf } from '../../fastapi/effects.ts';
import { levelOnLoop } from '../../fastapi/loop.ts';
import { isCalledInsteadOfOffloaded } from '../../fastapi/offload.ts';

export const blockingChain = defineRule({
  name: 'async/blocking-chain',
  level: 'error',
  since: '0.1.0',
  messages: {
    chain:
      '`{call}` runs on the event loop and comes to `{leaf}`, which holds up every other request: {chain}. ' +
      'Use `await run_in_threadpool({call}, ...)`.',
  },
  check: {
    anyCall(site, { report, subject }) {
      if (!site.function?.isAsync || site.isAwaited || subject.purpose !== 'application') return;
      if (isCalledInsteadOfOffloaded(subject, site)) return;
      const target = targetOf(subject.evaluator, subject.db, site);
      const way = target === undefined ? null : blockingWayFrom(subject.db, target);
      if (way === null) return;
      const call = standingOf(subject, { ...site, function: site.function, name: '' });
      // What works with files once, before the first request, holds nobody up.
      if (call.isStartup && way.leaf.level === 'warning') return;
      const names = [site.function.name, ...way.names, way.leaf.text];
      const data = {
        call: spelled(site.node.callee),
        leaf: way.leaf.text,
        chain: `\`${names.join(' → ')}\``,
      };
      const related = [...way.hops, way.leaf].map(({ block, start, end, text }) => ({
        at: { block, start, end },
        message: text,
      }));
      const level = levelOnLoop(way.leaf.level, asScript(subject, call));
      report('chain', site.node.callee, data, { level, related });
    },
  },
});
