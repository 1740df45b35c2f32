import { defineRule } from '../../engine/rule.ts';
import { madePlain } from '../../fastapi/async/plain.ts';
import { isCheapReceiver } from '../../fastapi/effects/blocking.ts';
import {
  type Chain,
  calledChains,
  chainsIn,
  hopsOf,
  readChains,
  receiverChains,
} from '../../fastapi/effects/chains.ts';
import { offloaded } from '../../fastapi/effects/loop.ts';
import type { Subject } from '../../fastapi/subject.ts';
import { functionOf } from '../../python/definitions.ts';
import type { Place } from '../../python/sites.ts';
import { spelled } from '../../syntax/spelled.ts';

export const blockingChain = defineRule({
  name: 'async/blocking-chain',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  messages: {
    chain:
      '`{call}` runs on the event loop and comes to `{leaf}`: no other request moves until it is done. ' +
      'The way there: {chain}. Use `await run_in_threadpool({call}, ...)`.',
    plain:
      '`{call}` runs on the event loop and comes to `{leaf}`: no other request moves until it is done. ' +
      'The way there: {chain}. `{function}` awaits nothing: as a plain `def`, FastAPI runs it in the thread pool.',
    lazy:
      '`{call}` runs on the event loop and comes to `{leaf}`: no other request moves until it is done. ' +
      'The way there: {chain}. Do all of it in one function for `run_in_threadpool`.',
    property:
      'Reading `{call}` runs on the event loop and comes to `{leaf}`: no other request moves until it is done. ' +
      'The way there: {chain}. Read it in a function for `run_in_threadpool`.',
  },
  fixes: {
    plain: {
      applicability: 'quick',
      title: 'Make it a plain `def`: FastAPI runs it in the thread pool',
    },
    offload: { applicability: 'quick', title: 'Run `{call}` in the thread pool' },
  },
  check: {
    function({ id, node }, { report, subject }) {
      const plain = node.isAsync
        ? madePlain(subject, { function: node, scope: id }, 'plain')
        : undefined;
      const [worst, ...others] = plain === undefined ? [] : chainsIn(subject, id);
      if (worst === undefined) return;
      const { level, related } = optionsOf(worst);
      const beside = others.map(({ at, text }) => ({ at, message: text }));
      const data = { ...dataOf(worst), function: node.name };
      report('plain', worst.at, data, { level, related: [...related, ...beside], fix: plain });
    },
    anyCall(site, { report, subject }) {
      const reads = receiverChains(subject, site);
      const calls = calledChains(subject, site);
      if (reads.length + calls.length === 0 || isMadePlain(subject, site)) return;
      for (const read of reads) report('property', read.at, dataOf(read), optionsOf(read));
      for (const chain of calls) {
        const { at, call, isLazy, way } = chain;
        // SQLite's connections refuse to be used by another thread than their own.
        const isBound = way.leaf.name.startsWith('sqlite3.') && way.leaf.name !== 'sqlite3.connect';
        const receiver = isCheapReceiver(subject, at, site.scope) ? 'cheap' : 'unknown';
        const mustStay = isLazy || isBound;
        const fix = mustStay ? undefined : offloaded(subject, call, 'offload', receiver);
        report(mustStay ? 'lazy' : 'chain', at, dataOf(chain), { ...optionsOf(chain), fix });
      }
    },
    read(site, { report, subject }) {
      const reads = readChains(subject, site);
      if (reads.length === 0 || isMadePlain(subject, site)) return;
      for (const read of reads) report('property', read.at, dataOf(read), optionsOf(read));
    },
  },
});

/** One `def` mends all of them, which are told as one. */
function isMadePlain(subject: Subject, { scope }: Place): boolean {
  const node = functionOf(subject.db, scope);
  return node !== undefined && madePlain(subject, { function: node, scope }, 'plain') !== undefined;
}

function dataOf({ at, way, text }: Chain) {
  return { call: spelled(at), leaf: way.leaf.text, chain: text };
}

function optionsOf({ level, way }: Chain) {
  return { level, related: hopsOf(way) };
}
