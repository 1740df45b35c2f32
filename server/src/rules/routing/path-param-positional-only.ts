import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { pathParameters } from '../../fastapi/paths.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { FunctionDef } from '../../syntax/nodes.ts';

export const pathParamPositionalOnly = defineRule({
  name: 'routing/path-param-positional-only',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    positional:
      '`{name}` stands before `/`, and FastAPI hands over parameters by their names: every request to `{path}` fails with 500. Remove the `/`.',
  },
  fixes: {
    remove: { applicability: 'safe', title: 'Remove the `/`' },
  },
  check: {
    route({ path, handler }, { report, subject }) {
      if (path === undefined) return;
      const inPath = new Set(pathParameters(path).map(({ name }) => name));
      const { parameters } = handler;
      const found = parameters.find(
        ({ kind, name }) => kind === 'positional-only' && inPath.has(name),
      );
      if (found === undefined) return;
      const at = { start: found.start, end: found.start + found.name.length };
      report('positional', at, { name: found.name, path }, { fix: withoutSlash(subject, handler) });
    },
  },
});

/** Takes out the `/` with the comma before it. Nothing where a comment stands between. */
function withoutSlash(
  subject: Subject,
  { parameters, parametersEnd }: FunctionDef,
): FixPlan<'remove'> | undefined {
  const last = parameters.findLastIndex(({ kind }) => kind === 'positional-only');
  const start = parameters[last]?.end;
  if (start === undefined) return undefined;
  const after = subject.textOf({ start, end: parameters[last + 1]?.start ?? parametersEnd });
  const [slash] = /^\s*,\s*\//.exec(after) ?? [];
  return slash === undefined
    ? undefined
    : { fix: 'remove', replace: [{ start, end: start + slash.length, text: '' }] };
}
