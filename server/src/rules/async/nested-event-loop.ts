import { defineRule } from '../../engine/rule.ts';
import { hopsOf, nestingChains } from '../../fastapi/effects/chains.ts';
import { offloaded } from '../../fastapi/effects/loop.ts';
import { awaitedHere, mayNestLoops, startsLoop } from '../../fastapi/effects/nested-loop.ts';
import { OWN_LOOPS } from '../../knowledge/loops.ts';
import { spelled } from '../../syntax/spelled.ts';

export const nestedEventLoop = defineRule({
  name: 'async/nested-event-loop',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    here:
      '`{call}` starts an event loop, and one runs here already: this always raises `RuntimeError`. ' +
      'In an `async def`, write `await`.',
    chain:
      '`{call}` runs on the event loop and comes to `{leaf}`, which starts another one there and always raises ' +
      '`RuntimeError`. The way there: {chain}. Await all the way down, or use `await run_in_threadpool({call}, ...)`.',
  },
  fixes: {
    await: { applicability: 'quick', title: 'Await it' },
    offload: { applicability: 'quick', title: 'Run `{call}` in the thread pool' },
  },
  check: {
    loopCall(call, { report, subject }) {
      if (!startsLoop(call) || mayNestLoops(subject.db)) return;
      const data = { call: spelled(call.node.callee) };
      report('here', call.node.callee, data, { fix: awaitedHere(subject, call, 'await') });
    },
    anyCall(site, { report, subject }) {
      const chains = nestingChains(subject, site);
      if (chains.length === 0 || mayNestLoops(subject.db)) return;
      for (const { at, call, isLazy, way, text } of chains) {
        // A thread has no loop of its own to be asked for.
        const worksInThread = OWN_LOOPS.has(way.leaf.name) && !isLazy;
        const fix = worksInThread ? offloaded(subject, call, 'offload') : undefined;
        const data = { call: spelled(at), leaf: way.leaf.text, chain: text };
        report('chain', at, data, { related: hopsOf(way), fix });
      }
    },
  },
});
