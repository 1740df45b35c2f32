/** A file as inputs of the query engine: its text, its blocks, and each block's own source. */
import { type Database, defineInput, defineQuery, type Reader } from '../query/database.ts';
import { type Block, headLength, splitBlocks } from './blocks.ts';
import type { Lowered } from './lower.ts';
import type { Parser } from './parser.ts';
import { readPlainHead } from './plain/block.ts';
import { createBlockReader } from './read-block.ts';

/** A block without its positions: what must not change when text above it moves. */
export interface BlockShape {
  /** `path#key`: the block's name in the whole workspace. */
  readonly id: string;
  readonly kind: Block['kind'];
  readonly members: readonly BlockShape[];
}

export interface BlockSource {
  readonly text: string;
  /** The white space before its first line. */
  readonly lead: string;
  /** Its members are blocks of their own, so that `text` is only the header. */
  readonly isHeader: boolean;
}

const NO_SOURCE: BlockSource = { text: '', lead: '', isHeader: false };

export const parserInput = defineInput<Parser | undefined>('parser', undefined);
/** By path. */
export const fileText = defineInput<string>('text', '');
/** By path: the blocks with their positions in the file. Only what reports positions may read it. */
export const fileLayout = defineInput<readonly Block[]>('layout', []);
/** By path. */
export const fileShape = defineInput<readonly BlockShape[]>('shape', []);
/** By block id. */
export const blockSource = defineInput<BlockSource>('source', NO_SOURCE);

/** By block id: its statements, at offsets relative to its start. */
export const lowered = defineQuery<Lowered>(
  'lowered',
  (db, id) => {
    const parser = db.get(parserInput, '');
    if (parser === undefined) throw new Error('no parser was given');
    return createBlockReader(parser).read(id, db.get(blockSource, id));
  },
  // Its source differs, or it would not have been read again; comparing would cost more than it saves.
  () => false,
);

/** From this length on, a function's header is read without its body. */
const LONG = 400;

/**
 * By the id of a function's block: its definition without the body, which is `pass`, at the same offsets. For a short
 * block, or one whose body is on the line of the header, it is the whole.
 */
export const loweredHead = defineQuery<Lowered>(
  'lowered head',
  (db, id) => {
    const source = db.get(blockSource, id);
    const plain = readPlainHead(source);
    if (plain !== undefined) return { body: [plain], errors: [] };
    const length = source.text.length < LONG ? 0 : headLength(source.text);
    if (length === 0) return db.get(lowered, id);
    const parser = db.get(parserInput, '');
    if (parser === undefined) throw new Error('no parser was given');
    return createBlockReader(parser).read(id, {
      text: source.text.slice(0, length),
      lead: source.lead,
      isHeader: true,
    });
  },
  () => false,
);

/** Whether something of a file can't be read as Python. */
export function hasErrors(db: Reader, path: string): boolean {
  return allIds(db.get(fileShape, path)).some((id) => db.get(lowered, id).errors.length > 0);
}

/** The id of a block in the workspace. */
export function blockId(path: string, key: string): string {
  return `${path}#${key}`;
}

/** The file that a block id belongs to. */
export function pathOfBlock(id: string): string {
  return id.slice(0, id.lastIndexOf('#'));
}

/** Sets a file's text, and of its blocks only those that differ. */
export function setFileText(db: Database, path: string, text: string): void {
  if (db.get(fileText, path) === text && text !== '') return;
  const oldText = db.get(fileText, path);
  const oldLayout = db.get(fileLayout, path);
  const oldShape = db.get(fileShape, path);
  const layout = splitBlocks(text);
  // What stands before and after all that changed is as it was.
  const head = sameAtStart(oldText, text, oldLayout, layout);
  const tail = sameAtEnd(oldText, text, oldLayout.slice(head), layout.slice(head));
  const before = new Set(allIds(oldShape.slice(head, oldShape.length - tail)));
  db.set(fileText, path, text);
  db.set(fileLayout, path, layout);
  const changed = layout.slice(head, layout.length - tail);
  const shape = [
    ...oldShape.slice(0, head),
    ...setBlocks(db, path, text, changed, before),
    ...oldShape.slice(oldShape.length - tail),
  ];
  db.set(fileShape, path, shape);
  for (const id of before) db.set(blockSource, id, NO_SOURCE);
}

/** How many blocks lie in the text that both begin with, at the same places with the same keys. */
function sameAtStart(
  oldText: string,
  text: string,
  oldLayout: readonly Block[],
  layout: readonly Block[],
): number {
  let count = 0;
  for (const [index, block] of layout.entries()) {
    const old = oldLayout[index];
    if (old === undefined || old.key !== block.key || old.kind !== block.kind) break;
    if (old.start !== block.start || old.end !== block.end) break;
    // The line as a whole: its white space is part of what a block is.
    const from = lineStart(text, block.start);
    if (lineStart(oldText, old.start) !== from) break;
    if (text.slice(from, block.end) !== oldText.slice(from, block.end)) break;
    count++;
  }
  return count;
}

/** The same from the end, where places differ by as much as the texts' lengths. */
function sameAtEnd(
  oldText: string,
  text: string,
  oldLayout: readonly Block[],
  layout: readonly Block[],
): number {
  const shift = text.length - oldText.length;
  let count = 0;
  while (count < layout.length && count < oldLayout.length) {
    const block = layout[layout.length - 1 - count];
    const old = oldLayout[oldLayout.length - 1 - count];
    if (block === undefined || old === undefined) break;
    if (old.key !== block.key || old.kind !== block.kind) break;
    if (old.start + shift !== block.start || old.end + shift !== block.end) break;
    const from = lineStart(text, block.start);
    if (lineStart(oldText, old.start) + shift !== from) break;
    if (text.slice(from, block.end) !== oldText.slice(from - shift, block.end - shift)) break;
    count++;
  }
  return count;
}

function lineStart(text: string, offset: number): number {
  let from = offset;
  while (from > 0 && (text.charAt(from - 1) === ' ' || text.charAt(from - 1) === '\t')) from--;
  return from;
}

/** Empties a file, as if it had never been. */
export function removeFileText(db: Database, path: string): void {
  for (const id of allIds(db.get(fileShape, path))) db.set(blockSource, id, NO_SOURCE);
  db.set(fileText, path, fileText.initial);
  db.set(fileLayout, path, fileLayout.initial);
  db.set(fileShape, path, fileShape.initial);
}

/** Every block of a file, classes before their members. */
export function allIds(shape: readonly BlockShape[]): string[] {
  return shape.flatMap((block) => [block.id, ...allIds(block.members)]);
}

function setBlocks(
  db: Database,
  path: string,
  text: string,
  blocks: readonly Block[],
  before: Set<string>,
): BlockShape[] {
  return blocks.map((block) => {
    const id = blockId(path, block.key);
    before.delete(id);
    const old = db.get(blockSource, id);
    const isHeader = block.members.length > 0;
    const lead = leadOf(text, block.start);
    const length = block.textEnd - block.start;
    const same =
      old.isHeader === isHeader &&
      old.lead === lead &&
      old.text.length === length &&
      text.startsWith(old.text, block.start);
    if (!same)
      db.set(blockSource, id, { text: detach(text, block.start, block.textEnd), lead, isHeader });
    return { id, kind: block.kind, members: setBlocks(db, path, text, block.members, before) };
  });
}

function leadOf(text: string, start: number): string {
  return text.slice(lineStart(text, start), start);
}

/** A copy: a plain slice would keep the whole old text in memory for as long as the block stays unchanged. */
function detach(text: string, start: number, end: number): string {
  return ` ${text.slice(start, end)}`.slice(1);
}
