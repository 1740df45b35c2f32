import { defineRule } from '../../engine/rule.ts';

/** How a name or a parameter begins: `.json` or `:batch` behind a prefix is meant. */
const WORD = /^(?:[\w-]|\{\w)/;

export const pathWithoutSlash = defineRule({
  name: 'routing/path-without-slash',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    slash:
      '`{path}` has no slash at its start: without a prefix no request ever matches it, and behind a prefix `/v1` it is served at `/v1{path}`. Write `/{path}`.',
  },
  fixes: {
    add: { applicability: 'quick', title: 'Write `/{path}`' },
  },
  check: {
    route({ pathNode, path }, { report }) {
      if (pathNode?.type !== 'string' || path === undefined || !WORD.test(path)) return;
      const { contentStart: start } = pathNode;
      const fix =
        start === undefined
          ? undefined
          : { fix: 'add' as const, replace: [{ start, end: start, text: '/' }] };
      report('slash', pathNode, { path }, { fix });
    },
  },
});
