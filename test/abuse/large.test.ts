/** Files of data: more of a kind beside each other than a call may have arguments, or than code may recurse. */
import { expect, test } from 'vitest';
import { wasmParser } from '../support/parser.ts';
import { openWorkspace, pathOf } from '../support/workspace.ts';

const parser = await wasmParser();

const MAIN = `import time
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def root():
    time.sleep(1)
`;

test.each([
  ['a list', `x = [${'1,'.repeat(200_000)}]`],
  ['a tuple', `x = ${'1,'.repeat(200_000)}`],
  ['a set', `x = {${'1,'.repeat(200_000)}}`],
  ['a dict', `x = {${'1:2,'.repeat(200_000)}}`],
  ['a call', `x = f(${'a,'.repeat(200_000)})`],
  ['strings side by side', `x = (${'"a" '.repeat(200_000)})`],
  ['an f-string', `x = f"${'{a}'.repeat(200_000)}"`],
  ['a comparison', `x = ${'a < '.repeat(150_000)}b`],
  ['a sum', `x = ${'1 + '.repeat(50_000)}1`],
  ['an if', `if a:\n        b\n${'    elif a:\n        b\n'.repeat(40_000)}`],
  ['a body', `x = 1\n${'    x = 1\n'.repeat(100_000)}`],
])('%s of that length is read, and all else of the file', (_, long) => {
  // A rule that throws fails the test.
  const workspace = openWorkspace(parser, {
    'app/main.py': `${MAIN}\n\nasync def g():\n    ${long}\n`,
    'app/data.py': `${long.replaceAll('\n    ', '\n')}\n`,
  });
  const told = workspace.diagnose(pathOf('app/main.py')).map(({ rule }) => rule);
  expect(told).toEqual(['async/blocking-sleep']);
  expect(workspace.diagnose(pathOf('app/data.py'))).toEqual([]);
});
