/** The inner `class Config` of Pydantic models. */
import { HARMLESS_KEYS, REMOVED_KEYS, RENAMED_KEYS } from '../../knowledge/pydantic.ts';
import { classScope, memberBlocks } from '../../python/bindings.ts';
import { moduleScopeId, pathOf } from '../../python/definitions.ts';
import type { ClassSite } from '../../python/sites.ts';
import { defineGlance } from '../../syntax/glances.ts';
import type { Assign, Statement } from '../../syntax/nodes.ts';
import { blockSource, lowered } from '../../syntax/source.ts';
import { ownExpressions } from '../../syntax/walk.ts';
import { isModelClass, isSettingsClass } from '../classes.ts';
import { isSaidAnywhere } from '../everywhere.ts';
import type { Subject } from '../subject.ts';

export interface ConfigKey {
  readonly name: string;
  /** What Pydantic 2 calls it, where that differs. */
  readonly renamed: string | undefined;
  readonly statement: Assign;
  /** The block that the statement stands in. */
  readonly block: string;
}

export interface ModelConfig {
  readonly kind: 'model' | 'settings';
  /** Only plain assignments of values, each under a line of its own: it can be written as a call. */
  readonly keys: readonly ConfigKey[] | undefined;
  /** Keys that Pydantic 2 does nothing with. */
  readonly ignored: readonly string[];
  /** Writing it anew changes what the model takes or gives. */
  readonly changes: boolean;
}

/** The `class Config` that a class is; nothing when it is none, or not of a Pydantic model. */
export function modelConfigOf(subject: Subject, site: ClassSite): ModelConfig | undefined {
  const { node, outer } = site;
  if (node.name !== 'Config' || outer === moduleScopeId(pathOf(outer))) return undefined;
  const { evaluator, db } = subject;
  const model = { kind: 'project', id: outer } as const;
  if (!isModelClass(evaluator, model)) return undefined;
  const body = bodyOf(subject, site);
  const names = Object.keys(db.get(classScope, site.id).names);
  const ignored = names.filter((name) => RENAMED_KEYS.has(name) || REMOVED_KEYS.has(name));
  const isAlone =
    db.get(classScope, outer).names.model_config === undefined && !isSaidAnywhere(db, READING);
  const keys = isAlone && node.bases.length === 0 ? plainKeys(body) : undefined;
  return {
    kind: isSettingsClass(evaluator, model) ? 'settings' : 'model',
    keys,
    ignored,
    changes: ignored.some((name) => !HARMLESS_KEYS.has(name)),
  };
}

/** A `Config` of a class is read, as `class Config(Base.Config)` does. */
const READING = defineGlance(/\b(?:[A-Z]\w*|self|cls)\.Config\b/, ['.Config']);

interface Placed {
  readonly statement: Statement;
  readonly block: string;
}

/** The statements of a class's body, which are blocks of their own where the class is one. */
function bodyOf({ db, block }: Subject, { id, node }: ClassSite): readonly Placed[] {
  const members = memberBlocks(db, id);
  if (members.length === 0) return node.body.map((statement) => ({ statement, block }));
  return members.flatMap((member) =>
    db.get(lowered, member.id).body.map((statement) => ({ statement, block: member.id })),
  );
}

function plainKeys(body: readonly Placed[]): readonly ConfigKey[] | undefined {
  const keys: ConfigKey[] = [];
  for (const { statement, block } of body) {
    if (statement.type !== 'assign' || statement.value === undefined) return undefined;
    const [target] = statement.targets;
    if (statement.targets.length !== 1 || target?.type !== 'name') return undefined;
    const name = target.id;
    if (REMOVED_KEYS.has(name)) return undefined;
    // As an argument it would not see the lines above it.
    const isFree = [...ownExpressions(statement.value)].every(
      (part) => part.type !== 'name' || keys.every((key) => key.name !== part.id),
    );
    if (!isFree) return undefined;
    keys.push({ name, renamed: RENAMED_KEYS.get(name), statement, block });
  }
  return keys.length > 0 ? keys : undefined;
}

/** Whether each statement begins a line of its block, so that it can be mended alone. */
export function standsAlone({ db }: Subject, { statement, block }: ConfigKey): boolean {
  const { text } = db.get(blockSource, block);
  const before = text.slice(text.lastIndexOf('\n', statement.start) + 1, statement.start);
  const after = /^[^\r\n]*/.exec(text.slice(statement.end))?.[0] ?? '';
  return before.trim() === '' && /^\s*(?:#.*)?$/.test(after);
}
