/**
 * What ruff reports as well, row by row as ruff 0.17.5 was seen to report it (`test/ruff` runs it). A row says when
 * ruff reports the finding too, in what can be seen in the file alone: ruff follows the file's own imports, and no others.
 */
export interface RuffRow {
  readonly rule: string;
  /** All of them must be enabled: which of several is reported cannot always be told. */
  readonly codes: readonly string[];
  readonly when: RuffCondition;
}

export type RuffCondition =
  /** The finding starts at a call of one of these, as the file's own imports spell it. */
  | {
      readonly kind: 'call';
      readonly names: ReadonlySet<string>;
      /** Nothing may follow the call: its result is dropped. */
      readonly isDropped?: boolean;
      /** Ruff points into the call, so it must stand on one line. */
      readonly isOneLine?: boolean;
    }
  /** A call of one of these methods on `Path(...)`, or on a name that is one wherever the file binds it. */
  | { readonly kind: 'path-method'; readonly names: ReadonlySet<string> }
  /** A text that is assigned to, compared with or passed by a name that looks like a secret's. */
  | { readonly kind: 'secret' }
  /** In the decorator or the signature of a route whose app or router is made in the same file. */
  | { readonly kind: 'route'; readonly where: 'decorator' | 'signature' };

const names = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
const call = (text: string): RuffCondition => ({ kind: 'call', names: names(text) });

const HTTP_METHODS = ['get', 'post', 'put', 'patch', 'delete', 'head', 'options', 'request'];
const inModules = (...modules: readonly string[]) =>
  modules.flatMap((module) => HTTP_METHODS.map((method) => `${module}.${method}`)).join(' ');

export const RUFF_ROWS: readonly RuffRow[] = [
  { rule: 'async/blocking-sleep', codes: ['ASYNC251'], when: call('time.sleep') },
  {
    rule: 'async/blocking-http',
    codes: ['ASYNC210'],
    when: call(`${inModules('requests', 'httpx')} urllib.request.urlopen urllib3.request`),
  },
  {
    rule: 'async/blocking-subprocess',
    codes: ['ASYNC220'],
    when: call('subprocess.Popen os.popen'),
  },
  {
    rule: 'async/blocking-subprocess',
    codes: ['ASYNC221'],
    when: call(`
      subprocess.run subprocess.call subprocess.check_call subprocess.check_output subprocess.getoutput
      subprocess.getstatusoutput os.system os.spawnl`),
  },
  { rule: 'async/blocking-subprocess', codes: ['ASYNC222'], when: call('os.wait os.waitpid') },
  { rule: 'async/blocking-file-io', codes: ['ASYNC230'], when: call('open') },
  {
    rule: 'async/blocking-file-io',
    codes: ['ASYNC230'],
    when: { kind: 'path-method', names: names('open') },
  },
  {
    rule: 'async/blocking-file-io',
    codes: ['ASYNC240'],
    when: { kind: 'path-method', names: names('read_text read_bytes write_text write_bytes') },
  },
  {
    rule: 'async/blocking-file-stat',
    codes: ['ASYNC240'],
    when: call('os.path.exists os.path.isfile'),
  },
  {
    rule: 'async/blocking-file-stat',
    codes: ['ASYNC240'],
    when: { kind: 'path-method', names: names('exists') },
  },
  { rule: 'async/blocking-input', codes: ['ASYNC250'], when: call('input') },
  {
    rule: 'async/dangling-task',
    codes: ['RUF006'],
    when: {
      kind: 'call',
      names: names('asyncio.create_task asyncio.ensure_future'),
      isDropped: true,
    },
  },
  { rule: 'project/naive-datetime', codes: ['DTZ003'], when: call('datetime.datetime.utcnow') },
  {
    rule: 'project/naive-datetime',
    codes: ['DTZ004'],
    when: call('datetime.datetime.utcfromtimestamp'),
  },
  {
    rule: 'performance/http-without-timeout',
    codes: ['S113'],
    when: { kind: 'call', names: names(inModules('requests')), isOneLine: true },
  },
  {
    rule: 'security/unsafe-deserialization',
    codes: ['S301'],
    when: call('pickle.load pickle.loads'),
  },
  {
    rule: 'security/unsafe-deserialization',
    codes: ['S506'],
    when: { kind: 'call', names: names('yaml.load'), isOneLine: true },
  },
  {
    rule: 'security/weak-password-hash',
    codes: ['S324'],
    when: call('hashlib.md5 hashlib.sha1'),
  },
  {
    rule: 'security/hardcoded-secret',
    codes: ['S105', 'S106', 'S107'],
    when: { kind: 'secret' },
  },
  {
    rule: 'response/redundant-response-model',
    codes: ['FAST001'],
    when: { kind: 'route', where: 'decorator' },
  },
  {
    rule: 'dependencies/non-annotated',
    codes: ['FAST002'],
    when: { kind: 'route', where: 'signature' },
  },
  {
    rule: 'routing/path-param-missing',
    codes: ['FAST003'],
    when: { kind: 'route', where: 'decorator' },
  },
];

/** By rule: the codes under which ruff may report the same. */
export const RUFF_CODES: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  [...new Set(RUFF_ROWS.map(({ rule }) => rule))].map((rule) => [
    rule,
    [...new Set(RUFF_ROWS.flatMap((row) => (row.rule === rule ? row.codes : [])))],
  ]),
);

/** Of the codes above, what ruff enables by itself where nothing is selected, and the first version that does. */
export const RUFF_DEFAULTS = {
  since: '0.16.0',
  codes: names('ASYNC210 ASYNC220 ASYNC221 ASYNC222 ASYNC230 ASYNC251 DTZ003 DTZ004'),
};

/** The names that ruff takes for a secret's. */
export const RUFF_SECRET_NAME = /(^|_)(pas+wo?r?d|pass(phrase)?|pwd|token|secrete?)($|_)/i;
