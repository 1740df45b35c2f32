/** Sessions of a database that a module opens once for everybody. */
import { ALL_SESSIONS } from '../../knowledge/relationships.ts';
import { moduleScope } from '../../python/bindings.ts';
import { functionOf, moduleScopeId, pathOf } from '../../python/definitions.ts';
import { knownFiles } from '../../python/modules.ts';
import { type CallSite, sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { allIds, fileShape, fileText } from '../../syntax/source.ts';
import { purposeOf } from '../calls.ts';
import { isInstanceOf } from '../classes.ts';
import { isInjected } from '../handlers.ts';
import { type Subject, subjectOf } from '../subject.ts';

/** The name that a module gives to a session that it opens, where functions that serve requests use it. */
export function globalSession(
  subject: Subject,
  { node, scope, use, statements, function: own }: CallSite,
): string | undefined {
  if (own !== undefined || scope !== moduleScopeId(subject.path)) return undefined;
  if (use.kind !== 'assigned' || use.target.type !== 'name' || statements.length !== 1)
    return undefined;
  const { db, evaluator, purpose } = subject;
  const { id: name } = use.target;
  if (purpose !== 'application') return undefined;
  if (!isInstanceOf(evaluator, subject.meaningOf(node, scope), ALL_SESSIONS)) return undefined;
  if (db.get(moduleScope, subject.path).names[name]?.length !== 1) return undefined;
  const callee = subject.meaningOf(node.callee, scope);
  // What a registry of sessions gives is the thread's, or the task's, own.
  const isOpening =
    callee?.kind === 'external'
      ? !/scoped_session$/.test(callee.name)
      : callee?.kind === 'instance'
        ? !(callee.class.kind === 'external' && /scoped_session$/.test(callee.class.name))
        : callee?.kind === 'class';
  return isOpening && db.get(isServed, `${subject.path}\n${name}`) ? name : undefined;
}

/** By `path\nname`: whether a function that serves requests, or one of another file, reads the module's name. */
const isServed = defineQuery<boolean>('is served', (db, key) => {
  const name = key.slice(key.indexOf('\n') + 1);
  const mention = new RegExp(`\\b${name}\\b`);
  return [...db.get(knownFiles, '')].some(
    (file) => mention.test(db.get(fileText, file)) && db.get(readsGlobal, `${file}\n${key}`),
  );
});

/** By `file\npath\nname`. */
const readsGlobal = defineQuery<boolean>('reads global', (db, key) => {
  const [file = '', path = '', name = ''] = key.split('\n');
  const local = new Set(file === path ? [name] : importedAs(db, file, name));
  return allIds(db.get(fileShape, file)).some((block) => {
    const subject = subjectOf(db, block);
    if (subject.purpose !== 'application') return false;
    return sitesOf(db, block).names.some(({ node, scope, function: own }) => {
      if (!local.has(node.id) || own === undefined) return false;
      const traced = subject.evaluator.trace(node.id, scope);
      if (traced?.kind !== 'bindings' || traced.scope !== moduleScopeId(path)) return false;
      const reader = functionOf(db, scope);
      if (reader === undefined || purposeOf(subject, reader, scope).isScript) return false;
      return pathOf(scope) !== path || reader.isAsync || isInjected(subject, scope);
    });
  });
});

/** What a file calls the things of that name that it imports. */
function importedAs(db: Reader, file: string, name: string): readonly string[] {
  return Object.entries(db.get(moduleScope, file).names).flatMap(([own, bindings]) =>
    bindings.some((binding) => binding.kind === 'from' && binding.name === name) ? own : [],
  );
}
