/** Names about paths in the file system. */
import { FILE_OPENERS } from './blocking.ts';

/** Calls that go to the path that their first argument says. */
export const PATH_TAKERS: ReadonlySet<string> = new Set([
  ...[...FILE_OPENERS].filter((name) => !/^(?:pathlib|tempfile)\./.test(name)),
  'aiofiles.open',
  'anyio.open_file',
  'starlette.responses.FileResponse',
  ...'remove unlink rmdir removedirs mkdir makedirs listdir scandir rename replace'
    .split(' ')
    .map((name) => `os.${name}`),
  ...'copy copy2 copyfile copytree move rmtree'.split(' ').map((name) => `shutil.${name}`),
]);

/** Methods of a path that go there. */
export const PATH_METHODS: ReadonlySet<string> = new Set(
  'open read_text read_bytes write_text write_bytes unlink rmdir mkdir touch iterdir'.split(' '),
);

/** Calls that put paths together, or write one in another way: what is in it stays in it. */
export const PATH_JOINERS: ReadonlySet<string> = new Set([
  'os.path.join',
  'os.path.abspath',
  'os.path.normpath',
  'os.path.expanduser',
  'os.fspath',
  'pathlib.Path',
  'pathlib.PurePath',
  'pathlib.PosixPath',
  'anyio.Path',
  'builtins.str',
]);
