/** Calls, by the name of what is called. */
import { CONTEXT_MANAGERS } from '../knowledge/results.ts';
import { moduleScope } from '../python/bindings.ts';
import { enclosingOf, moduleScopeId, pathOf } from '../python/definitions.ts';
import type { CallSite } from '../python/sites.ts';
import type { Expression, FunctionDef } from '../syntax/nodes.ts';
import { allIds, blockSource, fileShape } from '../syntax/source.ts';
import { isCalledInsteadOfOffloaded } from './offload.ts';
import type { Subject } from './subject.ts';

export interface NamedCall extends CallSite {
  /** The public dotted name: `requests.get`, `requests.Session.get` for a method of an object. */
  readonly name: string;
}

export interface LoopCall extends NamedCall {
  readonly function: FunctionDef;
  /** It runs once, while the application starts or stops, and holds up no request. */
  readonly isStartup: boolean;
  /** It is reached from the file's `if __name__ == "__main__"` only by its own name. */
  readonly isScript: boolean;
}

/** The call with the name of what it calls, when that is known and not of the project. */
export function namedCall(subject: Subject, site: CallSite): NamedCall | undefined {
  const { callee } = site.node;
  const name = subject.nameOf(callee, site.scope) ?? nameOfObject(subject, callee, site.scope);
  return name === undefined ? undefined : { ...site, name };
}

/** `model(inputs)`: an object of a class of another package is called. */
function nameOfObject(subject: Subject, callee: Expression, scope: string): string | undefined {
  const value = subject.meaningOf(callee, scope);
  if (value?.kind !== 'instance') return undefined;
  const method = subject.evaluator.attributeOf(value, '__call__');
  return method?.kind === 'external' ? method.name : undefined;
}

/**
 * The call as one that runs on the event loop; nothing when it doesn't stand in an `async def`, and for the `f()` of
 * `run_in_threadpool(f())`, which async/offload-called speaks of.
 */
export function loopCall(subject: Subject, call: NamedCall): LoopCall | undefined {
  const { function: around } = call;
  if (!around?.isAsync || isCalledInsteadOfOffloaded(subject, call)) return undefined;
  return {
    ...call,
    function: around,
    isStartup: isStartup(subject, around, call.scope),
    isScript: isScript(subject, around),
  };
}

/** What is called, as a message says it: `db.query(...).filter(...).all`, whatever stands between the parentheses. */
export function spelled(callee: Expression): string {
  switch (callee.type) {
    case 'name':
      return callee.id;
    case 'attribute':
      return `${spelled(callee.object)}.${callee.name}`;
    case 'call':
      return `${spelled(callee.callee)}(...)`;
    case 'subscript':
      return `${spelled(callee.object)}[...]`;
    case 'await':
      return `(await ${spelled(callee.value)})`;
    case 'string':
      return '"..."';
    default:
      return '(...)';
  }
}

/** A lifespan (a context manager that takes the app) or a start-up handler. */
function isStartup(subject: Subject, node: FunctionDef, functionId: string): boolean {
  const scope = enclosingOf(functionId) ?? moduleScopeId(pathOf(functionId));
  return node.decorators.some((decorator) => {
    const head = decorator.type === 'call' ? decorator.callee : decorator;
    if (head.type === 'attribute' && head.name === 'on_event') return true;
    const name = subject.nameOf(head, scope);
    if (name === undefined || !CONTEXT_MANAGERS.has(name)) return false;
    return /lifespan|startup/.test(node.name) || node.parameters.some(takesApp);
  });
  function takesApp({ name, annotation }: { name: string; annotation?: Expression }): boolean {
    if (annotation === undefined) return name === 'app';
    const type = subject.nameOf(annotation, scope);
    return type === 'fastapi.FastAPI' || type === 'starlette.applications.Starlette';
  }
}

const MAIN_GUARD = /^if\s+__name__\s*==\s*['"]__main__['"]/;

function isScript(subject: Subject, node: FunctionDef): boolean {
  const { db, path } = subject;
  if (db.get(moduleScope, path).names[node.name] === undefined) return false;
  return allIds(db.get(fileShape, path)).some((block) => {
    if (!/#if~\d+$/.test(block)) return false;
    const { text } = db.get(blockSource, block);
    return MAIN_GUARD.test(text) && new RegExp(`\\b${node.name}\\(`).test(text);
  });
}
