/** Parameters of path operations as their source declares them: type, marker (`Query()`, `Depends()`, …), default. */
import { functionOf, nameOf, outerScopeOf } from '../../python/definitions.ts';
import { externalClassOf, lastPart, type Value } from '../../python/values.ts';
import type { Call, Expression, Parameter } from '../../syntax/nodes.ts';
import { isModel, isOrmObject, isSettingsClass } from '../classes.ts';
import { writtenValue } from '../constants.ts';
import { pathParameters } from '../paths.ts';
import type { Route } from '../routes.ts';
import type { Subject } from '../subject.ts';

export interface Marker {
  /** `Query`, `Path`, `Body`, `Depends`, … */
  readonly name: string;
  readonly call: Call;
  readonly place: 'default' | 'annotation';
  /** It is written at the parameter itself, not in an alias somewhere else. */
  readonly isHere: boolean;
}

export interface DeclaredParameter {
  readonly parameter: Parameter;
  readonly name: string;
  readonly marker: Marker | undefined;
  /** What it is, without `Annotated`, `None` and aliases; nothing where that is not known. */
  readonly value: Value | undefined;
  /** The annotation and the default could be followed: one without a marker really has none. */
  readonly isKnown: boolean;
}

const MARKER =
  /^fastapi\.(?:params\.|param_functions\.)?(Query|Path|Body|Header|Cookie|Form|File|Depends|Security)$/;
/** Packages whose classes are what they are called: no alias of theirs hides a dependency. */
const PLAIN =
  /^(?:builtins|typing|typing_extensions|collections|uuid|datetime|decimal|enum|pathlib|ipaddress|pydantic|fastapi|starlette)\b/;

/** The parameters of a function, but for `self`, `*args` and `**kwargs`. */
export function declaredParameters(
  subject: Subject,
  functionId: string,
): readonly DeclaredParameter[] {
  const node = functionOf(subject.db, functionId);
  if (node === undefined) return [];
  const scope = outerScopeOf(functionId);
  return node.parameters
    .filter(({ kind }) => kind !== '*' && kind !== '**')
    .map((parameter) => declared(subject, parameter, scope));
}

/** Those of a path operation of which nothing says where they come from: no marker, and not the path. */
export function openParameters(
  subject: Subject,
  { handlerId, path, kind }: Route,
): readonly DeclaredParameter[] {
  if (kind !== 'http' || path === undefined) return [];
  const inPath = new Set(pathParameters(path).map(({ name }) => name));
  return declaredParameters(subject, handlerId).filter(
    ({ name, marker, isKnown }) => marker === undefined && isKnown && !inPath.has(name),
  );
}

/** Those of a path operation that are read from the query: by a marker, or because they are single values. */
export function queryParameters(subject: Subject, route: Route): readonly DeclaredParameter[] {
  const open = new Set(openParameters(subject, route).map(({ name }) => name));
  return declaredParameters(subject, route.handlerId).filter(({ name, marker, value }) =>
    marker === undefined ? open.has(name) && isScalar(value) : marker.name === 'Query',
  );
}

function declared(subject: Subject, parameter: Parameter, scope: string): DeclaredParameter {
  const { annotation, default: given, name } = parameter;
  const inDefault = given && markerIn(subject, given, scope, 'default', true);
  const read = annotation ? readAnnotation(subject, annotation, scope, true) : undefined;
  return {
    parameter,
    name,
    marker: inDefault ?? read?.marker,
    value: annotation && subject.evaluator.annotated(annotation, scope),
    isKnown:
      (read?.isKnown ?? true) &&
      (given === undefined || isPlainDefault(subject, given, scope, inDefault)),
  };
}

interface Read {
  readonly marker: Marker | undefined;
  readonly isKnown: boolean;
}

/** The marker in an annotation's metadata, through aliases. */
function readAnnotation(
  subject: Subject,
  annotation: Expression,
  scope: string,
  isHere: boolean,
): Read {
  switch (annotation.type) {
    case 'none':
      return { marker: undefined, isKnown: true };
    case 'name':
    case 'attribute': {
      const value = subject.meaningOf(annotation, scope);
      if (value?.kind === 'class') return { marker: undefined, isKnown: true };
      if (value?.kind === 'external') return { marker: undefined, isKnown: PLAIN.test(value.name) };
      const written = writtenValue(subject, annotation, scope);
      if (written === undefined) return { marker: undefined, isKnown: false };
      const { expression, scope: inner } = written;
      return expression.type === 'subscript' || expression.type === 'binary'
        ? readAnnotation(subject, expression, inner, false)
        : { marker: undefined, isKnown: false };
    }
    case 'binary': {
      const sides = [annotation.left, annotation.right].map((side) =>
        readAnnotation(subject, side, scope, isHere),
      );
      return {
        marker: undefined,
        isKnown: sides.every(({ isKnown, marker }) => isKnown && !marker),
      };
    }
    case 'subscript': {
      const head = subject.nameOf(annotation.object, scope);
      if (head === undefined) {
        const value = subject.meaningOf(annotation.object, scope);
        return { marker: undefined, isKnown: value?.kind === 'class' };
      }
      if (lastPart(head) !== 'Annotated') return { marker: undefined, isKnown: PLAIN.test(head) };
      const [only] = annotation.indices;
      const [type, ...metadata] =
        only?.type === 'tuple' && annotation.indices.length === 1
          ? only.elements
          : annotation.indices;
      // The last one wins, as in FastAPI.
      const markers = metadata.map((one) => markerIn(subject, one, scope, 'annotation', isHere));
      const marker = markers.filter((one) => one !== undefined).at(-1);
      const inner = type ? readAnnotation(subject, type, scope, isHere) : undefined;
      const isKnown = metadata.every(
        (one) => one.type !== 'call' || subject.nameOf(one.callee, scope) !== undefined,
      );
      return { marker: marker ?? inner?.marker, isKnown: isKnown && inner?.isKnown === true };
    }
    default:
      return { marker: undefined, isKnown: false };
  }
}

function markerIn(
  subject: Subject,
  expression: Expression,
  scope: string,
  place: Marker['place'],
  isHere: boolean,
): Marker | undefined {
  const written = writtenValue(subject, expression, scope);
  if (written?.expression.type !== 'call') return undefined;
  const call = written.expression;
  const [, name] = MARKER.exec(subject.nameOf(call.callee, written.scope) ?? '') ?? [];
  return name === undefined
    ? undefined
    : { name, call, place, isHere: isHere && call === expression };
}

/** A literal, or something whose making is understood: nothing that could be a marker. */
function isPlainDefault(
  subject: Subject,
  given: Expression,
  scope: string,
  marker: Marker | undefined,
): boolean {
  if (marker !== undefined) return true;
  if (given.type === 'call') return PLAIN.test(subject.nameOf(given.callee, scope) ?? '');
  if (given.type !== 'name' && given.type !== 'attribute') return true;
  const written = writtenValue(subject, given, scope);
  if (written === undefined) return subject.meaningOf(given, scope)?.kind === 'instance';
  return written.expression.type !== 'call';
}

const SEQUENCES: ReadonlySet<string> = new Set(
  'list List set Set frozenset FrozenSet tuple Tuple Sequence'.split(' '),
);
const MAPPINGS: ReadonlySet<string> = new Set('dict Dict Mapping MutableMapping'.split(' '));
const CONTAINER = /^(?:builtins|typing|collections(?:\.abc)?)\.(\w+)$/;

/** Whether a value is a list, set or tuple, or a mapping; nothing for anything else. */
export function containerOf(value: Value | undefined): 'sequence' | 'mapping' | undefined {
  if (value?.kind !== 'instance' || value.class.kind !== 'external') return undefined;
  const [, name = ''] = CONTAINER.exec(value.class.name) ?? [];
  if (SEQUENCES.has(name)) return 'sequence';
  return MAPPINGS.has(name) ? 'mapping' : undefined;
}

const SCALAR =
  /^(?:builtins\.(?:str|int|float|bool|bytes)|uuid\.UUID|datetime\.\w+|decimal\.Decimal|pydantic\.(?:EmailStr|AnyUrl|HttpUrl))$/;

export function isScalar(value: Value | undefined): boolean {
  return SCALAR.test(externalClassOf(value) ?? '');
}

/** A Pydantic model that FastAPI reads from the body as JSON when nothing else is said. */
export function isBodyModel(subject: Subject, value: Value | undefined): boolean {
  if (value?.kind !== 'instance' || !isModel(subject.evaluator, value)) return false;
  return !isSettingsClass(subject.evaluator, value.class) && !isOrmObject(subject.evaluator, value);
}

/** What the class of an object is called where it is defined. */
export function className(value: Value | undefined): string {
  if (value?.kind !== 'instance') return '';
  return value.class.kind === 'project' ? nameOf(value.class.id) : lastPart(value.class.name);
}

/** Whether a value is an object of a class of another package, by the end of its name. */
export function isExternal(value: Value | undefined, names: RegExp): boolean {
  return names.test(externalClassOf(value) ?? '');
}

/** The fix `query`: the parameter is read from the query. None for a type in quotes. */
export function inQuery({ annotation }: Parameter, type: string) {
  if (annotation === undefined || annotation.type === 'string') return undefined;
  const { start, end } = annotation;
  return {
    fix: 'query' as const,
    replace: [{ start, end, text: `Annotated[${type}, Query()]` }],
    imports: [
      { module: 'typing', name: 'Annotated' },
      { module: 'fastapi', name: 'Query' },
    ],
  };
}
