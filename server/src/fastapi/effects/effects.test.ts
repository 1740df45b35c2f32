import { describe, expect, test } from 'vitest';
import { wasmParser } from '../../../../test/support/parser.ts';
import { openWorkspace, pathOf } from '../../../../test/support/workspace.ts';
import { definitionsIn } from '../../python/definitions.ts';
import { defineQuery } from '../../query/database.ts';
import { allIds, fileShape } from '../../syntax/source.ts';
import { blockingWayFrom, commits, queryingWayFrom } from './effects.ts';

const parser = await wasmParser();

/** By path: what each function of the file comes to, by its name. */
const ways = defineQuery('ways', (db, path) =>
  Object.fromEntries(
    allIds(db.get(fileShape, path)).flatMap((block) =>
      db.get(definitionsIn, block).flatMap(({ id, node }) => {
        if (node.type !== 'function') return [];
        const blocking = blockingWayFrom(db, id);
        const querying = queryingWayFrom(db, id);
        const told = {
          blocks:
            blocking && [...blocking.names, blocking.leaf.text, blocking.leaf.level].join(' '),
          queries:
            querying && [...querying.names, querying.leaf.text, querying.leaf.kind].join(' '),
          commits: commits(db, id),
        };
        return [[node.name, told]];
      }),
    ),
  ),
);

function waysIn(text: string) {
  const workspace = openWorkspace(parser, { 'main.py': text });
  return workspace.db.get(ways, pathOf('main.py'));
}

const NOTHING = { blocks: null, queries: null, commits: false };

describe('a function', () => {
  test('comes to the worst that it does, by the shortest way', () => {
    const found = waysIn(`import requests, time

def far():
    return near()

def near():
    open("a")
    return requests.get("b")

def both():
    open("a")
    far()
    near()

def file():
    return open("a")
`);
    expect(found.far?.blocks).toBe('far near requests.get error');
    expect(found.both?.blocks).toBe('both near requests.get error');
    expect(found.file?.blocks).toBe('file open warning');
  });

  test('that calls itself, or another that calls it, ends', () => {
    const found = waysIn(`import time

def one():
    one()
    two()

def two():
    one()

def three():
    four()

def four():
    three()
    time.sleep(1)
`);
    expect(found).toMatchObject({ one: NOTHING, two: NOTHING });
    expect(found.three?.blocks).toBe('three four time.sleep error');
  });

  test('queries where it awaits one that does, and blocks only by itself', () => {
    const found = waysIn(`from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

async def read(db: AsyncSession):
    return await db.get(object, 1)

async def awaits(db: AsyncSession):
    return await read(db)

async def forgets(db: AsyncSession):
    read(db)

def saves(db: Session):
    db.add(1)
    db.commit()
`);
    expect(found.awaits).toEqual({
      blocks: null,
      queries: 'awaits read db.get read',
      commits: false,
    });
    expect(found.forgets).toEqual(NOTHING);
    expect(found.saves).toEqual({
      blocks: 'saves db.commit error',
      queries: 'saves db.commit commit',
      commits: true,
    });
  });

  test('that queries when it is asked to, or until a result is kept, does not query', () => {
    const found = waysIn(`from sqlalchemy.orm import Session

known = {}

def asked(db: Session, commit: bool):
    if commit:
        db.commit()

def kept(db: Session, key: int):
    if key in known:
        return known[key]
    known[key] = db.get(object, key)
    return known[key]

def tested(db: Session, user):
    if user.is_active:
        db.commit()
`);
    expect(found).toMatchObject({ asked: { queries: null }, kept: NOTHING });
    expect(found.asked?.blocks).toBe('asked db.commit error');
    expect(found.tested?.queries).toBe('tested db.commit commit');
  });
});
