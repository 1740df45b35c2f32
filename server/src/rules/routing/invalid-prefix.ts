import { defineRule } from '../../engine/rule.ts';
import { prefixOf } from '../../fastapi/prefixes.ts';

export const invalidPrefix = defineRule({
  name: 'routing/invalid-prefix',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    start:
      'The prefix `{prefix}` does not start with a slash: FastAPI refuses it, and the application does not start.',
    end: 'The prefix `{prefix}` ends with a slash: FastAPI refuses it, and the application does not start.',
  },
  fixes: {
    mend: { applicability: 'safe', title: 'Write `prefix="{mended}"`' },
  },
  check: {
    anyCall(call, { report, subject }) {
      const node = prefixOf(subject, call);
      if (node === undefined || node.value === '') return;
      const prefix = node.value;
      const isStarted = prefix.startsWith('/');
      if (isStarted && !prefix.endsWith('/')) return;
      const inner = prefix.replaceAll(/^\/+|\/+$/g, '');
      const mended = inner === '' ? '' : `/${inner}`;
      const { contentStart: start } = node;
      const fix =
        start === undefined
          ? undefined
          : {
              fix: 'mend' as const,
              replace: [{ start, end: start + prefix.length, text: mended }],
            };
      report(isStarted ? 'end' : 'start', node, { prefix, mended }, { fix });
    },
  },
});
