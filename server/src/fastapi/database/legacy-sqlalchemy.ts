/** What SQLAlchemy 2.0 has a better word for. */
import { ASYNC_SESSIONS } from '../../knowledge/relationships.ts';
import type { ImportSite } from '../../python/sites.ts';
import type { Span } from '../../syntax/nodes.ts';
import type { NamedCall } from '../calls.ts';
import { isBelow } from '../classes.ts';
import { argumentRemoved, type Edit } from '../edits.ts';
import type { Subject } from '../subject.ts';
import { isPinnedBelow } from '../versions.ts';

interface LegacyMaker {
  /** How the class is spelled. */
  readonly session: string;
  readonly replace: readonly Edit[];
}

/** `sessionmaker(engine, class_=AsyncSession)`, and how to say it with `async_sessionmaker`. */
export function legacyMaker(
  subject: Subject,
  { node, name, scope }: NamedCall,
): LegacyMaker | undefined {
  if (name !== 'sqlalchemy.orm.sessionmaker') return undefined;
  if (isPinnedBelow(subject.db, subject.path, 'sqlalchemy', '2.0.0')) return undefined;
  const given = node.args.find((argument) => argument.name === 'class_');
  const value = given && subject.meaningOf(given.value, scope);
  const ref =
    value?.kind === 'external' ? value : value?.kind === 'class' ? value.class : undefined;
  if (given === undefined || ref === undefined) return undefined;
  if (!isBelow(subject.evaluator, ref, ASYNC_SESSIONS)) return undefined;
  // It is what `async_sessionmaker` makes anyway; another class stays.
  const isDefault = ref.kind === 'external' && ref.name === 'sqlalchemy.ext.asyncio.AsyncSession';
  const { start, end } = node.callee;
  return {
    session: subject.textOf(given.value),
    replace: [
      { start, end, text: 'async_sessionmaker' },
      ...(isDefault ? [argumentRemoved(node, given)] : []),
    ],
  };
}

const LEGACY_MODULE = 'sqlalchemy.ext.declarative';
const MOVED: ReadonlySet<string> = new Set(
  'declarative_base declared_attr as_declarative has_inherited_table synonym_for DeclarativeMeta'.split(
    ' ',
  ),
);

interface LegacyImport {
  /** Where the module is named. */
  readonly module: Span;
  readonly names: readonly string[];
  /** All that is imported has moved. */
  readonly isWhole: boolean;
}

/** `from sqlalchemy.ext.declarative import declarative_base`. */
export function legacyDeclarative(
  subject: Subject,
  { node }: ImportSite,
): LegacyImport | undefined {
  if (node.type !== 'import-from' || node.level > 0 || node.module !== LEGACY_MODULE)
    return undefined;
  if (isPinnedBelow(subject.db, subject.path, 'sqlalchemy', '2.0.0')) return undefined;
  const names = node.names.map(({ name }) => name).filter((name) => MOVED.has(name));
  const offset = subject.textOf(node).indexOf(LEGACY_MODULE);
  if (names.length === 0 || offset < 0) return undefined;
  const start = node.start + offset;
  const module = { start, end: start + LEGACY_MODULE.length };
  return { module, names, isWhole: names.length === node.names.length };
}
