import { defineRule } from '../../engine/rule.ts';
import { madePlain } from '../../fastapi/async/plain.ts';
import { isCheapReceiver } from '../../fastapi/effects/blocking.ts';
import { hopsOf, touchingChains } from '../../fastapi/effects/chains.ts';
import { levelOnLoop, offloaded } from '../../fastapi/effects/loop.ts';
import { FILE_STATS, LAZY_STATS } from '../../knowledge/blocking.ts';
import { spelled } from '../../syntax/spelled.ts';

export const blockingFileStat = defineRule({
  name: 'async/blocking-file-stat',
  level: 'off',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    asks:
      '`{call}` asks the disk on the event loop: on a network disk every other request waits for its answer. ' +
      'Use `anyio.Path`, or `await run_in_threadpool({call}, ...)`.',
    chain:
      '`{call}` runs on the event loop and comes to `{leaf}`, which asks the disk: on a network disk every other request waits for ' +
      'its answer. The way there: {chain}. Use `await run_in_threadpool({call}, ...)`.',
  },
  fixes: {
    plain: {
      applicability: 'quick',
      title: 'Make it a plain `def`: FastAPI runs it in the thread pool',
    },
    offload: { applicability: 'quick', title: 'Run `{call}` in the thread pool' },
  },
  check: {
    loopCall(call, { report, subject }) {
      if (!FILE_STATS.has(call.name) || call.isAwaited) return;
      if (call.isStartup() || call.isCommand()) return;
      const { callee } = call.node;
      const receiver = isCheapReceiver(subject, callee, call.scope) ? 'cheap' : 'unknown';
      // A generator of the thread pool's asks the disk here all the same.
      const moved = LAZY_STATS.has(call.name)
        ? undefined
        : offloaded(subject, call, 'offload', receiver);
      report(
        'asks',
        callee,
        { call: spelled(callee) },
        {
          level: levelOnLoop('info', call),
          fix: madePlain(subject, call, 'plain') ?? moved,
        },
      );
    },
    anyCall(site, { report, subject }) {
      for (const { at, call, isLazy, way, text } of touchingChains(subject, site)) {
        const moved = isLazy ? undefined : offloaded(subject, call, 'offload');
        report(
          'chain',
          at,
          { call: spelled(at), leaf: way.leaf.text, chain: text },
          {
            level: levelOnLoop('info', call),
            related: hopsOf(way),
            fix: madePlain(subject, call, 'plain') ?? moved,
          },
        );
      }
    },
  },
});
