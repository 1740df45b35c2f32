/** What one block of one file is asked about. */

import { moduleScope, type Scope } from '../python/bindings.ts';
import { createEvaluator, type Evaluator } from '../python/evaluate.ts';
import { rootPaths } from '../python/modules.ts';
import type { Value } from '../python/values.ts';
import { defineQuery, type Reader } from '../query/database.ts';
import { defineGlance, isSaidIn } from '../syntax/glances.ts';
import type { Expression, Span } from '../syntax/nodes.ts';
import { blockSource, pathOfBlock } from '../syntax/source.ts';

export interface Subject {
  readonly db: Reader;
  readonly evaluator: Evaluator;
  readonly block: string;
  readonly path: string;
  /** What the file is for: rules are gentler, or silent, outside of what serves requests. */
  readonly purpose: Purpose;
  meaningOf(expression: Expression, scope: string): Value | undefined;
  /** The public dotted name of what an expression means in another package (`requests.get`), if it is known. */
  nameOf(expression: Expression, scope: string): string | undefined;
  /** The source of a stretch of the block. */
  textOf(span: Span): string;
  /** The source of a stretch of another block. */
  sourceOf(place: Span & { readonly block: string }): string;
}

/** By start, end and block: what is written elsewhere in a block is no concern of who asks for a stretch of it. */
const stretch = defineQuery<string>('stretch of source', (db, key) => {
  const [start = '', end = ''] = key.split(':', 2);
  const block = key.slice(start.length + end.length + 2);
  return db.get(blockSource, block).text.slice(Number(start), Number(end));
});

export type Purpose = 'application' | 'test' | 'migration';

export function subjectOf(db: Reader, block: string): Subject {
  const evaluator = createEvaluator(db);
  const path = pathOfBlock(block);
  return {
    db,
    evaluator,
    block,
    path,
    purpose: db.get(filePurpose, path),
    meaningOf: evaluator.meaningOf,
    nameOf(expression, scope) {
      const value = evaluator.meaningOf(expression, scope);
      if (value?.kind === 'external') return value.name;
      return value?.kind === 'class' && value.class.kind === 'external'
        ? value.class.name
        : undefined;
    },
    textOf: ({ start, end }) => db.get(blockSource, block).text.slice(start, end),
    sourceOf: ({ block, start, end }) => db.get(stretch, `${start}:${end}:${block}`),
  };
}

const TEST_PATH =
  /(?:^|\/)(?:tests?|testing|e2e)\/|(?:^|\/)(?:test_[^/]*|[^/]*_tests?|tests?|conftest)\.py$/;
const TEST_IMPORT = defineGlance(
  /^[ \t]*(?:import|from)[ \t]+(?:pytest|unittest|(?:fastapi|starlette)\.testclient)\b/m,
  ['pytest', 'unittest', 'testclient'],
);

/** By path: whether a file is one of tests, by a glance at its name and text. */
export const looksLikeTest = defineQuery<boolean>(
  'looks like test',
  (db, path) => TEST_PATH.test(insideRoot(db, path)) || isSaidIn(db, path, TEST_IMPORT),
);

/** By path: what a file is for, by the names that every project uses, and by what it imports. */
export const filePurpose = defineQuery<Purpose>('purpose', (db, path) => {
  const inProject = insideRoot(db, path);
  if (TEST_PATH.test(inProject)) return 'test';
  if (/(?:^|\/)(?:(?:alembic|migrations)\/|migrations\.py$)/.test(inProject)) return 'migration';
  const { names } = db.get(moduleScope, path);
  const imports = (pattern: RegExp) =>
    Object.values(names).some((bindings) =>
      bindings.some(
        (binding) =>
          (binding.kind === 'from' || binding.kind === 'module') && pattern.test(binding.module),
      ),
    );
  if (imports(/^(?:pytest|unittest|(?:fastapi|starlette)\.testclient)\b/)) return 'test';
  return imports(/^alembic\b/) && isRevision(names) ? 'migration' : 'application';
});

/** What Alembic asks a revision, or an `env.py`, to have. */
function isRevision(names: Scope['names']): boolean {
  return ['upgrade', 'run_migrations_online'].some((name) => names[name] !== undefined);
}

/** The path below the nearest root: what the folders above a project are called says nothing about it. */
export function insideRoot(db: Reader, path: string): string {
  const roots = db.get(rootPaths, '').filter((root) => path.startsWith(`${root}/`));
  return path.slice(Math.max(0, ...roots.map((root) => root.length)));
}
