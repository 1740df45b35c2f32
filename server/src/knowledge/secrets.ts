/** What secrets look like: the names they go by, the shapes providers give them, and keys that tutorials made public. */

/** Parts of a name, split at case and underscores. */
const SECRET_WORDS: ReadonlySet<string> = new Set([
  'secret',
  'secrets',
  'password',
  'passwd',
  'passphrase',
  'pwd',
  'token',
  'apikey',
  'credential',
  'credentials',
]);
const KEY_OWNERS: ReadonlySet<string> = new Set(
  'api secret private access auth signing encryption jwt hmac master encrypt crypto fernet'.split(
    ' ',
  ),
);
/** Words after which a name speaks about a secret, and is none. */
const ABOUT: ReadonlySet<string> = new Set(
  (
    'url uri path file filename dir name id ids type types algorithm alg expire expires expiration expiry ttl ' +
    'minutes seconds hours days lifetime header headers field fields prefix suffix length len size min max regex ' +
    'pattern format scheme schema schemes model class cls endpoint route router param params parameter query column ' +
    'count limit limits label title description message msg error errors help hint placeholder context hash hashed ' +
    'hasher hashing validator validation policy required enabled strategy method backend service provider manager ' +
    'factory dependency dep response request form input output data info status location env var variable version ' +
    'issuer audience scope scopes claim claims usage cost bytes iv salt kind key_id arn reset rotation check'
  ).split(' '),
);

/** Owners whose key is more often a label (a name in a cookie or a cache) than a secret. */
const LABEL_OWNERS: ReadonlySet<string> = new Set('access auth master crypto encrypt'.split(' '));

/** Whether a literal for a name is a label: words, where a key would have digits or signs. */
export function isLabel(name: string, value: string): boolean {
  const words = wordsOf(name);
  const isKey = words[words.length - 1] === 'key';
  return (
    isKey &&
    LABEL_OWNERS.has(words[words.length - 2] ?? '') &&
    /^[a-z]+(?:[-_:.][a-z]+)*$/i.test(value)
  );
}

/** Owners of a token that opens nothing: of a tokenizer, of a parser, of the next page. */
const SPECIAL_TOKENS: ReadonlySet<string> = new Set(
  (
    'pad padding bos eos sep cls mask unk unknown stop start end special image separator next page paging pagination ' +
    'continuation cursor resume sync cancellation delimiter url'
  ).split(' '),
);
/** What tokens are for: `ACCESS_TOKEN = "access"` names a kind. */
const TOKEN_KINDS: ReadonlySet<string> = new Set(
  (
    'access refresh id bearer basic reset verify verification activate activation confirm confirmation email session ' +
    'csrf xsrf jwt api user service temp temporary type token invite invitation registration password opaque auth'
  ).split(' '),
);

/** Whether a name is that of a provider's key. */
export function isApiKey(name: string): boolean {
  const words = wordsOf(name);
  const [last, owner] = words.toReversed();
  return words.includes('apikey') || (last === 'key' && owner === 'api');
}

/** Whether a literal for a token only says of which kind it is. */
export function isTokenKind(name: string, value: string): boolean {
  const words = wordsOf(name);
  if (words[words.length - 1] !== 'token' || !/^[a-z]+(?:[-_][a-z]+)*$/i.test(value)) return false;
  return wordsOf(value).every((word) => TOKEN_KINDS.has(word) || words.includes(word));
}

/** Keywords, keys and names below which examples for the docs stand. */
export const EXAMPLE_KEYS =
  /^(?:examples?|openapi_examples|openapi_extra|json_schema_extra|schema_extra|.*_examples?|example_.*)$/i;

/** Whether a name (of a variable, parameter, field or key) says that it holds a secret. */
export function isSecretName(name: string): boolean {
  const words = wordsOf(name);
  const last = words[words.length - 1];
  if (last === undefined || ABOUT.has(last)) return false;
  if (words.includes('hash') || words.includes('hashed') || words.includes('public')) return false;
  // `max_tokens` counts, `tokenizer` is none; a bare `key` may be anything.
  if (last === 'key') return KEY_OWNERS.has(words[words.length - 2] ?? '');
  if (words.includes('apikey')) return true;
  if (last === 'token' && SPECIAL_TOKENS.has(words[words.length - 2] ?? '')) return false;
  return SECRET_WORDS.has(last);
}

/** Owners of a key that opens nothing: what a list is sorted by, a column, an entry of a cache. */
const PLAIN_KEYS: ReadonlySet<string> = new Set(
  (
    'sort sorting order group grouping primary foreign partition cache row column field json object s3 storage ' +
    'idempotency lookup parent config setting route index state dict map search filter unique natural metric feature ' +
    'translation message i18n locale shard slot'
  ).split(' '),
);

/** Whether a header, a cookie or a query parameter of that name lets its sender in. */
export function opensDoors(name: string): boolean {
  if (isSecretName(name)) return true;
  const [last, owner = ''] = wordsOf(name).reverse();
  if (last === 'key') return !PLAIN_KEYS.has(owner);
  return last === 'authorization' || (last === 'token' && !SPECIAL_TOKENS.has(owner));
}

/** Whether a text is the name of a variable or an entry that holds the secret: it shares words with the secret's own name. */
export function namesSecret(name: string, value: string): boolean {
  if (!/^_?[A-Z]+[0-9]?(?:_[A-Z0-9]+)+$/.test(value)) return false;
  const words = wordsOf(value);
  return wordsOf(name).some(
    (word) =>
      words.includes(word) && !SECRET_WORDS.has(word) && !KEY_OWNERS.has(word) && word !== 'key',
  );
}

/** Keys that are made to be seen: they only let data in, or stand in every page (PostHog, Stripe, Supabase). */
export const PUBLIC_KEYS = /^(?:phc_[A-Za-z0-9]{20,}|pk_(?:live|test)_\w+|sb_publishable_\w+)$/;

/** Whether a field of that name must not be in an answer: a secret, or the hash of one. */
export function isSecretField(name: string): boolean {
  if (isSecretName(name)) return true;
  const words = wordsOf(name);
  const last = words[words.length - 1] ?? '';
  const isHash = words.includes('hash') || words.includes('hashed');
  const isSecret = words.some((word) => SECRET_WORDS.has(word));
  return isHash && isSecret && (/^hash(?:ed)?$/.test(last) || SECRET_WORDS.has(last));
}

export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/** Keys by the shape their provider gives them. */
export const PROVIDER_KEYS: readonly { readonly provider: string; readonly pattern: RegExp }[] = [
  { provider: 'AWS access key', pattern: /\bAKIA[0-9A-Z]{16}\b/ },
  { provider: 'GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,}\b/ },
  { provider: 'GitHub token', pattern: /\bgithub_pat_[A-Za-z0-9_]{60,}\b/ },
  { provider: 'GitLab token', pattern: /\bglpat-[A-Za-z0-9_-]{20,}\b/ },
  { provider: 'Slack token', pattern: /\bxox[abprs]-[0-9A-Za-z-]{20,}\b/ },
  { provider: 'Stripe key', pattern: /\b[sr]k_live_[0-9A-Za-z]{20,}\b/ },
  { provider: 'Google API key', pattern: /\bAIza[0-9A-Za-z_-]{35}\b/ },
  { provider: 'OpenAI key', pattern: /\bsk-(?:proj-)?[A-Za-z0-9_-]{32,}\b/ },
  { provider: 'SendGrid key', pattern: /\bSG\.[\w-]{20,}\.[\w-]{20,}\b/ },
  { provider: 'npm token', pattern: /\bnpm_[A-Za-z0-9]{36}\b/ },
  {
    provider: 'private key',
    pattern: /-----BEGIN (?:RSA |EC |OPENSSH |DSA )?PRIVATE KEY-----\s*[A-Za-z0-9+/=]{16}/,
  },
];

/** Keys that stand in public documentation, so that everybody has them. */
export const TUTORIAL_KEYS: ReadonlySet<string> = new Set([
  '09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7',
]);

/** Where a key is used as a key: argument positions and keywords, by public name. */
export const SECRET_USES: ReadonlyMap<
  string,
  { readonly index?: number; readonly keyword: string }
> = new Map([
  ['jwt.encode', { index: 1, keyword: 'key' }],
  ['jwt.decode', { index: 1, keyword: 'key' }],
  ['jwt.PyJWT.encode', { index: 1, keyword: 'key' }],
  ['jose.jwt.encode', { index: 1, keyword: 'key' }],
  ['jose.jwt.decode', { index: 1, keyword: 'key' }],
  ['authlib.jose.jwt.encode', { index: 2, keyword: 'key' }],
  ['authlib.jose.jwt.decode', { index: 1, keyword: 'key' }],
  ['starlette.middleware.sessions.SessionMiddleware', { index: 1, keyword: 'secret_key' }],
  ['itsdangerous.URLSafeTimedSerializer', { index: 0, keyword: 'secret_key' }],
  ['itsdangerous.URLSafeSerializer', { index: 0, keyword: 'secret_key' }],
  ['itsdangerous.Signer', { index: 0, keyword: 'secret_key' }],
  ['itsdangerous.TimestampSigner', { index: 0, keyword: 'secret_key' }],
  ['cryptography.fernet.Fernet', { index: 0, keyword: 'key' }],
  ['hmac.new', { index: 0, keyword: 'key' }],
]);

/** Calls that compare two texts in constant time. */
export const COMPARISONS: ReadonlySet<string> = new Set([
  'secrets.compare_digest',
  'hmac.compare_digest',
]);

/** Attributes that hold what somebody signs in with, by the class. */
export const CREDENTIALS: Readonly<Record<string, string>> = {
  'fastapi.security.HTTPBasicCredentials': 'password',
  'fastapi.security.HTTPAuthorizationCredentials': 'credentials',
};

/** Classes whose objects are called to read a setting: `Config()("NAME", default=…)`. */
export const SETTING_READERS: ReadonlySet<string> = new Set(['starlette.config.Config']);

/** Calls that read the environment; their second argument, or `default`, is what is used when it is not set. */
export const ENVIRONMENT_READERS: ReadonlySet<string> = new Set([
  'os.getenv',
  'os.environ.get',
  'os.environ.setdefault',
  'decouple.config',
  'environ.Env',
]);
