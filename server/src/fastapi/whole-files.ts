/** Answers for which a whole file is read into memory first. */
import { type CallSite, sitesOf } from '../python/sites.ts';
import type { Call, Expression } from '../syntax/nodes.ts';
import { lastName, mentions } from '../syntax/parts.ts';
import { ownExpressions } from '../syntax/walk.ts';
import { type NamedCall, namedCall } from './calls.ts';
import { boundValue } from './constants.ts';
import { argumentOf } from './routes.ts';
import type { Subject } from './subject.ts';

export interface WholeFile {
  /** What reads the file. */
  readonly read: Call;
  /** What opens it: the same call where one does both. */
  readonly opened: Call;
  /** The expression that names the file. */
  readonly path: Expression;
  /** The answer's content is just that call, so that one call can stand for both. */
  readonly isDirect: boolean;
}

const RESPONSES =
  /^(?:fastapi|fastapi\.responses|starlette\.responses)\.(?:Response|HTMLResponse|PlainTextResponse|StreamingResponse)$/;
/** How many names a path is followed through. */
const HOPS = 3;
const WHOLE = /^(?:pathlib|anyio)\.Path\.(?:read_bytes|read_text)$/;
const OPENERS: ReadonlySet<string> = new Set([
  'builtins.open',
  'io.open',
  'pathlib.Path.open',
  'aiofiles.open',
  'anyio.open_file',
  'anyio.Path.open',
]);

/** The file that a response is given whole, and nothing else is done with. */
export function wholeFileAnswered(subject: Subject, call: NamedCall): WholeFile | undefined {
  if (!RESPONSES.test(call.name) || call.function === undefined) return undefined;
  const [first] = call.node.args;
  const content =
    argumentOf(call.node, 'content') ??
    (first?.name === undefined && first?.star === undefined ? first?.value : undefined);
  if (content === undefined) return undefined;
  const file = readBy(subject, content, call.scope, true);
  return file && isGoneBefore(subject, file.path, call.scope) ? undefined : file;
}

/** Whether a call opens or reads the file that an answer of the same function is given whole. */
export function isAnsweredWhole(subject: Subject, { node, scope }: CallSite): boolean {
  return sitesOf(subject.db, subject.block).calls.some((site) => {
    const named = site.scope === scope ? namedCall(subject, site) : undefined;
    const file = named && wholeFileAnswered(subject, named);
    return file !== undefined && (file.opened === node || file.read === node);
  });
}

const REMOVERS = /^(?:remove|unlink|rmtree|rmdir|removedirs|cleanup)$/;

/** Whether a file is gone before an answer is sent: it lies in what a `with` opens, or the function removes it. */
function isGoneBefore(subject: Subject, path: Expression, scope: string): boolean {
  const names = namesIn(subject, path, scope, HOPS);
  if (names === 'entered') return true;
  const parts = new Set(names);
  return sitesOf(subject.db, subject.block).calls.some(({ node, scope: where }) => {
    const { callee, args } = node;
    const name = lastName(callee);
    if (where !== scope || !REMOVERS.test(name)) return false;
    return mentions(callee, parts) || args.some(({ value }) => mentions(value, parts));
  });
}

/** The names that a path is made of, also further up; `entered` where a `with` gives one of them. */
function namesIn(
  subject: Subject,
  path: Expression,
  scope: string,
  hops: number,
): readonly string[] | 'entered' {
  const found: string[] = [];
  for (const part of ownExpressions(path)) {
    if (part.type !== 'name') continue;
    found.push(part.id);
    const traced = subject.evaluator.trace(part.id, scope);
    if (traced?.kind !== 'bindings' || traced.scope !== scope) continue;
    for (const binding of traced.bindings) {
      if (binding.kind === 'entered') return 'entered';
      if (hops === 0 || binding.kind !== 'value' || binding.value === undefined) continue;
      const further = namesIn(subject, binding.value, scope, hops - 1);
      if (further === 'entered') return further;
      found.push(...further);
    }
  }
  return found;
}

function readBy(
  subject: Subject,
  content: Expression,
  scope: string,
  isDirect: boolean,
): WholeFile | undefined {
  switch (content.type) {
    case 'await':
      return readBy(subject, content.value, scope, isDirect);
    case 'call': {
      const name = subject.nameOf(content.callee, scope);
      const [only] = content.args;
      if (name === 'io.BytesIO' || name === 'builtins.iter')
        return only && readBy(subject, only.value, scope, isDirect);
      return ofRead(subject, content, scope, isDirect);
    }
    case 'list':
      return content.elements[0] && content.elements.length === 1
        ? readBy(subject, content.elements[0], scope, isDirect)
        : undefined;
    case 'name': {
      // Read once, for the answer alone: what is measured or changed has to be in memory.
      if (readsOfName(subject, content.id, scope) !== 1) return undefined;
      const bound = boundValue(subject, content.id, scope);
      return bound?.scope === scope ? readBy(subject, bound.expression, scope, false) : undefined;
    }
    default:
      return undefined;
  }
}

function ofRead(
  subject: Subject,
  read: Call,
  scope: string,
  isDirect: boolean,
): WholeFile | undefined {
  const { callee } = read;
  if (callee.type !== 'attribute') return undefined;
  if (WHOLE.test(subject.nameOf(callee, scope) ?? '')) {
    const path = callee.object;
    return isFixed(subject, path, scope) ? undefined : { read, opened: read, path, isDirect };
  }
  if (callee.name !== 'read' || read.args.length > 0) return undefined;
  const opened = openingOf(subject, callee.object, scope);
  if (opened === undefined) return undefined;
  const path =
    /Path\.open$/.test(subject.nameOf(opened.callee, scope) ?? '') &&
    opened.callee.type === 'attribute'
      ? opened.callee.object
      : opened.args[0]?.value;
  if (path === undefined || isInMemory(subject, path, scope) || isFixed(subject, path, scope))
    return undefined;
  const isOwn = isDirect && callee.object === opened;
  return { read, opened, path, isDirect: isOwn };
}

/** The call that opens what is read: here, in the `with`, or where its name is bound. */
function openingOf(subject: Subject, file: Expression, scope: string): Call | undefined {
  let opened: Expression | undefined = file;
  if (file.type === 'name') {
    const traced = subject.evaluator.trace(file.id, scope);
    const [binding, ...others] = traced?.kind === 'bindings' ? traced.bindings : [];
    if (traced?.kind !== 'bindings' || traced.scope !== scope || others.length > 0)
      return undefined;
    opened =
      binding?.kind === 'entered'
        ? binding.context
        : binding?.kind === 'value' && binding.unpack === undefined
          ? binding.value
          : undefined;
  }
  if (opened?.type === 'await') opened = opened.value;
  if (opened?.type !== 'call') return undefined;
  return OPENERS.has(subject.nameOf(opened.callee, scope) ?? '') ? opened : undefined;
}

function isInMemory(subject: Subject, path: Expression, scope: string): boolean {
  const value = subject.meaningOf(path, scope);
  return (
    value?.kind === 'instance' &&
    /^io\./.test(value.class.kind === 'external' ? value.class.name : '')
  );
}

function readsOfName(subject: Subject, name: string, scope: string): number {
  return sitesOf(subject.db, subject.block).names.filter(
    (site) => site.node.id === name && (site.scope === scope || site.scope.startsWith(`${scope}>`)),
  ).length;
}

/** Made of literals and of where the module lies: how large a file of the application is, its authors know. */
function isFixed(subject: Subject, path: Expression, scope: string, hops = HOPS): boolean {
  const isSo = (part: Expression) => isFixed(subject, part, scope, hops);
  switch (path.type) {
    case 'string':
      return true;
    case 'name': {
      if (path.id === '__file__') return true;
      const bound = hops > 0 ? boundValue(subject, path.id, scope) : undefined;
      return bound !== undefined && isFixed(subject, bound.expression, bound.scope, hops - 1);
    }
    case 'binary':
      return isSo(path.left) && isSo(path.right);
    case 'attribute':
      return isSo(path.object);
    case 'fstring':
      return path.parts.every((part) => typeof part === 'string' || isSo(part));
    case 'call': {
      const { callee, args } = path;
      const name = subject.nameOf(callee, scope) ?? '';
      const isPath = /^(?:pathlib\.|os\.path\.|importlib\.resources\.)/.test(name);
      return (
        isPath &&
        args.every(({ value }) => isSo(value)) &&
        (callee.type !== 'attribute' || args.length > 0 || isSo(callee.object))
      );
    }
    default:
      return false;
  }
}
