import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { isOnlyRead } from '../../fastapi/routes.ts';
import { isExternal, openParameters } from '../../fastapi/routing/declared.ts';
import type { Parameter } from '../../syntax/nodes.ts';

export const bytesParameter = defineRule({
  name: 'routing/bytes-parameter',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    query:
      '`{name}: {type}` is a query parameter: a file that is uploaded never gets here. Write `Annotated[{type}, File()]`, or take an `UploadFile`.',
  },
  fixes: {
    file: { applicability: 'quick', title: 'Take a file: `Annotated[{type}, File()]`' },
  },
  check: {
    route(route, { report, subject }) {
      if (route.methods.length === 0 || isOnlyRead(route)) return;
      for (const { name, parameter, value } of openParameters(subject, route)) {
        const { annotation } = parameter;
        if (annotation === undefined || !isExternal(value, /^builtins\.bytes$/)) continue;
        const type = subject.textOf(annotation);
        const at = { start: parameter.start, end: parameter.start + name.length };
        report('query', at, { name, type }, { fix: asFile(parameter, type) });
      }
    },
  },
});

function asFile({ annotation }: Parameter, type: string): FixPlan<'file'> | undefined {
  if (annotation === undefined || annotation.type === 'string') return undefined;
  const { start, end } = annotation;
  return {
    fix: 'file',
    replace: [{ start, end, text: `Annotated[${type}, File()]` }],
    imports: [
      { module: 'typing', name: 'Annotated' },
      { module: 'fastapi', name: 'File' },
    ],
  };
}
