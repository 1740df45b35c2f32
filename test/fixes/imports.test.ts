import { expect, test } from 'vitest';
import { fixText } from '../../server/src/engine/apply.ts';
import { planImports } from '../../server/src/engine/imports.ts';
import { wasmParser } from '../support/parser.ts';
import { openWorkspace, pathOf } from '../support/workspace.ts';

const parser = await wasmParser();
const call = '\n\nasync def f() -> None:\n    requests.get("/", timeout=1)\n';
const added = 'from fastapi.concurrency import run_in_threadpool\n';

/** Where a fix puts its import among these lines. */
function imported(head: string): string {
  const text = head + call;
  const workspace = openWorkspace(parser, {
    'app/__init__.py': '',
    'app/db.py': 'session = 1\n',
    'app/main.py': text,
  });
  const fixed = fixText(workspace, pathOf('app/main.py'), text, { applicability: 'quick' });
  return fixed.slice(0, fixed.indexOf('\n\nasync def'));
}

test.each([
  [
    'among other packages',
    'import requests\nfrom fastapi import FastAPI\n',
    (head: string) => head + added,
  ],
  [
    "not among the project's own",
    'import requests\nfrom fastapi import FastAPI\n\nfrom app.db import session\nfrom app import db\n',
    (head: string) => head.replace('\n\n', `\n${added}\n`),
  ],
  [
    'before what sorts after it',
    'import requests\nfrom fastapi import FastAPI\nfrom sqlalchemy import select\n\nfrom .db import session\n',
    (head: string) => head.replace('from sqlalchemy', `${added}from sqlalchemy`),
  ],
  [
    'below a docstring and what must come first, with the comment of a line',
    '"""Docs."""\n\nfrom __future__ import annotations\n\nimport requests  # http\n',
    (head: string) => head + added,
  ],
  [
    'after an import of many lines',
    'import requests\nfrom fastapi import (\n    FastAPI,  # app\n)\n',
    (head: string) => head + added,
  ],
])('an import goes %s', (_, head, expected) => expect(imported(head)).toBe(expected(head)));

test('one that is there is used', () => {
  const head = `import requests\n${added}`;
  expect(imported(head)).toBe(head);
});

test.each([
  [
    'one after the other in a group',
    'import os\n\nfrom app import db\n',
    [
      { module: 'pydantic', name: 'BaseModel' },
      { module: 'fastapi', name: 'Depends' },
    ],
    'import os\n\nfrom fastapi import Depends\nfrom pydantic import BaseModel\n\nfrom app import db\n',
  ],
  [
    'group by group',
    '"""Docs."""\n',
    [
      { module: 'fastapi', name: 'Query' },
      { module: 'typing', name: 'Annotated' },
      { module: 'asyncio' },
      { module: 'asyncio' },
    ],
    '"""Docs."""\n\nimport asyncio\nfrom typing import Annotated\n\nfrom fastapi import Query\n',
  ],
])('several at one place stand %s', (_, text, needed, expected) => {
  const workspace = openWorkspace(parser, {
    'app/__init__.py': '',
    'app/db.py': '',
    'app/main.py': text,
  });
  workspace.diagnose(pathOf('app/main.py'));
  const plans = planImports(workspace.db, pathOf('app/main.py'), needed) ?? [];
  const [plan] = plans;
  if (plan === undefined || plans.length > 1) throw new Error('not one place');
  expect(text.slice(0, plan.offset) + plan.text + text.slice(plan.offset)).toBe(expected);
});
