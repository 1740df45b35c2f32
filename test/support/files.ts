/** Real Python that the tests may read. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface PythonFile {
  /** Relative to the folder that was read, with `/` between its parts. */
  readonly path: string;
  readonly text: string;
}

/** Every Python file below a folder, in the order of the paths. */
export function pythonFilesIn(folder: string): PythonFile[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.py'))
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.includes('node_modules/') && !path.includes('.cache/'))
    .sort()
    .map((path) => ({ path, text: readFileSync(join(folder, path), 'utf8') }));
}

/** The sample app, with paths as its own root has them: `app/main.py`. */
export const sampleFiles = (): PythonFile[] => pythonFilesIn(join(root, 'test/sample'));

/** The Python programs that the tests themselves run. */
export const toolFiles = (): PythonFile[] => pythonFilesIn(join(root, 'test/python'));

/** The Python blocks of the rules' pages, each with the page that it stands in. */
export function ruleExamples(): PythonFile[] {
  return [join(root, 'server/src/rules'), join(root, 'test/rules')].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('.md'))
      .sort()
      .flatMap((path) => {
        const page = readFileSync(join(folder, path), 'utf8');
        return [...page.matchAll(/^```python[^\n]*\n(.*?)^```/gms)].map((match, index) => ({
          path: `${path.replaceAll('\\', '/')}~${index}`,
          text: match[1] ?? '',
        }));
      }),
  );
}
