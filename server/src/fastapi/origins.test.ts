import { expect, test } from 'vitest';
import { wasmParser } from '../../../test/support/parser.ts';
import { openWorkspace, pathOf } from '../../../test/support/workspace.ts';
import { sitesOf } from '../python/sites.ts';
import { defineQuery } from '../query/database.ts';
import { allIds, fileShape } from '../syntax/source.ts';
import { originOf } from './origins.ts';
import { subjectOf } from './subject.ts';

const parser = await wasmParser();

/** By path: the origin of what is shown last. */
const lastOrigin = defineQuery<string>('last origin', (db, path) => {
  const shown = allIds(db.get(fileShape, path)).flatMap((block) =>
    sitesOf(db, block).calls.flatMap((call) =>
      call.node.callee.type === 'name' && call.node.callee.id === 'show' ? [{ call, block }] : [],
    ),
  );
  const last = shown[shown.length - 1];
  const argument = last?.call.node.args[0];
  if (last === undefined || argument === undefined) throw new Error('nothing is shown');
  return originOf(subjectOf(db, last.block), argument.value, last.call.scope);
});

const HEAD = `import os
from typing import Annotated
from fastapi import Depends, FastAPI, Request, Response, UploadFile
from pydantic import BaseModel
from pydantic_settings import BaseSettings
app = FastAPI()
class Settings(BaseSettings):
    folder: str = "/srv"
settings = Settings()
BASE = "/data"
class Item(BaseModel):
    name: str
def get_db(): ...
`;

test.each([
  ['a path parameter', '@app.get("/{name}")\ndef f(name: str):\n    show(name)', 'request'],
  ['in an f-string', '@app.get("/")\ndef f(name: str):\n    show(f"{BASE}/{name}")', 'request'],
  ['one assignment away', '@app.get("/")\ndef f(name: str):\n    path = BASE + name\n    show(path)', 'request'],
  ['cut and joined', '@app.get("/")\ndef f(name: str):\n    show(os.path.join(BASE, name.strip()))', 'request'],
  ['a field of the body', '@app.post("/")\ndef f(item: Item):\n    show(item.name)', 'request'],
  ["an upload's name", '@app.post("/")\nasync def f(file: UploadFile):\n    show(file.filename)', 'request'],
  ['a header', '@app.get("/")\ndef f(request: Request):\n    show(request.headers["x"])', 'request'],
  ['the body as JSON', '@app.post("/")\nasync def f(request: Request):\n    data = await request.json()\n    show(data["a"])', 'request'],
  ['a parameter of a dependency', 'def page(q: str):\n    show(q)\n@app.get("/")\ndef f(p: Annotated[str, Depends(page)]): ...', 'request'],
  ['handed to a helper', 'def save(target):\n    show(target)\n@app.get("/")\ndef f(name: str):\n    save(BASE + name)', 'request'],
  ['an item of what was sent', '@app.post("/")\ndef f(names: list[str]):\n    for name in names:\n        show(name)', 'request'],
  ['a constant', 'show(BASE + "/x")', 'constant'],
  ['a setting', 'show(settings.folder)', 'settings'],
  ['a setting in a text', 'show(f"{settings.folder}/x")', 'settings'],
  ['the environment', 'show(os.environ["A"])', 'settings'],
  ['the environment, asked', 'root = os.getenv("A")\nshow(root)', 'settings'],
  ['what a dependency gives', '@app.get("/")\ndef f(db=Depends(get_db)):\n    show(db)', 'unknown'],
  ['a response to fill', '@app.get("/")\ndef f(response: Response):\n    show(response)', 'unknown'],
  ['what some function gives', 'show(compute())', 'unknown'],
  ['a helper that nobody calls', 'def save(target):\n    show(target)', 'unknown'],
])('%s is of origin %#', (_, source, origin) => {
  const workspace = openWorkspace(parser, { 'main.py': HEAD + source });
  workspace.diagnose(pathOf('main.py'));
  expect(workspace.db.get(lastOrigin, pathOf('main.py'))).toBe(origin);
}); // biome-ignore format: one case, one line
