/** Paths of files that are made of what a request says. */
import { PATH_JOINERS, PATH_METHODS, PATH_TAKERS } from '../../knowledge/paths.ts';
import type { Binding } from '../../python/bindings.ts';
import { knownFiles } from '../../python/modules.ts';
import { type CallSite, type FunctionSite, sitesOf } from '../../python/sites.ts';
import { externalClassOf } from '../../python/values.ts';
import { defineQuery } from '../../query/database.ts';
import type {
  Attribute,
  Call,
  Expression,
  Parameter,
  Span,
  Statement,
} from '../../syntax/nodes.ts';
import { lastName } from '../../syntax/parts.ts';
import { fileText } from '../../syntax/source.ts';
import { ownExpressions } from '../../syntax/walk.ts';
import { isInstanceOf } from '../classes.ts';
import { routesHandledBy } from '../handlers.ts';
import { originOf } from '../origins.ts';
import { pathParameters } from '../paths.ts';
import type { Subject } from '../subject.ts';

export interface RequestPath {
  /** What goes there. */
  readonly call: Call;
  /** What of it the request says: `file.filename`, `name`. */
  readonly source: Expression;
  /** It is the name of an upload. */
  readonly isUpload: boolean;
}

const UPLOADS: ReadonlySet<string> = new Set([
  'fastapi.UploadFile',
  'starlette.datastructures.UploadFile',
]);

/** What of a request a function makes paths of, each by the first call that goes there. */
export function requestPathsIn(
  subject: Subject,
  { id, node }: FunctionSite,
): readonly RequestPath[] {
  // Only an upload's name, or a parameter of a path operation, is what a request says.
  if (node.decorators.length === 0 && !subject.textOf(node).includes('.filename')) return [];
  const seen = new Set<string>();
  return sitesOf(subject.db, subject.block).calls.flatMap((call) => {
    const found = call.scope === id ? requestPath(subject, call) : undefined;
    const said = found && subject.textOf(found.source);
    if (found === undefined || said === undefined || seen.has(said)) return [];
    seen.add(said);
    return found;
  });
}

/** The path that a call goes to, where a request may say `../` in it and nobody looks. */
function requestPath(subject: Subject, call: CallSite): RequestPath | undefined {
  const { function: around, node, scope } = call;
  const at = around && pathOf(subject, node, scope);
  const source = at && sourceIn(subject, at, scope, HOPS);
  if (around === undefined || at === undefined || source === undefined) return undefined;
  const body = subject.textOf({ start: around.parametersEnd, end: around.end });
  if (CHECKED.test(body)) return undefined;
  return { call: node, source, isUpload: source.type === 'attribute' };
}

/** The expression for the path of a call that opens, writes, removes or answers with a file. */
function pathOf(subject: Subject, { callee, args }: Call, scope: string): Expression | undefined {
  const name = subject.nameOf(callee, scope);
  if (name !== undefined && PATH_TAKERS.has(name)) {
    const given = args.find(
      (one) =>
        one.star === undefined && (one.name === undefined || /^(?:path|file)$/.test(one.name)),
    );
    return given?.value;
  }
  if (callee.type !== 'attribute' || !PATH_METHODS.has(callee.name)) return undefined;
  // Of an object that is not known, only a path can be joined.
  const isPath = name?.startsWith('pathlib.Path.') ?? isJoined(subject, callee.object, scope, HOPS);
  return isPath ? callee.object : undefined;
}

function isJoined(subject: Subject, expression: Expression, scope: string, hops: number): boolean {
  if (expression.type === 'binary') return expression.operator === '/';
  if (expression.type === 'call')
    return expression.callee.type === 'attribute' && expression.callee.name === 'joinpath';
  const bound =
    expression.type === 'name' && hops > 0 ? boundValue(subject, expression.id, scope) : undefined;
  return bound !== undefined && isJoined(subject, bound.value, bound.scope, hops - 1);
}

/** How many assignments are gone back through. */
const HOPS = 3;

/** The part of a path that comes from a request as it was sent. What cuts, checks or replaces it ends the way. */
function sourceIn(
  subject: Subject,
  expression: Expression,
  scope: string,
  hops: number,
): Expression | undefined {
  const any = (parts: readonly Expression[]): Expression | undefined => {
    for (const part of parts) {
      const found = sourceIn(subject, part, scope, hops);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  switch (expression.type) {
    case 'fstring':
      return any(expression.parts.filter((part) => typeof part !== 'string'));
    case 'binary':
      return expression.operator === '+' || expression.operator === '/'
        ? any([expression.left, expression.right])
        : undefined;
    case 'boolean':
      return any([expression.left, expression.right]);
    case 'conditional':
      return any([expression.body, expression.orelse]);
    case 'call':
      return any(joinedBy(subject, expression, scope));
    case 'attribute':
      return isUploadName(subject, expression, scope)
        ? unseen(subject, expression, scope)
        : undefined;
    case 'name':
      return nameSource(subject, expression, scope, hops);
    default:
      return undefined;
  }
}

function unseen(subject: Subject, source: Expression, scope: string): Expression | undefined {
  return isLookedAt(subject, source, scope) ? undefined : source;
}

/** What a call puts together: its arguments, and what `joinpath` is called on. */
function joinedBy(subject: Subject, { callee, args }: Call, scope: string): readonly Expression[] {
  const given = args.map(({ value }) => value);
  if (callee.type === 'attribute' && callee.name === 'joinpath') return [callee.object, ...given];
  return PATH_JOINERS.has(subject.nameOf(callee, scope) ?? '') ? given : [];
}

function isUploadName(subject: Subject, { object, name }: Attribute, scope: string): boolean {
  return (
    name === 'filename' &&
    isInstanceOf(subject.evaluator, subject.meaningOf(object, scope), UPLOADS)
  );
}

function nameSource(
  subject: Subject,
  expression: Extract<Expression, { type: 'name' }>,
  scope: string,
  hops: number,
): Expression | undefined {
  const { id } = expression;
  const traced = subject.evaluator.trace(id, scope);
  const [only, ...others]: readonly Binding[] = traced?.kind === 'bindings' ? traced.bindings : [];
  if (only === undefined || others.length > 0) return undefined;
  if (only.kind === 'value') {
    const isPlain = only.value !== undefined && only.unpack === undefined && hops > 0;
    return isPlain && only.value !== undefined
      ? sourceIn(subject, only.value, only.scope, hops - 1)
      : undefined;
  }
  if (only.kind !== 'parameter' || traced?.kind !== 'bindings') return undefined;
  const isSent = isFreeText(subject, only.parameter, only.index, traced.scope);
  return isSent && originOf(subject, expression, scope) === 'request'
    ? unseen(subject, expression, scope)
    : undefined;
}

function boundValue(subject: Subject, name: string, scope: string) {
  const traced = subject.evaluator.trace(name, scope);
  const [only, ...others] = traced?.kind === 'bindings' ? traced.bindings : [];
  if (only?.kind !== 'value' || only.value === undefined || others.length > 0) return undefined;
  return { value: only.value, scope: only.scope };
}

/** A text of any form that a path operation takes: but one of the path ends at the next slash, unless it is a `:path`. */
export function isFreeText(
  subject: Subject,
  parameter: Parameter,
  index: number,
  functionId: string,
): boolean {
  const { name } = parameter;
  const value = subject.evaluator.parameterValue(parameter, index, functionId);
  if (externalClassOf(value) !== 'builtins.str') return false;
  const { annotation } = parameter;
  // `Name = Annotated[str, ...]` may limit it, too.
  if (annotation?.type === 'name' && annotation.id !== 'str') return false;
  if (LIMITED.test(subject.textOf(parameter))) return false;
  const routes = routesHandledBy(subject, functionId);
  return (
    routes.length > 0 &&
    routes.every(({ path }) => {
      if (path === undefined) return false;
      const own = pathParameters(path).find((one) => one.name === name);
      return own === undefined ? !subject.db.get(isInPrefix, name) : own.convertor === 'path';
    })
  );
}

/** A pattern or a list of values, or what only another part of the program can give. */
const LIMITED =
  /\b(?:pattern|regex|Literal|Enum|AfterValidator|BeforeValidator|Depends|Security)\b/;

/** By path: the parameters that prefixes of its routers have, by a glance at its text. */
const prefixParameters = defineQuery<readonly string[]>('parameters of prefixes', (db, path) =>
  [
    ...db.get(fileText, path).matchAll(/prefix\w*\s*(?::\s*\w+\s*)?=\s*f?["']([^"'\n]*)["']/gi),
  ].flatMap(([, prefix = '']) => pathParameters(prefix).map(({ name }) => name)),
);

/** By name. */
const isInPrefix = defineQuery<boolean>('is in a prefix', (db, name) =>
  [...db.get(knownFiles, '')].some((path) => db.get(prefixParameters, path).includes(name)),
);

/** What looks at a path, or at a name, whatever it then does. Who asks for an absolute one means any place of the disk. */
const CHECKED =
  /is_relative_to|\bisabs\(|\bis_absolute\(|relative_to\(|commonpath|commonprefix|realpath|resolve\(|secure_filename|["']\.\.|os\.sep|\bstartswith\(|\.parents?\b|\bsanitiz|\bvalidat|\bis_?safe|\bsafe_|\bcheck_|\ballowed|\bre\.|uuid\.UUID\(/i;

/** Whether something of the function compares the text with others, or hands it to a function of its own. */
export function isLookedAt(subject: Subject, source: Expression, scope: string): boolean {
  const text = subject.textOf(source);
  const { calls, names } = sitesOf(subject.db, subject.block);
  const isIt = (one: Expression) => subject.textOf(one) === text;
  if (isLookedUp(subject, isIt, scope)) return true;
  const isGuarded = calls.some(
    ({ node, use }) =>
      use.kind === 'dropped' &&
      node.args.some(({ value }) => isIt(value)) &&
      !PATH_TAKERS.has(subject.nameOf(node.callee, scope) ?? '') &&
      !isLog(node),
  );
  if (isGuarded) return true;
  return names.some(({ statements, scope: where }) => {
    const statement = statements.at(-1);
    if (where !== scope || statement?.type !== 'if') return false;
    return statement.branches.some(({ condition }) =>
      [...ownExpressions(condition)].some(
        (part) =>
          part.type === 'compare' &&
          part.operators.some((one) => /^(?:not )?in$|^[=!]=$/.test(one)) &&
          part.operands.slice(0, 1).some(isIt),
      ),
    );
  });
}

/** Nothing goes on where nothing is found by the text: `user = find(name)`, `if user is None: raise`, `if not find(name): return`. */
function isLookedUp(subject: Subject, isIt: (one: Expression) => boolean, scope: string): boolean {
  const { calls, names } = sitesOf(subject.db, subject.block);
  return calls.some(({ node, use, scope: where, statements }) => {
    if (where !== scope || !node.args.some(({ value }) => isIt(value))) return false;
    if (FILES.test(subject.nameOf(node.callee, scope) ?? '')) return false;
    if (leavesBy(statements.at(-1), node)) return true;
    if (use.kind !== 'assigned' || use.target.type !== 'name') return false;
    const { id } = use.target;
    return names.some(
      (read) =>
        read.scope === scope && read.node.id === id && leavesBy(read.statements.at(-1), read.node),
    );
  });
}

/** Whether a statement asks for something and leaves the function on the answer. */
function leavesBy(statement: Statement | undefined, asked: Span): boolean {
  if (statement?.type !== 'if') return false;
  return statement.branches.some(({ condition, body }) => {
    const last = body.at(-1)?.type;
    const isAsked = condition.start <= asked.start && asked.end <= condition.end;
    return isAsked && (last === 'raise' || last === 'return');
  });
}

/** What makes a path of a name, or asks the disk, has looked at nothing. */
const FILES = /^(?:os|shutil|pathlib|builtins|io|aiofiles|anyio|tempfile)\./;

/** `logger.info(name)`, `print(name)`. */
function isLog({ callee }: Call): boolean {
  const name = lastName(callee);
  return /^(?:print|debug|info|warning|warn|error|exception|log|append|add)$/.test(name);
}
