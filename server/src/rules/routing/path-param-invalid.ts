import { defineRule, type FixPlan } from '../../engine/rule.ts';
import { pathParameters } from '../../fastapi/paths.ts';
import { argumentOf } from '../../fastapi/routes.ts';
import {
  containerOf,
  type DeclaredParameter,
  declaredParameters,
  isBodyModel,
  type Marker,
} from '../../fastapi/routing/declared.ts';
import type { Argument, Call } from '../../syntax/nodes.ts';

export const pathParamInvalid = defineRule({
  name: 'routing/path-param-invalid',
  level: 'error',
  since: '0.1.0',
  silentIn: ['test', 'migration'],
  proof: true,
  messages: {
    marker:
      '`{name}` is a part of the path, and `{marker}()` says that it comes from somewhere else: FastAPI refuses the route, and the application does not start. Use `Path()`.',
    default:
      'A parameter of the path is always given, so FastAPI refuses a default for `{name}`, and the application does not start.',
    type: '`{name}` is a part of the path, which is a text: FastAPI refuses `{type}` there, and the application does not start.',
  },
  fixes: {
    path: { applicability: 'safe', title: 'Use `Path(...)`' },
    drop: { applicability: 'safe', title: 'Drop the default' },
  },
  check: {
    route({ path, handlerId, kind }, { report, subject }) {
      if (path === undefined || kind !== 'http') return;
      const inPath = new Set(pathParameters(path).map(({ name }) => name));
      for (const one of declaredParameters(subject, handlerId)) {
        const { name, marker, value, parameter } = one;
        if (!inPath.has(name)) continue;
        const at = { start: parameter.start, end: parameter.start + name.length };
        if (marker !== undefined && !/^(?:Path|Depends|Security)$/.test(marker.name))
          report('marker', at, { name, marker: marker.name }, { fix: asPath(one, marker) });
        else if (marker?.name === 'Path' && hasDefault(one, marker))
          report('default', at, { name }, { fix: withoutDefault(one, marker) });
        else if (
          (marker === undefined || marker.name === 'Path') &&
          one.isKnown &&
          (containerOf(value) !== undefined || isBodyModel(subject, value))
        ) {
          const { annotation } = parameter;
          report('type', at, { name, type: annotation ? subject.textOf(annotation) : '' });
        }
      }
    },
  },
});

/** The argument that gives a default, but for `...`, which says that there is none. */
function defaultOf({ args }: Call): Argument | undefined {
  const given = args.find(({ name, star }) => !star && (name === undefined || name === 'default'));
  return given?.value.type === 'ellipsis' ? undefined : given;
}

function hasDefault({ parameter }: DeclaredParameter, { call, place }: Marker): boolean {
  if (argumentOf(call, 'default_factory') !== undefined || defaultOf(call)) return true;
  return place === 'annotation' && parameter.default !== undefined;
}

function asPath({ parameter }: DeclaredParameter, marker: Marker): FixPlan<'path'> | undefined {
  const { call, place, isHere } = marker;
  const isPlain = call.args.every(({ name, star }) => name !== undefined && !star);
  const hasValue = call.args.some(({ name }) => name === 'default' || name === 'default_factory');
  if (!isHere || !isPlain || hasValue || (place === 'annotation' && parameter.default))
    return undefined;
  const { callee } = call;
  const { end } = callee;
  if (callee.type === 'attribute')
    return { fix: 'path', replace: [{ start: callee.nameStart, end, text: 'Path' }] };
  const imports = [{ module: 'fastapi', name: 'Path' }];
  return { fix: 'path', replace: [{ start: callee.start, end, text: 'Path' }], imports };
}

function withoutDefault(
  { parameter }: DeclaredParameter,
  { call, place, isHere }: Marker,
): FixPlan<'drop'> | undefined {
  const given = defaultOf(call);
  const { annotation, default: value } = parameter;
  if (place === 'annotation' && value !== undefined && annotation !== undefined && !given)
    return { fix: 'drop', replace: [{ start: annotation.end, end: value.end, text: '' }] };
  if (!isHere || given === undefined || (place === 'annotation' && value)) return undefined;
  const next = call.args[call.args.indexOf(given) + 1];
  const previous = call.args[call.args.indexOf(given) - 1];
  const start = next || !previous ? given.start : previous.end;
  return { fix: 'drop', replace: [{ start, end: next?.start ?? given.end, text: '' }] };
}
