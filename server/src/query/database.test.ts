import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  Cancelled,
  createDatabase,
  type Database,
  defineInput,
  defineQuery,
  type Input,
  type Query,
} from './database.ts';

const number = defineInput<number>('number', 0);
const text = defineInput<string>('text', '');
/** The number's sign: most changes of the number do not change it. */
const sign = defineQuery<string>('sign', (db, key) => (db.get(number, key) < 0 ? '-' : '+'));
const signed = defineQuery<string>('signed', (db, key) => `${db.get(sign, key)}!`);

/** How often each query ran while `work` was done. */
function ran(db: Database, work: () => void): Record<string, number> {
  db.resetCounts();
  work();
  return Object.fromEntries(db.counts());
}

describe('a value', () => {
  test('is computed once for each key', () => {
    const db = createDatabase();
    expect(
      ran(db, () => {
        expect([db.get(signed, 'a'), db.get(signed, 'a'), db.get(sign, 'a')]).toEqual([
          '+!',
          '+!',
          '+',
        ]);
        db.get(sign, 'b');
      }),
    ).toEqual({ sign: 2, signed: 1 });
  });

  test('is computed again when an input that it read is another', () => {
    const db = createDatabase();
    db.get(signed, 'a');
    db.set(number, 'a', -1);
    expect(ran(db, () => expect(db.get(signed, 'a')).toBe('-!'))).toEqual({ sign: 1, signed: 1 });
  });

  test('stays when what changed is an input of another key', () => {
    const db = createDatabase();
    db.get(signed, 'a');
    db.set(number, 'b', -1);
    expect(ran(db, () => db.get(signed, 'a'))).toEqual({});
  });

  test('stays when the input was set to the same data, and keeps its identity', () => {
    const names = defineInput<readonly string[]>('names', []);
    const copied = defineQuery('copied', (db, key) => [...db.get(names, key)]);
    const db = createDatabase();
    db.set(names, 'a', ['x']);
    const before = db.get(copied, 'a');
    db.set(names, 'a', ['x']);
    expect(ran(db, () => expect(db.get(copied, 'a')).toBe(before))).toEqual({});
  });

  test('that comes out the same lets its readers be (early cut-off), and keeps its identity', () => {
    const list = defineQuery('list', (db, key) => [db.get(sign, key)]);
    const top = defineQuery('top', (db, key) => ({ list: db.get(list, key) }));
    const db = createDatabase();
    const [before, inner] = [db.get(top, 'a'), db.get(list, 'a')];
    db.set(number, 'a', 7);
    expect(ran(db, () => expect(db.get(top, 'a')).toBe(before))).toEqual({ sign: 1 });
    expect(db.get(list, 'a')).toBe(inner);
  });

  test('is compared by the way the query says', () => {
    const never = defineQuery('never', (db, key) => db.get(sign, key), () => false); // biome-ignore format: fits
    const reader = defineQuery('reader', (db, key) => db.get(never, key));
    const db = createDatabase();
    db.get(reader, 'a');
    db.set(number, 'a', 1);
    expect(ran(db, () => db.get(reader, 'a'))).toEqual({ sign: 1 });
    db.set(number, 'a', -1);
    expect(ran(db, () => db.get(reader, 'a'))).toEqual({ sign: 1, never: 1, reader: 1 });
  });

  test('of a long chain is brought up to date without recursion into the ground', () => {
    const chain: Query<number> = defineQuery('chain', (db, key) =>
      key === '0' ? db.get(number, '') : db.get(chain, String(Number(key) - 1)),
    );
    const db = createDatabase();
    for (let i = 0; i <= 2_000; i++) db.get(chain, String(i));
    db.set(number, '', 5);
    expect(db.get(chain, '2000')).toBe(5);
  });
});

describe('what a value rests on', () => {
  const which = defineInput<string>('which', 'left');
  const left = defineQuery('left', (db) => db.get(number, 'left'));
  const right = defineQuery('right', (db) => db.get(number, 'right'));
  const chosen = defineQuery('chosen', (db) =>
    db.get(which, '') === 'left' ? db.get(left, '') : db.get(right, ''),
  );

  test('is what the last computation read', () => {
    const db = createDatabase();
    expect(db.get(chosen, '')).toBe(0);
    db.set(number, 'right', 2);
    expect(ran(db, () => db.get(chosen, ''))).toEqual({});
    db.set(which, '', 'right');
    expect(ran(db, () => expect(db.get(chosen, '')).toBe(2))).toEqual({ right: 1, chosen: 1 });
    db.set(number, 'left', 9);
    expect(ran(db, () => expect(db.get(chosen, '')).toBe(2))).toEqual({});
    db.set(which, '', 'left');
    expect(ran(db, () => expect(db.get(chosen, '')).toBe(9))).toEqual({ left: 1, chosen: 1 });
  });

  test('is looked at in the order it was read: what would not be asked any more is not computed', () => {
    const guarded = defineQuery('guarded', (db, key) => {
      const value = db.get(number, key);
      if (value === 0) throw new Error('asked for the inverse of 0');
      return 1 / value;
    });
    const inverse = defineQuery('inverse', (db, key) =>
      db.get(number, key) === 0 ? 0 : db.get(guarded, key),
    );
    const db = createDatabase();
    db.set(number, 'a', 4);
    expect(db.get(inverse, 'a')).toBe(0.25);
    db.set(number, 'a', 0);
    expect(ran(db, () => expect(db.get(inverse, 'a')).toBe(0))).toEqual({ inverse: 1 });
  });

  test('counts once however often it is read, also around another query', () => {
    const twice = defineQuery('twice', (db, key) => {
      const first = db.get(number, key);
      return first + Number(`${db.get(sign, key)}1`) + db.get(number, key);
    });
    const db = createDatabase();
    expect(db.get(twice, 'a')).toBe(1);
    db.set(number, 'a', -3);
    expect(ran(db, () => expect(db.get(twice, 'a')).toBe(-7))).toEqual({ sign: 1, twice: 1 });
  });

  test('may be an input that was never set', () => {
    const db = createDatabase();
    expect(db.get(sign, 'never')).toBe('+');
    db.set(number, 'never', -1);
    expect(db.get(sign, 'never')).toBe('-');
  });
});

describe('a query that goes wrong', () => {
  test('and throws is asked again the next time, and its readers as well', () => {
    let broken = true;
    const moody = defineQuery('moody', (db, key) => {
      const value = db.get(number, key);
      if (broken) throw new Error('not today');
      return value;
    });
    const reader = defineQuery('reader', (db, key) => db.get(moody, key) + 1);
    const db = createDatabase();
    expect(ran(db, () => expect(() => db.get(reader, 'a')).toThrow('not today'))).toEqual({});
    broken = false;
    expect(db.get(reader, 'a')).toBe(1);
  });

  test('and throws after a change gives no old value', () => {
    let broken = false;
    const moody = defineQuery('moody', (db, key) => {
      const value = db.get(number, key);
      if (broken) throw new Error('not today');
      return value;
    });
    const db = createDatabase();
    db.get(moody, 'a');
    db.set(number, 'a', 1);
    broken = true;
    expect(() => db.get(moody, 'a')).toThrow('not today');
    expect(() => db.get(moody, 'a')).toThrow('not today');
    broken = false;
    expect(db.get(moody, 'a')).toBe(1);
  });

  test('and reads itself says so by name', () => {
    const itself: Query<number> = defineQuery('itself', (db, key) => db.get(itself, key) + 1);
    const db = createDatabase();
    expect(() => db.get(itself, 'k')).toThrow('query itself reads itself for k');
    expect(() => db.get(itself, 'k')).toThrow('query itself reads itself for k');
  });

  test('and reads itself around a corner says so, also after it once did not', () => {
    const a: Query<number> = defineQuery('a', (db, key) =>
      db.get(number, key) > 0 ? db.get(b, key) : 0,
    );
    const b: Query<number> = defineQuery('b', (db, key) => db.get(a, key) + 1);
    const db = createDatabase();
    expect(db.get(b, 'k')).toBe(1);
    db.set(number, 'k', 1);
    expect(() => db.get(b, 'k')).toThrow(/reads itself/);
    expect(() => db.get(a, 'k')).toThrow(/reads itself/);
    db.set(number, 'k', 0);
    expect(db.get(b, 'k')).toBe(1);
  });

  test('because it sets an input is told so', () => {
    const db = createDatabase();
    const setting = defineQuery('setting', () => {
      db.set(number, 'a', 1);
      return 0;
    });
    expect(() => db.get(setting, '')).toThrow('input number is set while a query runs');
    db.set(number, 'a', 2);
    expect(db.get(number, 'a')).toBe(2);
  });
});

describe('cancellation', () => {
  const keys = ['a', 'b', 'c', 'd', 'e'];
  const all = defineQuery('all', (db) => keys.map((key) => db.get(signed, key)).join(''));

  test('at any moment leaves nothing half-done: the next answer is right', () => {
    // Two queries for each key, and the one on top.
    for (let allowed = 0; allowed <= 11; allowed++) {
      const db = createDatabase();
      expect(db.get(all, '')).toBe('+!+!+!+!+!');
      for (const key of keys) db.set(number, key, -1);
      let left = allowed;
      db.setCheckpoint(() => {
        if (left-- === 0) throw new Cancelled();
      });
      if (allowed < 11) expect(() => db.get(all, '')).toThrow(Cancelled);
      db.setCheckpoint(undefined);
      db.set(number, 'c', 1);
      expect(db.get(all, '')).toBe('-!-!+!-!-!');
    }
  });

  test('does not undo what was finished', () => {
    const db = createDatabase();
    let left = 5;
    db.setCheckpoint(() => {
      if (left-- === 0) throw new Cancelled();
    });
    const first = ran(db, () => expect(() => db.get(all, '')).toThrow(Cancelled));
    db.setCheckpoint(undefined);
    const second = ran(db, () => expect(db.get(all, '')).toBe('+!+!+!+!+!'));
    expect([first, second]).toEqual([
      { sign: 2, signed: 2 },
      { sign: 3, signed: 3, all: 1 },
    ]);
  });

  test('is not asked about what is known', () => {
    const db = createDatabase();
    db.get(all, '');
    db.set(text, 'unrelated', 'x');
    db.setCheckpoint(() => {
      throw new Cancelled();
    });
    expect(db.get(all, '')).toBe('+!+!+!+!+!');
  });
});

describe('collecting', () => {
  test('drops what the roots do not rest on, and nothing that they do', () => {
    const db = createDatabase();
    for (const key of ['a', 'b', 'c']) {
      db.set(number, key, -1);
      db.get(signed, key);
    }
    expect(db.size()).toBe(9);
    expect(db.collect([[signed, 'a']])).toBe(4);
    // The inputs stay: nobody could compute them again.
    expect(db.size()).toBe(5);
    expect(ran(db, () => db.get(signed, 'a'))).toEqual({});
    expect(ran(db, () => expect(db.get(signed, 'b')).toBe('-!'))).toEqual({ sign: 1, signed: 1 });
  });

  test('drops inputs that are back at their beginning', () => {
    const db = createDatabase();
    db.set(number, 'a', 1);
    db.set(number, 'b', 1);
    db.set(number, 'a', 0);
    expect(db.collect([])).toBe(1);
    expect(db.get(number, 'b')).toBe(1);
    expect(db.get(number, 'a')).toBe(0);
  });

  test('keeps an input at its beginning that a root read: setting it later is noticed', () => {
    const db = createDatabase();
    expect(db.get(signed, 'a')).toBe('+!');
    expect(db.collect([[signed, 'a']])).toBe(0);
    db.set(number, 'a', -1);
    expect(db.get(signed, 'a')).toBe('-!');
  });

  test('keeps what a root rests on although it is out of date', () => {
    const db = createDatabase();
    db.get(signed, 'a');
    db.set(number, 'a', 3);
    expect(db.collect([[signed, 'a']])).toBe(0);
    expect(ran(db, () => expect(db.get(signed, 'a')).toBe('+!'))).toEqual({ sign: 1 });
  });
});

describe('any queries over any inputs', () => {
  const NODES = 12;
  const INPUTS = 4;
  /** Node `i` reads inputs and nodes below itself; whether it reads the second half depends on the first. */
  const shape = fc.array(
    fc.record({
      reads: fc.array(fc.nat(INPUTS + NODES - 1), { maxLength: 4 }),
      coarse: fc.integer({ min: 1, max: 4 }),
      shy: fc.boolean(),
    }),
    { minLength: NODES, maxLength: NODES },
  );
  type Step =
    | { set: [number, number] }
    | { get: number }
    | { collect: number }
    | { cancel: number };
  const step: fc.Arbitrary<Step> = fc.oneof(
    fc.record({ set: fc.tuple(fc.nat(INPUTS - 1), fc.nat(6)) }),
    fc.record({ get: fc.nat(NODES - 1) }),
    fc.record({ collect: fc.nat(NODES - 1) }),
    fc.record({ cancel: fc.nat(5) }),
  );

  test('equal a naive recomputation, and nothing runs twice without a change', () => {
    fc.assert(
      fc.property(shape, fc.array(step, { maxLength: 40 }), (nodes, steps) => {
        const inputs = new Array<number>(INPUTS).fill(0);
        const value: Input<number> = defineInput('value', 0);
        const evaluate = (index: number, read: (at: number) => number): number => {
          const node = nodes[index];
          let sum = index;
          for (const at of node?.reads ?? []) {
            if (node?.shy && sum % 3 === 2) break;
            sum += read(at < INPUTS ? at : INPUTS + ((at - INPUTS) % Math.max(1, index)));
          }
          return Math.floor(sum / (node?.coarse ?? 1));
        };
        const query: Query<{ n: number }> = defineQuery('node', (db, key) => ({
          n: evaluate(Number(key), (at) =>
            at < INPUTS
              ? db.get(value, String(at))
              : Number(key) === 0
                ? 0
                : db.get(query, String(at - INPUTS)).n,
          ),
        }));
        const naive = (index: number): number =>
          evaluate(index, (at) =>
            at < INPUTS ? (inputs[at] ?? 0) : index === 0 ? 0 : naive(at - INPUTS),
          );
        const db = createDatabase();
        for (const one of steps) {
          if ('set' in one) {
            const [at, next] = one.set;
            inputs[at] = next;
            db.set(value, String(at), next);
          } else if ('collect' in one) db.collect([[query as Query<unknown>, String(one.collect)]]);
          else if ('cancel' in one) {
            let left = one.cancel;
            db.setCheckpoint(() => {
              if (left-- === 0) throw new Cancelled();
            });
            try {
              db.get(query, String(NODES - 1));
            } catch (error) {
              expect(error).toBeInstanceOf(Cancelled);
            }
            db.setCheckpoint(undefined);
          } else {
            expect(db.get(query, String(one.get)).n).toBe(naive(one.get));
            expect(ran(db, () => db.get(query, String(one.get)))).toEqual({});
          }
        }
        for (let index = 0; index < NODES; index++)
          expect(db.get(query, String(index)).n).toBe(naive(index));
        // Nothing has changed since: nothing is computed, whatever is asked.
        const again = ran(db, () => nodes.forEach((_, index) => void db.get(query, String(index))));
        expect(again).toEqual({});
        // Each node runs at most once for one change.
        db.set(value, '0', 100);
        inputs[0] = 100;
        const counted = ran(db, () => nodes.forEach((_, i) => void db.get(query, String(i))));
        expect(counted.node ?? 0).toBeLessThanOrEqual(NODES);
        nodes.forEach((_, i) => void expect(db.get(query, String(i)).n).toBe(naive(i)));
      }),
      { numRuns: 400 },
    );
  });
});
