import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { routesHandledBy } from '../../fastapi/handlers.ts';
import { isDepends, markersOf } from '../../fastapi/markers.ts';
import { isStub, readsOf } from '../../fastapi/reads.ts';
import { argumentOf, type Route } from '../../fastapi/routes.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { FunctionDef, Parameter } from '../../syntax/nodes.ts';

export const unusedResult = defineRule({
  name: 'dependencies/unused-result',
  level: 'hint',
  since: '0.1.0',
  messages: {
    unread:
      '`{name}` is never read. If the dependency only has to run, say so in the decorator, `dependencies=[{marker}]`; else leave it out.',
  },
  fixes: {
    move: { applicability: 'quick', title: 'Move to `dependencies=[...]`' },
  },
  check: {
    function(site, { report, subject }) {
      const { node, id } = site;
      const routes = routesHandledBy(subject, id);
      // Another decorator may well read what the function is given.
      if (routes.length === 0 || node.decorators.length > routes.length || isStub(node)) return;
      const reads = readsOf(subject, id);
      if (reads.has('locals')) return;
      const unread = node.parameters.flatMap((parameter) => {
        if (parameter.name.startsWith('_') || reads.has(parameter.name)) return [];
        const marker = markersOf(subject, parameter, site).find(isDepends);
        return marker ? { parameter, marker } : [];
      });
      for (const { parameter, marker } of unread) {
        const { name, start } = parameter;
        const isOwn =
          marker.call === parameter.default || marker.annotated === parameter.annotation;
        const text = isOwn && marker.call.args.length > 0 ? subject.textOf(marker.call) : undefined;
        const [route, ...others] = routes;
        const isMovable = route && others.length === 0 && unread.length === 1 && text;
        const fix = isMovable ? moved(subject, route, node, parameter, text) : undefined;
        const at = { start, end: start + name.length };
        report('unread', at, { name, marker: text ?? `${marker.name}(...)` }, { fix });
      }
    },
  },
});

function moved(
  subject: Subject,
  { decorator }: Route,
  { parameters, start, parametersEnd }: FunctionDef,
  parameter: Parameter,
  marker: string,
): FixPlan<'move'> | undefined {
  const last = decorator.args[decorator.args.length - 1];
  if (last === undefined || argumentOf(decorator, 'dependencies') || parameter.kind !== 'normal')
    return undefined;
  const index = parameters.indexOf(parameter);
  const [before, after] = [parameters[index - 1], parameters[index + 1]];
  const [blank = ''] = /\s*$/.exec(subject.textOf({ start, end: parameter.start })) ?? [];
  const [comma = ''] =
    /^\s*,\s*/.exec(subject.textOf({ start: parameter.end, end: parametersEnd })) ?? [];
  // Alone it takes the comma and the lines of its own with it.
  const span = {
    start: before && !after ? before.end : parameter.start - (before || after ? 0 : blank.length),
    end: after ? after.start : parameter.end + (before ? 0 : comma.length),
  };
  if (subject.textOf(span).includes('#') || after?.kind === 'keyword-only') return undefined;
  const at = { start: last.end, end: last.end };
  return {
    fix: 'move',
    replace: [
      { ...at, text: `, dependencies=[${marker}]` },
      { ...span, text: '' },
    ],
  };
}
