/**
 * The incremental engine: inputs are set from outside, queries are pure functions of inputs and of other queries.
 * A query's value is kept until something it read has really changed (early cut-off: a value that is recomputed to the
 * same plain data counts as unchanged). It knows nothing of Python. The model is salsa's: revisions, `verifiedAt`,
 * `changedAt`; validity is pulled, so what nobody asks for costs nothing.
 */
import { sameData } from './same.ts';

/** Reads inputs and queries; what is read through it is remembered as a dependency of the reader. */
export interface Reader {
  get<V>(query: Input<V> | Query<V>, key: string): V;
}

export interface Input<V> {
  readonly kind: 'input';
  /** Its place among all definitions. */
  readonly index: number;
  readonly name: string;
  readonly initial: V;
}

export interface Query<V> {
  readonly kind: 'query';
  /** Its place among all definitions. */
  readonly index: number;
  readonly name: string;
  readonly compute: (db: Reader, key: string) => V;
  /** Whether a recomputed value is the old one, so that readers need not look again. Structural by default. */
  same(a: V, b: V): boolean;
}

let defined = 0;

/** `initial` is what the input is for a key that was never set. */
export function defineInput<V>(name: string, initial: V): Input<V> {
  return { kind: 'input', index: defined++, name, initial };
}

/** A query must be pure, must not call itself (directly or around a corner) and must give plain data. */
export function defineQuery<V>(
  name: string,
  compute: (db: Reader, key: string) => V,
  same: (a: V, b: V) => boolean = sameData,
): Query<V> {
  return { kind: 'query', index: defined++, name, compute, same };
}

/** Thrown out of `get` when the checkpoint says that nobody wants the answer any more. Nothing half-done is kept. */
export class Cancelled extends Error {
  constructor() {
    super('cancelled');
    this.name = 'Cancelled';
  }
}

interface Memo {
  readonly definition: Input<unknown> | Query<unknown>;
  readonly key: string;
  value: unknown;
  changedAt: number;
  verifiedAt: number;
  dependencies: readonly Memo[];
  /** The last frame that read this memo: keeps a frame's dependency list short without a set. */
  readBy: Frame | undefined;
  running: boolean;
}

interface Frame {
  readonly dependencies: Memo[];
}

export interface Database extends Reader {
  /** Sets an input; the same data again changes nothing. Must not be called from inside a query. */
  set<V>(input: Input<V>, key: string, value: V): void;
  /** How often each query was computed since the last `resetCounts`. Inputs are not counted. */
  counts(): ReadonlyMap<string, number>;
  resetCounts(): void;
  /** Called before each computation; may throw `Cancelled`. */
  setCheckpoint(check: (() => void) | undefined): void;
  /** Forgets everything that the given reads do not rest on. Returns how many values were dropped. */
  collect(roots: readonly (readonly [Input<unknown> | Query<unknown>, string])[]): number;
  size(): number;
}

export function createDatabase(): Database {
  /** By the index of the definition; a definition that nobody asked for has none. */
  const tables: (Map<string, Memo> | undefined)[] = [];
  const frames: Frame[] = [];
  const counted = new Map<string, number>();
  let revision = 1;
  let checkpoint: (() => void) | undefined;

  function memoOf(definition: Input<unknown> | Query<unknown>, key: string): Memo {
    let table = tables[definition.index];
    if (table === undefined) {
      table = new Map();
      tables[definition.index] = table;
    }
    let memo = table.get(key);
    if (memo === undefined) {
      const isInput = definition.kind === 'input';
      memo = {
        definition,
        key,
        value: isInput ? definition.initial : undefined,
        changedAt: isInput ? 1 : 0,
        verifiedAt: 0,
        dependencies: [],
        readBy: undefined,
        running: false,
      };
      table.set(key, memo);
    }
    return memo;
  }

  function compute(memo: Memo, definition: Query<unknown>): void {
    checkpoint?.();
    if (memo.running) throw new Error(`query ${definition.name} reads itself for ${memo.key}`);
    const frame: Frame = { dependencies: [] };
    frames.push(frame);
    memo.running = true;
    try {
      const value = definition.compute(reader, memo.key);
      counted.set(definition.name, (counted.get(definition.name) ?? 0) + 1);
      if (memo.changedAt === 0 || !definition.same(memo.value, value)) {
        memo.value = value;
        memo.changedAt = revision;
      }
      memo.dependencies = frame.dependencies;
      memo.verifiedAt = revision;
    } finally {
      memo.running = false;
      frames.pop();
    }
  }

  function refresh(memo: Memo): void {
    if (memo.verifiedAt === revision) return;
    const { definition } = memo;
    if (definition.kind === 'input') {
      memo.verifiedAt = revision;
      return;
    }
    if (memo.changedAt === 0) {
      compute(memo, definition);
      return;
    }
    // In the order they were read: an early change may mean that the later ones would not be asked for any more.
    for (const dependency of memo.dependencies) {
      refresh(dependency);
      if (dependency.changedAt > memo.verifiedAt) {
        compute(memo, definition);
        return;
      }
    }
    memo.verifiedAt = revision;
  }

  function get<V>(query: Input<V> | Query<V>, key: string): V {
    const memo = memoOf(query as Input<unknown> | Query<unknown>, key);
    refresh(memo);
    const frame = frames[frames.length - 1];
    if (frame !== undefined && memo.readBy !== frame) {
      memo.readBy = frame;
      frame.dependencies.push(memo);
    }
    return memo.value as V;
  }

  const reader: Reader = { get };

  return {
    get,
    set<V>(input: Input<V>, key: string, value: V): void {
      if (frames.length > 0) throw new Error(`input ${input.name} is set while a query runs`);
      const memo = memoOf(input as Input<unknown>, key);
      if (sameData(memo.value, value)) return;
      memo.value = value;
      memo.changedAt = ++revision;
      memo.verifiedAt = revision;
    },
    counts: () => counted,
    resetCounts: () => counted.clear(),
    setCheckpoint(check): void {
      checkpoint = check;
    },
    collect(roots): number {
      const kept = new Set<Memo>();
      const todo = roots.map(([definition, key]) => memoOf(definition, key));
      for (let memo = todo.pop(); memo !== undefined; memo = todo.pop()) {
        if (kept.has(memo)) continue;
        kept.add(memo);
        memo.readBy = undefined;
        todo.push(...memo.dependencies);
      }
      let dropped = 0;
      for (const table of tables) {
        if (table === undefined) continue;
        for (const [key, memo] of table) {
          // An input is not reconstructible: it goes only when its owner sets it back to its initial value.
          const idle =
            memo.definition.kind === 'input' ? memo.value === memo.definition.initial : true;
          if (kept.has(memo) || !idle) continue;
          table.delete(key);
          dropped++;
        }
      }
      return dropped;
    },
    size(): number {
      let total = 0;
      for (const table of tables) total += table?.size ?? 0;
      return total;
    },
  };
}
