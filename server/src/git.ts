import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);
const MAX_BYTES = 512 * 1024 * 1024;

/**
 * The Python files below a folder as they were in a commit, with the absolute paths that they have in the folder.
 * Rejects with one line for a person when git, the repository or the commit is not there.
 */
export async function readGitTree(
  folder: string,
  ref: string,
): Promise<readonly (readonly [string, Uint8Array])[]> {
  if (ref.startsWith('-')) throw new Error(`not a commit: ${ref}`);
  const git = async (...args: string[]) => {
    const { stdout } = await run('git', ['-C', folder, ...args], {
      encoding: 'buffer',
      maxBuffer: MAX_BYTES,
    });
    return stdout;
  };
  const listed = await git('ls-tree', '-r', '-z', '--name-only', ref, '--', '.').catch(
    (error: unknown) => {
      const text =
        error instanceof Error && 'stderr' in error ? String(error.stderr) : String(error);
      throw new Error(
        `git can't read ${ref}: ${text
          .trim()
          .split('\n')[0]
          ?.replace(/^fatal: /, '')}`,
      );
    },
  );
  const names = listed
    .toString('utf8')
    .split('\0')
    .filter((name) => name.endsWith('.py'));
  const files: [string, Uint8Array][] = [];
  for (let at = 0; at < names.length; at += 16) {
    const slice = names.slice(at, at + 16);
    // `./name` is relative to the folder, which may lie below the top of the repository.
    const texts = await Promise.all(slice.map((name) => git('show', `${ref}:./${name}`)));
    slice.forEach((name, index) => {
      files.push([`${folder}/${name}`, texts[index] ?? new Uint8Array()]);
    });
  }
  return files;
}
