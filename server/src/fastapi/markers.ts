/** FastAPI's markers: `Depends(...)`, `Query(...)`, as the default of a parameter or in its `Annotated`, and where each is written. */
import type { FunctionSite } from '../python/sites.ts';
import { lastPart } from '../python/values.ts';
import type { Call, Expression, Parameter, Subscript } from '../syntax/nodes.ts';
import type { Subject } from './subject.ts';

export interface WrittenMarker {
  readonly call: Call;
  /** `Depends`, `Query`, whatever it is called in the file. */
  readonly name: string;
  /** The scope that its arguments are read in. */
  readonly scope: string;
  /** The `Annotated[...]` that it stands in; none for a default. */
  readonly annotated: Subscript | undefined;
}

const MARKER = /^fastapi\.(?:Depends|Security|Query|Path|Header|Cookie|Body|Form|File)$/;

/** The name of FastAPI's marker that a call makes. */
export function markerName(subject: Subject, call: Call, scope: string): string | undefined {
  const name = subject.nameOf(call.callee, scope);
  return name !== undefined && MARKER.test(name) ? lastPart(name) : undefined;
}

export function isDepends({ name }: WrittenMarker): boolean {
  return name === 'Depends' || name === 'Security';
}

/** The markers of a parameter: those in `Annotated`, through aliases, then the one that is its default. */
export function markersOf(
  subject: Subject,
  { annotation, default: value }: Parameter,
  { outer }: Pick<FunctionSite, 'outer'>,
): readonly WrittenMarker[] {
  const found = annotation ? markersIn(subject, annotation, outer, HOPS) : [];
  const own = value && markerAt(subject, value, outer, undefined);
  return own ? [...found, own] : found;
}

/** How many aliases deep a marker is looked for. */
const HOPS = 4;

function markersIn(
  subject: Subject,
  annotation: Expression,
  scope: string,
  hops: number,
): readonly WrittenMarker[] {
  if (annotation.type === 'subscript') {
    if (!/\.Annotated$/.test(subject.nameOf(annotation.object, scope) ?? '')) return [];
    const [first, ...metadata] = partsOf(annotation);
    return [
      ...(first ? markersIn(subject, first, scope, hops) : []),
      ...metadata.flatMap((part) => markerAt(subject, part, scope, annotation) ?? []),
    ];
  }
  const alias = hops > 0 ? aliasOf(subject, annotation, scope) : undefined;
  return alias ? markersIn(subject, alias.value, alias.scope, hops - 1) : [];
}

/** `X[A, B]` may come as one tuple or as two indices. */
function partsOf({ indices }: Subscript): readonly Expression[] {
  const [only] = indices;
  return only?.type === 'tuple' && indices.length === 1 ? only.elements : indices;
}

function markerAt(
  subject: Subject,
  call: Expression,
  scope: string,
  annotated: Subscript | undefined,
): WrittenMarker | undefined {
  if (call.type !== 'call') return undefined;
  const name = markerName(subject, call, scope);
  return name === undefined ? undefined : { call, name, scope, annotated };
}

function aliasOf(
  { evaluator }: Subject,
  annotation: Expression,
  scope: string,
): { readonly value: Expression; readonly scope: string } | undefined {
  let traced: ReturnType<typeof evaluator.trace>;
  if (annotation.type === 'name') traced = evaluator.trace(annotation.id, scope);
  else if (annotation.type === 'attribute') {
    const object = evaluator.meaningOf(annotation.object, scope);
    if (object?.kind === 'module') traced = evaluator.traceExport(object.path, annotation.name);
  }
  if (traced?.kind !== 'bindings' || traced.bindings.length !== 1) return undefined;
  const [binding] = traced.bindings;
  if (binding?.kind !== 'value' || binding.value === undefined) return undefined;
  return { value: binding.value, scope: binding.scope };
}

/** The value that a marker gives a parameter that the request leaves out: `"d"` of `Query("d")`. */
export function defaultIn({ args }: Call): Call['args'][number] | undefined {
  const given = args.find(
    ({ name, star }, index) =>
      star === undefined && (name === 'default' || (name === undefined && index === 0)),
  );
  return given === undefined || given.value.type === 'ellipsis' ? undefined : given;
}
