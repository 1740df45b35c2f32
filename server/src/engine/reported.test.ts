import { expect, test } from 'vitest';
import { wasmParser } from '../../../test/support/parser.ts';
import { pathOf } from '../../../test/support/workspace.ts';
import { createWorkspace } from './create.ts';

const parser = await wasmParser();

test('nothing is told while files are being read that one of them may refute', () => {
  const workspace = createWorkspace({ parser });
  const told = () => workspace.diagnose(pathOf('app/main.py')).map(({ rule }) => rule);
  workspace.setRoots([{ path: pathOf('').slice(0, -1), versions: {} }]);
  workspace.setText(
    pathOf('app/main.py'),
    'import requests\nimport time\n\n\nasync def read():\n    time.sleep(1)\n    requests.get("/")\n',
  );
  expect(told()).toEqual([]);
  // The project has a `requests` of its own.
  workspace.setText(pathOf('requests.py'), 'def get(path):\n    return path\n');
  expect(told()).toEqual([]);
  workspace.setLoaded(true);
  expect(told()).toEqual(['async/blocking-sleep']);
});
