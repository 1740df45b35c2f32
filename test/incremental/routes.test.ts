/** The routes follow each keystroke, and an edit that can't change them costs them nothing. */
import { expect, test } from 'vitest';
import { wasmParser } from '../support/parser.ts';
import { openWorkspace, pathOf } from '../support/workspace.ts';

const parser = await wasmParser();

const MAIN = `from fastapi import FastAPI

from app.users import router

app = FastAPI()
app.include_router(router, prefix="/v1")
`;
const USERS = `from typing import Annotated

from fastapi import APIRouter, Depends

from app.deps import get_db

router = APIRouter(prefix="/users")


@router.get("/{user_id}")
async def read_user(user_id: int, db: Annotated[object, Depends(get_db)]) -> int:
    total = user_id + 1
    return total
`;
const DEPS = `def get_db():
    db = object()
    return db
`;
const FILES = {
  'app/__init__.py': '',
  'app/main.py': MAIN,
  'app/users.py': USERS,
  'app/deps.py': DEPS,
};

function open() {
  const workspace = openWorkspace(parser, FILES);
  const routes = () =>
    workspace
      .applications()
      .flatMap((application) =>
        application.routes.map((route) => `${route.methods} ${route.path}`),
      );
  return {
    workspace,
    routes,
    set: (file: string, text: string) => workspace.setText(pathOf(file), text),
  };
}

test.each([
  ['in the body of a handler', 'app/users.py', USERS.replace('user_id + 1', 'user_id + 2')],
  ['in the body of a dependency', 'app/deps.py', DEPS.replace('object()', 'object()  # new')],
  ['above all blocks', 'app/users.py', `# a comment\n\n${USERS}`],
])('an edit %s follows no module again', (_, file, text) => {
  const { workspace, routes, set } = open();
  expect(routes()).toEqual(['GET /v1/users/{user_id}']);
  workspace.db.resetCounts();
  set(file, text);
  expect(routes()).toEqual(['GET /v1/users/{user_id}']);
  expect(workspace.db.counts().get('applications') ?? 0).toBe(0);
  expect(workspace.db.counts().get('all applications') ?? 0).toBe(0);
  expect(workspace.db.counts().get('holders') ?? 0).toBe(0);
});

test('classes and functions that no route needs are not read for the routes', () => {
  const members = Array.from({ length: 40 }, (_, at) => `    f${at}: int = Field(${at})\n`);
  const { workspace, routes, set } = open();
  set(
    'app/schemas.py',
    `from pydantic import BaseModel, Field\n\n\nclass A(BaseModel):\n${members.join('')}`,
  );
  set(
    'app/users.py',
    `from app.schemas import A\n${USERS}\n\ndef helper(a: A) -> int:\n    return a.f1\n`,
  );
  workspace.db.resetCounts();
  expect(routes()).toEqual(['GET /v1/users/{user_id}']);
  expect(workspace.db.counts().get('lowered') ?? 0).toBeLessThan(40);
});

test('a class whose body registers routes is executed though nobody looks into it', () => {
  const { routes, set } = open();
  const view = (decorator: string) =>
    `${USERS}\n\nclass View:\n    ${decorator}\n    def me(self) -> int:\n        return 1\n`;
  set('app/users.py', view('@property'));
  expect(routes()).toEqual(['GET /v1/users/{user_id}']);
  set('app/users.py', view('@router.get("/me")'));
  expect(routes()).toEqual(['GET /v1/users/{user_id}', 'GET /v1/users/me']);
  set('app/users.py', view('added = router.add_api_route("/added", get_db)'));
  expect(routes()).toEqual(['GET /v1/users/{user_id}', 'GET /v1/users/added']);
});

test('lines follow edits that move them', () => {
  const { workspace, set } = open();
  const line = () => workspace.applications()[0]?.routes[0]?.location?.range.start.line;
  expect(line()).toBe(10);
  set('app/users.py', `\n\n${USERS}`);
  expect(line()).toBe(12);
});

test('each step of typing a route, a prefix, a rename, a new file and one that goes', () => {
  const { workspace, routes, set } = open();
  set('app/users.py', `${USERS}\n\n@router.post(`);
  expect(routes()).toEqual(['GET /v1/users/{user_id}']);
  set('app/users.py', `${USERS}\n\n@router.post("/")\ndef add() -> None: ...\n`);
  expect(routes()).toEqual(['GET /v1/users/{user_id}', 'POST /v1/users/']);
  set('app/main.py', MAIN.replace('/v1', '/v2'));
  expect(routes()).toEqual(['GET /v2/users/{user_id}', 'POST /v2/users/']);
  set(
    'app/orders.py',
    'from fastapi import APIRouter\n\nrouter = APIRouter()\n\n\n@router.get("/orders")\ndef orders() -> None: ...\n',
  );
  set('app/main.py', MAIN.replace('app.users', 'app.orders'));
  expect(routes()).toEqual(['GET /v1/orders']);
  workspace.removeFile(pathOf('app/orders.py'));
  expect(routes()).toEqual([]);
  set('app/main.py', MAIN);
  expect(routes()).toEqual(['GET /v1/users/{user_id}', 'POST /v1/users/']);
});

test('an edit in the body of a handler makes no rule look at the applications again', () => {
  const { workspace, set } = open();
  const two = `${USERS}\n\n@router.get("/{tenant}/all")\ndef all_users() -> int:\n    return 1\n`;
  set('app/users.py', two);
  const found = () => workspace.diagnose(pathOf('app/users.py')).map(({ rule }) => rule);
  expect(found()).toContain('routing/path-param-missing');
  workspace.db.resetCounts();
  set('app/users.py', two.replace('user_id + 1', 'user_id + 2'));
  expect(found()).toContain('routing/path-param-missing');
  expect(workspace.db.counts().get('application findings') ?? 0).toBe(0);
});

test('a finding about a route is known again whichever application it is seen from', () => {
  const shadowed = `${USERS}\n\n@router.get("/me")\ndef me() -> int:\n    return 1\n`;
  const fingerprintIn = (files: Record<string, string>) =>
    openWorkspace(parser, { ...FILES, 'app/users.py': shadowed, ...files })
      .diagnose(pathOf('app/users.py'))
      .filter(({ rule }) => rule === 'routing/route-shadowed')
      .map(({ fingerprint }) => fingerprint);
  const before = fingerprintIn({});
  expect(before).toHaveLength(1);
  expect(fingerprintIn({ 'app/admin_server.py': MAIN })).toEqual(before);
  expect(fingerprintIn({ 'app/main.py': '', 'app/a_longer_name.py': MAIN })).toEqual(before);
});
