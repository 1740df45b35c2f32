/** What objects of other packages give: their attributes and items, their operators, names that are bound again. */
import { describe, expect, test } from 'vitest';
import { meaningIn } from '../../../test/support/meaning.ts';
import { wasmParser } from '../../../test/support/parser.ts';

const parser = await wasmParser();

function table(cases: readonly (readonly [string, string, string])[]): void {
  test.each(cases)('%s', (_, source, expected) =>
    expect(meaningIn(parser, { 'main.py': source }, 'main.py')).toBe(expected),
  );
}

const PATH = 'from pathlib import Path\n';
const MONGO = 'from pymongo import MongoClient\nclient = MongoClient()\n';
const QUERY = 'from sqlalchemy.orm import Session\ndef f(db: Session, x):\n';

describe('paths', () => {
  table([
    ['made by /', `${PATH}show(Path("a") / "b" / "c")`, 'i:pathlib.Path'],
    ['not made by other operators', `${PATH}show(Path("a") + "b")`, 'unknown'],
    ['and not from the right', `${PATH}show("a" / Path("b"))`, 'unknown'],
    ['their parents', `${PATH}show(Path("a").parent.parent)`, 'i:pathlib.Path'],
    ['their methods', `${PATH}show(Path("a").resolve().with_suffix(".b"))`, 'i:pathlib.Path'],
    ['what else they have', `${PATH}show(Path("a").name)`, 'x:pathlib.Path.name'],
    ['of the class itself', `${PATH}show(Path.parent)`, 'x:pathlib.Path.parent'],
  ]);
});

describe('databases by any name', () => {
  table([
    ['by items', `${MONGO}show(client["a"]["b"])`, 'i:pymongo.collection.Collection'],
    ['by attributes', `${MONGO}show(client.a.b)`, 'i:pymongo.collection.Collection'],
    [
      'but not by the name of a method',
      `${MONGO}show(client.close)`,
      'x:pymongo.MongoClient.close',
    ],
    ['nor with other classes', 'import other\nshow(other.Client()["a"])', 'unknown'],
  ]);
});

describe('a name that is bound to more of itself', () => {
  const query = 'i:sqlalchemy.orm.Query';
  table([
    ['once', `${QUERY}    q = db.query(x)\n    q = q.filter(x)\n    show(q)`, query],
    [
      'in a branch',
      `${QUERY}    q = db.query(x)\n    if x:\n        q = q.limit(1)\n    show(q)`,
      query,
    ],
    [
      'a parameter',
      `${PATH}def f(path: Path):\n    path = path / "a"\n    show(path)`,
      'i:pathlib.Path',
    ],
    ['to something else', `${QUERY}    q = db.query(x)\n    q = q.all()\n    show(q)`, 'unknown'],
    ['by what is not known', `${QUERY}    q = db.query(x)\n    q = x(q)\n    show(q)`, 'unknown'],
    ['and to nothing else', 'def f(x):\n    x = x\n    show(x)', 'unknown'],
  ]);
});

test('a class with from_pretrained makes objects of itself', () =>
  expect(
    meaningIn(
      parser,
      { 'main.py': 'from transformers import AutoModel\nshow(AutoModel.from_pretrained("a"))' },
      'main.py',
    ),
  ).toBe('i:transformers.AutoModel'));
