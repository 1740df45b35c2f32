import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { isInjected } from '../../fastapi/handlers.ts';
import { isDepends, markersOf } from '../../fastapi/markers.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { FunctionDef, Parameter } from '../../syntax/nodes.ts';

export const nonAnnotated = defineRule({
  name: 'dependencies/non-annotated',
  level: 'off',
  since: '0.1.0',
  messages: {
    default:
      '`{name}` has `{marker}(...)` as its default: called outside of FastAPI, the function gets that object. Write `Annotated[{type}, {marker}(...)]`.',
  },
  fixes: {
    annotate: { applicability: 'quick', title: 'Use `Annotated`' },
  },
  check: {
    function(site, { report, subject }) {
      const { parameters } = site.node;
      const found = parameters.flatMap((parameter, index) => {
        const { annotation, default: value } = parameter;
        const marker = markersOf(subject, parameter, site).find(({ call }) => call === value);
        return annotation && marker && isDepends(marker)
          ? { parameter, index, annotation, marker }
          : [];
      });
      if (found.length === 0 || !isInjected(subject, site.id)) return;
      for (const { parameter, index, annotation, marker } of found) {
        const data = {
          name: parameter.name,
          marker: marker.name,
          type: subject.textOf(annotation),
        };
        report('default', marker.call, data, {
          fix: annotated(subject, site.node, parameter, index),
        });
      }
    },
  },
});

/** Not behind a parameter with a default: one without may not follow. */
function annotated(
  subject: Subject,
  { parameters }: FunctionDef,
  { annotation, default: value, kind }: Parameter,
  index: number,
): FixPlan<'annotate'> | undefined {
  if (annotation === undefined || value === undefined || annotation.type === 'string')
    return undefined;
  const before = parameters.slice(0, index);
  if (kind !== 'keyword-only' && before.some((one) => one.default !== undefined)) return undefined;
  const text = `Annotated[${subject.textOf(annotation)}, ${subject.textOf(value)}]`;
  return {
    fix: 'annotate',
    replace: [{ start: annotation.start, end: value.end, text }],
    imports: [{ module: 'typing', name: 'Annotated' }],
  };
}
