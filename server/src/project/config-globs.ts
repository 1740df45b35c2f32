import picomatch from 'picomatch/posix.js';

/** Whether a path lies below the folder and is meant by the glob. Paths are absolute, or URIs. */
export type Matcher = (path: string) => boolean;

/**
 * A glob without a `/` means a file or folder of that name anywhere, one with a `/` is relative to the folder. What it
 * means, it means with all that lies below: `migrations`, `app/legacy/`, `*_pb2.py`, `tests/{unit,e2e}`.
 */
export function createMatcher(globs: readonly string[], folder: string): Matcher {
  const prefix = folder.endsWith('/') || folder === '' ? folder : `${folder}/`;
  const tests = globs.map(compile);
  return (path) => {
    if (!path.startsWith(prefix)) return false;
    const relative = decoded(path, prefix);
    return tests.some((test) => test(relative));
  };
}

function compile(written: string): (relative: string) => boolean {
  const isAnchored = written.replace(/\/+$/, '').includes('/');
  const glob = written.replace(/^(?:\.?\/)+/, '').replace(/\/+$/, '');
  if (glob === '') return () => false;
  const isMatch = picomatch(glob, { dot: true, nonegate: true });
  return (relative) => {
    const parts = relative.split('/');
    if (!isAnchored) return parts.some((part) => isMatch(part));
    return parts.some((_, index) => isMatch(parts.slice(0, index + 1).join('/')));
  };
}

/** A URI's percent signs are its spelling, not the file's name. */
export function decoded(path: string, prefix: string): string {
  const relative = path.slice(prefix.length);
  if (!/^[a-z][a-z\d+.-]*:\/\//i.test(path)) return relative;
  try {
    return decodeURIComponent(relative);
  } catch {
    return relative;
  }
}
