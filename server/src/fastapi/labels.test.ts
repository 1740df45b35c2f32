import { expect, it } from 'vitest';
import { wasmParser } from '../../../test/support/parser.ts';
import { diagnoseAll, openWorkspace } from '../../../test/support/workspace.ts';

const parser = await wasmParser();

/** The route that each finding of one rule names, in the order of the text. */
function named(text: string): string[] {
  const workspace = openWorkspace(parser, {
    'main.py': text,
    'shared.py':
      'from fastapi import APIRouter\nimport os\nrouter = APIRouter(prefix="/shared")\n' +
      'open_router = APIRouter(prefix=os.environ["PREFIX"])\n',
  });
  return (diagnoseAll(workspace)['/p/main.py'] ?? [])
    .filter(({ rule }) => rule === 'response/missing-response-model')
    .map(({ data }) => data.route ?? '');
}

it('a route is called by its path below the prefix of its own router', () => {
  const routes = [
    ['router = APIRouter(prefix="/books")', 'router', '""', 'GET /books'],
    ['router = APIRouter(prefix="/books")', 'router', '"/{book_id}"', 'GET /books/{book_id}'],
    ['from shared import router as here', 'here', '"/{book_id}"', 'GET /shared/{book_id}'],
    ['import shared', 'shared.router', '""', 'GET /shared'],
    ['from shared import open_router', 'open_router', '"/x"', 'GET /x'],
    ['router = FastAPI()', 'router', '"/x"', 'GET /x'],
    ['router = APIRouter()', 'router', '""', 'GET handle'],
    ['router = APIRouter(prefix="/books")\nPATH = "/" + str(1)', 'router', 'PATH', 'GET handle'],
  ];
  for (const [made, router, path, label] of routes) {
    const text = `from fastapi import APIRouter, FastAPI\n${made}\n@${router}.get(${path})\ndef handle(book_id: int = 1, x: int = 1):\n    return {"id": book_id, "x": [x, {"y": x}]}\n`;
    expect(named(text), text).toEqual([`\`${label}\``]);
  }
});
