/** What runs because somebody typed a command: nobody else waits for it. */
import { blockOf, definitionsIn, outerScopeOf } from '../../python/definitions.ts';
import { knownFiles } from '../../python/modules.ts';
import { functionSignature } from '../../python/signatures.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { blocksSaying, defineGlance } from '../../syntax/glances.ts';
import type { Expression } from '../../syntax/nodes.ts';
import { headOf } from '../../syntax/parts.ts';
import { allIds, blockSource, fileShape, pathOfBlock } from '../../syntax/source.ts';
import { isBelow } from '../classes.ts';
import { insideRoot, looksLikeTest, type Subject, subjectOf } from '../subject.ts';
import { edgesOf, runsIn } from './runs.ts';
import { isStartupFunction } from './startup.ts';
import { everyWayBegins, isTopLevel } from './ways.ts';

const TOOL = /(?:^|\/)(?:cli|commands|scripts)\/|(?:^|\/)(?:cli|__main__)\.py$/;

/** Whether a file is one of the command line, by the names that every project uses. */
export function isTool(db: Reader, path: string): boolean {
  return TOOL.test(insideRoot(db, path));
}

const GROUPS: ReadonlySet<string> = new Set(
  'typer.Typer click.Group asyncclick.Group cyclopts.App'.split(' '),
);
const COMMAND = /^(?:asyncclick|click|cyclopts|typer)\./;

/** By function id: whether it is a command of typer or click, or a group of them. */
const isCommand = defineQuery<boolean>('is command', (db, id) => {
  const decorators = db.get(functionSignature, id)?.decorators ?? [];
  if (decorators.length === 0) return false;
  const subject = subjectOf(db, blockOf(id));
  return decorators.some((decorator) => isCommandDecorator(subject, decorator, outerScopeOf(id)));
});

function isCommandDecorator(subject: Subject, decorator: Expression, scope: string): boolean {
  const head = headOf(decorator);
  if (COMMAND.test(subject.nameOf(head, scope) ?? '')) return true;
  if (head.type !== 'attribute' || !/^(?:command|group)$/.test(head.name)) return false;
  const group = subject.meaningOf(head.object, scope);
  // `class AsyncTyper(Typer)` with a `command` of its own.
  if (group?.kind === 'instance' && isBelow(subject.evaluator, group.class, GROUPS)) return true;
  // `@cli.command()`, where `cli` is a function that became a group.
  return group?.kind === 'function' && subject.db.get(isCommand, group.id);
}

const COMMANDING = defineGlance(/@[\w.]+\.(?:command|callback|group)\b|@(?:command|group)\b/, [
  'command',
  'callback',
  'group',
]);

/** By path: the functions that a command begins with. */
const commandsIn = defineQuery<readonly string[]>('commands in', (db, path) => {
  const isWhole = isTool(db, path);
  const blocks = isWhole ? allIds(db.get(fileShape, path)) : blocksSaying(db, path, COMMANDING);
  return blocks
    .flatMap((block) => db.get(definitionsIn, block))
    .flatMap(({ id, node }) =>
      node.type === 'function' && (isWhole || db.get(isCommand, id)) ? id : [],
    );
});

/** What a program begins with: commands alone, or what stands under `if __name__ == "__main__"` as well. */
type Program = 'command' | 'script';

const MAIN_GUARD = /^if\s+__name__\s*==\s*['"]__main__['"]/;

/** The blocks of a file's `if __name__ == "__main__"`. */
export function mainGuards(db: Reader, path: string): readonly string[] {
  return db.get(fileShape, path).flatMap(({ id }) => (isMainGuard(db, id) ? id : []));
}

function isMainGuard(db: Reader, block: string): boolean {
  return /#if~\d+$/.test(block) && MAIN_GUARD.test(db.get(blockSource, block).text);
}

/** More functions than commands run. */
const MAX_FUNCTIONS = 5_000;

/** By kind of program: every function that one runs, whatever else does. */
const programReach = defineQuery<ReadonlySet<string>>('program reach', (db, kind) => {
  const found = new Set<string>();
  for (const path of db.get(knownFiles, '')) {
    if (db.get(looksLikeTest, path)) continue;
    for (const id of db.get(commandsIn, path)) found.add(id);
    if (kind === 'script') for (const block of mainGuards(db, path)) found.add(block);
  }
  // A set is gone through in the order in which it grows.
  for (const id of found) {
    if (found.size > MAX_FUNCTIONS) break;
    for (const { target } of db.get(edgesOf, id)) found.add(target);
    for (const { from, target, how } of db.get(runsIn, blockOf(id)).uses)
      if (from === id && how === 'thread') found.add(target);
  }
  return found;
});

/** By kind and function id. */
const isInReach = defineQuery<boolean>('is in program reach', (db, key) => {
  const [kind = '', id = ''] = key.split('\n');
  return db.get(programReach, kind).has(id);
});

const onlyByProgram = defineQuery<boolean>('only by program', (db, key) => {
  const [kind, functionId = ''] = key.split('\n');
  const isOfTool = (id: string) => isTool(db, pathOfBlock(blockOf(id)));
  const begins = (block: string) =>
    isOfTool(block) || (kind === 'script' && isMainGuard(db, block));
  return everyWayBegins(db, functionId, {
    at(id) {
      if (isTopLevel(db, id)) return begins(id);
      // The same that a script does, done before the first request.
      if (kind === 'script' && isStartupFunction(db, id)) return true;
      return db.get(isCommand, id) || undefined;
    },
    by({ from, how }) {
      if (how === 'startup') return kind === 'script';
      // A table of commands, which one of them is chosen from.
      if (how === 'elsewhere') return isOfTool(from);
      // A thread or a process of its own holds up no loop.
      return how === 'runs' || how === 'thread' ? undefined : false;
    },
    alone: isOfTool,
  });
});

function runsOnlyBy(db: Reader, kind: Program, functionId: string): boolean {
  const key = `${kind}\n${functionId}`;
  return db.get(isInReach, key) && db.get(onlyByProgram, key);
}

/**
 * Whether a function runs only because of a command, as one thing after another: by what commands call, not by what they
 * start as tasks beside each other.
 */
export function runsOnlyByCommand(db: Reader, functionId: string): boolean {
  return runsOnlyBy(db, 'command', functionId);
}

/** Whether a function runs only because somebody started a program, be it a command or a script. */
export function runsOnlyByProgram(db: Reader, functionId: string): boolean {
  return runsOnlyBy(db, 'script', functionId);
}
