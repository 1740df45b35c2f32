import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { isInjected } from '../../fastapi/handlers.ts';
import {
  defaultIn,
  isDepends,
  markerName,
  markersOf,
  type WrittenMarker,
} from '../../fastapi/markers.ts';
import type { Subject } from '../../fastapi/subject.ts';
import type { Call, FunctionDef, Parameter, Span } from '../../syntax/nodes.ts';

const VALUES: ReadonlySet<string> = new Set('Query Header Cookie Body Form File'.split(' '));

export const annotatedDefault = defineRule({
  name: 'dependencies/annotated-default',
  level: 'error',
  since: '0.1.0',
  proof: true,
  messages: {
    value:
      '`{marker}({value})` inside `Annotated` fails while the application is imported: the default goes after `=`.',
    both: '`{name}` has `{inner}` in `Annotated` and `{outer}` as its default: FastAPI refuses both while the application is imported. Keep one.',
  },
  fixes: {
    move: { applicability: 'safe', title: 'Write the default after `=`' },
    keep: { applicability: 'safe', title: 'Keep the one in `Annotated`' },
  },
  check: {
    function(site, { report, subject }) {
      const { node, id } = site;
      for (const [index, parameter] of node.parameters.entries()) {
        if (parameter.annotation === undefined) continue;
        const markers = markersOf(subject, parameter, site);
        const inner = markers.filter(({ annotated }) => annotated !== undefined).at(-1);
        if (inner === undefined || !isInjected(subject, id)) continue;
        const outer = markers.find(({ annotated }) => annotated === undefined);
        const isOwn = inner.annotated === parameter.annotation;
        if (outer !== undefined) {
          // `Depends` in `Annotated` beside a `Query` is accepted, and wins.
          if (isDepends(inner) && !isDepends(outer)) continue;
          const data = {
            name: parameter.name,
            inner: `${inner.name}(...)`,
            outer: `${outer.name}(...)`,
          };
          const fix = isOwn ? keepInner(subject, parameter, inner, outer) : undefined;
          report('both', outer.call, data, { fix });
          continue;
        }
        const given = VALUES.has(inner.name) && isOwn ? defaultIn(inner.call) : undefined;
        if (given === undefined) continue;
        const value = subject.textOf(given.value);
        const fix = afterEquals(subject, node, index, inner.call, value);
        report('value', inner.call, { marker: inner.name, value }, { fix });
      }
    },
    anyCall({ node, scope, function: around, statements }, { report, subject }) {
      // An alias that parameters are annotated with: `Limit = Annotated[int, Query(10)]`.
      const statement = statements[statements.length - 1];
      if (around !== undefined || statement?.type !== 'assign') return;
      const { value } = statement;
      if (value?.type !== 'subscript' || !contains(value, node)) return;
      if (!/\.Annotated$/.test(subject.nameOf(value.object, scope) ?? '')) return;
      const marker = markerName(subject, node, scope);
      const given = marker !== undefined && VALUES.has(marker) ? defaultIn(node) : undefined;
      if (marker === undefined || given === undefined) return;
      report('value', node, { marker, value: subject.textOf(given.value) });
    },
  },
});

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Not where a parameter without a default follows: the order would be wrong. */
function afterEquals(
  subject: Subject,
  { parameters }: FunctionDef,
  index: number,
  call: Call,
  value: string,
): FixPlan<'move'> | undefined {
  const parameter = parameters[index];
  const [first, second] = call.args;
  const given = defaultIn(call);
  if (parameter?.annotation === undefined || first === undefined || given !== first)
    return undefined;
  const isOrdered =
    parameter.kind === 'keyword-only' ||
    parameters
      .slice(index + 1)
      .every((one) => one.default !== undefined || !/^(?:normal|positional-only)$/.test(one.kind));
  if (!isOrdered || value.includes('\n')) return undefined;
  const { end } = parameter.annotation;
  const emptied = { start: first.start, end: second?.start ?? first.end, text: '' };
  if (subject.textOf(emptied).includes('#')) return undefined;
  const moved = parameter.default === undefined ? [{ start: end, end, text: ` = ${value}` }] : [];
  return { fix: 'move', replace: [emptied, ...moved] };
}

function keepInner(
  subject: Subject,
  { annotation, default: value }: Parameter,
  inner: WrittenMarker,
  outer: WrittenMarker,
): FixPlan<'keep'> | undefined {
  if (annotation === undefined || value === undefined) return undefined;
  if (subject.textOf(inner.call) !== subject.textOf(outer.call)) return undefined;
  return { fix: 'keep', replace: [{ start: annotation.end, end: value.end, text: '' }] };
}
