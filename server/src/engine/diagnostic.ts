import type { Applicability, Level, MessageData } from './rule.ts';

/** A place in a text: 0-based line, 0-based character in UTF-16 units (as in the language server protocol). */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Half open: `end` is the first position after the range. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** One replacement in one file. `path` is the file's id in the workspace. */
export interface TextEdit {
  readonly path: string;
  readonly range: Range;
  readonly newText: string;
}

export interface Fix {
  readonly title: string;
  readonly applicability: Applicability;
  readonly edits: readonly TextEdit[];
}

export interface Related {
  readonly path: string;
  readonly range: Range;
  readonly message: string;
}

/** How an editor may draw it: faded, or struck through. */
export type Tag = 'unnecessary' | 'deprecated';

/** What a person is told about one place. Plain data: it crosses to workers and into the protocol as it is. */
export interface Diagnostic {
  /** `category/name`. */
  readonly rule: string;
  readonly level: Level;
  readonly path: string;
  readonly range: Range;
  readonly message: string;
  /** Names the message within its rule, with `data` for rendering it in another language. */
  readonly messageId: string;
  readonly data: MessageData;
  readonly related: readonly Related[];
  readonly fix: Fix | null;
  readonly tags?: readonly Tag[];
  /** Stays the same when lines move; differs for two findings of one rule in one file. */
  readonly fingerprint: string;
}
