/**
 * What executing a definition may call, by a glance at its text: most classes are fields and methods, and executing
 * those does nothing that others could see. They are executed when somebody looks into them.
 */
import { defineQuery, type Reader } from '../../query/database.ts';
import { type BlockShape, blockSource } from '../../syntax/source.ts';
import type { Env, Obj } from './objects.ts';

/** By block id: the first names of what executing it calls; `null` where it does more than to bind a name. */
const calledBy = defineQuery<readonly string[] | null>('called when executed', (db, id) => {
  const { text } = db.get(blockSource, id);
  const definition = /^[ \t]*(?:async[ \t]+def|def|class)\b/m.exec(text);
  if (text.startsWith('@'))
    return [...text.slice(0, definition?.index).matchAll(/^[ \t]*@[ \t]*([\w.]+)/gm)].map(
      ([, name = '']) =>
        INERT.has(name.slice(name.lastIndexOf('.') + 1)) ? '' : (name.split('.')[0] ?? ''),
    );
  // The defaults of a method are read with its header.
  if (definition?.index === 0) return [];
  return ASSIGNED.test(text) || /^["']/.test(text) || text === 'pass' ? headsIn(text) : null;
});

const ASSIGNED = /^(?!(?:try|else|finally|lambda)\b)[A-Za-z_]\w*[ \t]*(?::(?!=)|=(?!=))/;

function headsIn(text: string): string[] {
  return [...text.matchAll(/([\w.]*)[ \t]*\(/g)].map(([, name = '']) => name.split('.')[0] ?? '');
}

/** Decorators that do nothing but to mark or wrap. */
const INERT: ReadonlySet<string> = new Set(
  'property cached_property staticmethod classmethod setter getter deleter abstractmethod override overload final validator root_validator field_validator model_validator field_serializer model_serializer computed_field hybrid_property hybrid_method declared_attr validates contextmanager asynccontextmanager'.split(
    ' ',
  ),
);

/** By block id: whether a function has neither decorators nor defaults, so that nothing is evaluated when it is defined. */
export const isPlainFunction = defineQuery<boolean>('is plain function', (db, id) =>
  PLAIN_HEADER.test(db.get(blockSource, id).text),
);

const PLAIN_HEADER =
  /^(?:async[ \t]+)?def[ \t]+\w+[ \t]*\([^=@#'"()]*\)[ \t]*(?:->[^:=#'"()]+)?:[ \t]*\r?\n/;

/** Whether executing the members of a class can't be seen outside of it. */
export function areInert(db: Reader, members: readonly BlockShape[], env: Env): boolean {
  return members.every(({ id, kind, members: inner }) => {
    if (kind === 'class' && !areInert(db, inner, env)) return false;
    const heads = db.get(calledBy, id);
    return heads?.every((head) => isHarmless(valueIn(env, head))) ?? false;
  });
}

/** Calling something of another package, or what is not known, changes nothing that is followed. */
function isHarmless(value: Obj | undefined): boolean {
  return value === undefined || value.kind === 'external' || value.kind === 'unknown';
}

function valueIn(env: Env, name: string): Obj | undefined {
  for (let scope: Env | undefined = env; scope !== undefined; scope = scope.outer) {
    const value = scope.vars.get(name);
    if (value !== undefined) return value;
  }
  return undefined;
}
