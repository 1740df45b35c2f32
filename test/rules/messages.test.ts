/** What findings say, where the words depend on the code. */
import { describe, expect, test } from 'vitest';
import { createWorkspace } from '../../server/src/engine/create.ts';
import { localise } from '../../server/src/engine/localise.ts';
import { wasmParser } from '../support/parser.ts';

const parser = await wasmParser();

function said(rule: string, source: string, language: 'en' | 'ko' = 'en'): readonly string[] {
  const workspace = createWorkspace({ parser });
  workspace.setRoots([{ path: '/home/me/test/shop', versions: {} }]);
  workspace.setText('/home/me/test/shop/main.py', source);
  workspace.setLoaded(true);
  return workspace
    .diagnose('/home/me/test/shop/main.py')
    .filter((one) => one.rule === rule)
    .map((one) => localise(one, language).message);
}

describe('a blocking call', () => {
  const alias = 'from time import sleep as nap\nasync def f():\n    nap(1)\n';
  const plain = 'import time as t\nasync def f():\n    t.sleep(1)\n';

  test('under another name is said with its own', () => {
    expect(said('async/blocking-sleep', alias)[0]).toMatch(/^`nap` \(`time\.sleep`\) stops/);
    expect(said('async/blocking-sleep', alias, 'ko')[0]).toMatch(/^`nap` \(`time\.sleep`\) 호출/);
  });

  test('that ends in its own name is said as it is written', () => {
    expect(said('async/blocking-sleep', plain)[0]).toMatch(/^`t\.sleep` stops/);
  });
});

describe('a secret', () => {
  const key = 'import jwt\nPEPPER = "correct horse"\ndef f():\n    return jwt.encode({}, PEPPER)\n';

  test('that signs is said by the name of its constant', () => {
    expect(said('security/hardcoded-secret', key)[0]).toMatch(/^`PEPPER` signs, and/);
    const literal = key.replace('PEPPER)', '"hunter-22")').replace(/^PEPPER.*\n/m, '');
    expect(said('security/hardcoded-secret', literal)[0]).toMatch(/^The key for `jwt\.encode`/);
  });

  test('of the tutorial has words of its own', () => {
    const tutorial =
      'SECRET_KEY = "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7"\n';
    expect(said('security/hardcoded-secret', tutorial)[0]).toMatch(/^This key stands in FastAPI's/);
    expect(said('security/hardcoded-secret', 'X = "AKIAQ3EGYMOCKEDKEY7A"\n')[0]).toMatch(
      /^AWS access key in the source: revoke it/,
    );
  });
});

describe('a query in a loop', () => {
  const query = (call: string) =>
    `import psycopg\ndef f(db: psycopg.Connection, rows: list):\n    for row in rows:\n        ${call}\n`;

  test('that reads, writes or commits has its own advice', () => {
    const rule = 'database/n-plus-one';
    expect(said(rule, query('db.execute("SELECT 1", row)'))[0]).toMatch(/`in_\(\.\.\.\)`, or load/);
    expect(said(rule, query('db.execute("INSERT INTO a VALUES (?)", row)'))[0]).toMatch(
      /Send them in one statement: .*executemany/,
    );
  });

  test('is one line, however its loop is written', () => {
    const text = query('db.execute("SELECT 1", row)').replace(
      'in rows',
      'in [\n        each\n        for each in rows\n    ]',
    );
    const [message] = said('database/n-plus-one', text);
    expect(message).toContain('`[ each for each in rows ]`');
  });
});
