/** Calls that hold up the thread they run on, by public name. A table, so that rules hold no lists. */
import { workOf } from './blocking-cpu.ts';
import { isBlockingDatabase } from './blocking-database.ts';

const HTTP_VERBS = 'get post put patch delete head options request'.split(' ');

function names(owner: string, members: readonly string[]): string[] {
  return members.map((member) => `${owner}.${member}`);
}

const HTTPX = ['httpx', 'httpx2'].flatMap((module) => [
  ...names(module, [...HTTP_VERBS, 'stream']),
  ...names(`${module}.Client`, [...HTTP_VERBS, 'stream', 'send']),
]);

/** Calls that wait for another server's answer. */
export const BLOCKING_HTTP: ReadonlySet<string> = new Set([
  ...names('requests', HTTP_VERBS),
  ...names('requests.Session', [...HTTP_VERBS, 'send']),
  ...HTTPX,
  'urllib.request.urlopen',
  'urllib.request.urlretrieve',
  'urllib3.request',
  ...[
    'urllib3.PoolManager',
    'urllib3.ProxyManager',
    'urllib3.HTTPConnectionPool',
    'urllib3.HTTPSConnectionPool',
  ].flatMap((pool) =>
    names(pool, ['request', 'urlopen', 'request_encode_url', 'request_encode_body']),
  ),
  ...['http.client.HTTPConnection', 'http.client.HTTPSConnection'].flatMap((connection) =>
    names(connection, ['request', 'getresponse', 'connect']),
  ),
]);

/** Calls that start a process and wait until it ends, or wait for one that runs. */
export const BLOCKING_SUBPROCESS: ReadonlySet<string> = new Set([
  ...names('subprocess', 'run call check_call check_output getoutput getstatusoutput'.split(' ')),
  ...names('subprocess.Popen', ['wait', 'communicate']),
  ...names('subprocess.Popen.stdout', ['read', 'readline', 'readlines']),
  ...names('subprocess.Popen.stderr', ['read', 'readline', 'readlines']),
  ...names('os', ['system', 'popen', 'wait', 'waitpid']),
]);

/** Opens a file by its path. */
export const FILE_OPENERS: ReadonlySet<string> = new Set([
  'builtins.open',
  'io.open',
  'codecs.open',
  'pathlib.Path.open',
  'tempfile.NamedTemporaryFile',
]);

/** The same, when the first argument is a path: they also take a file that is open, or is only in memory. */
export const ARCHIVE_OPENERS: ReadonlySet<string> = new Set([
  'gzip.open',
  'bz2.open',
  'lzma.open',
  'tarfile.open',
  'zipfile.ZipFile',
]);

/** Calls that read, write, copy or remove whole files. */
export const BLOCKING_FILES: ReadonlySet<string> = new Set([
  ...names('pathlib.Path', ['read_text', 'read_bytes', 'write_text', 'write_bytes']),
  ...names(
    'shutil',
    'copy copy2 copyfile copyfileobj copytree move rmtree make_archive unpack_archive'.split(' '),
  ),
]);

/** Calls that only ask the disk, or change a name on it: fast on a local disk, slow on one over the network. */
export const FILE_STATS: ReadonlySet<string> = new Set([
  ...names(
    'os.path',
    'exists lexists isfile isdir islink ismount getsize getmtime getatime getctime realpath samefile'.split(
      ' ',
    ),
  ),
  ...names(
    'os',
    (
      'stat lstat access listdir scandir walk mkdir makedirs remove unlink rmdir removedirs rename renames replace link ' +
      'symlink readlink chmod chown utime statvfs truncate'
    ).split(' '),
  ),
  ...names(
    'pathlib.Path',
    (
      'exists is_file is_dir is_symlink is_mount stat lstat mkdir rmdir unlink rename replace touch iterdir glob rglob walk ' +
      'chmod symlink_to hardlink_to samefile readlink owner group'
    ).split(' '),
  ),
  ...names('glob', ['glob', 'iglob']),
  ...names('shutil', ['disk_usage', 'which']),
]);

/** Those that ask the disk while they are gone through. */
export const LAZY_STATS: ReadonlySet<string> = new Set([
  ...names('os', ['scandir', 'walk']),
  ...names('pathlib.Path', ['iterdir', 'glob', 'rglob', 'walk']),
  'glob.iglob',
]);

/** The upload's own file, past the methods of `UploadFile` that use the thread pool. */
export const UPLOAD_FILES: ReadonlySet<string> = new Set(
  ['fastapi.UploadFile.file', 'starlette.datastructures.UploadFile.file'].flatMap((file) =>
    names(file, ['read', 'readlines', 'write']),
  ),
);

/** Calls that wait for what is typed at the terminal. */
export const TERMINAL_INPUT: ReadonlySet<string> = new Set(['builtins.input', 'getpass.getpass']);

/** Whether a call is known by its name alone to hold up its thread. */
export function isBlocking(name: string): boolean {
  return (
    name === 'time.sleep' ||
    BLOCKING_HTTP.has(name) ||
    BLOCKING_SUBPROCESS.has(name) ||
    BLOCKING_FILES.has(name) ||
    FILE_OPENERS.has(name) ||
    isBlockingDatabase(name) ||
    workOf(name) !== undefined
  );
}
