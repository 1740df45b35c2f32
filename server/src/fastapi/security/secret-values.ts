/** Whether a text can be a secret, by what it says itself: placeholders, labels and templates are none. */
import {
  isLabel,
  isTokenKind,
  namesSecret,
  PROVIDER_KEYS,
  PUBLIC_KEYS,
  TUTORIAL_KEYS,
  wordsOf,
} from '../../knowledge/secrets.ts';
import type { StringLiteral } from '../../syntax/nodes.ts';

/** What a text is whatever its name: a key in a provider's shape, the tutorial's, an address with a password. */
export type Shape =
  | { readonly kind: 'shape'; readonly provider: string }
  | { readonly kind: 'tutorial' }
  | {
      readonly kind: 'url';
      readonly isLocal: boolean;
      readonly isWords: boolean;
      /** Its host is one for the docs. */
      readonly isReserved: boolean;
    };

export function shapeOf(value: string): Shape | undefined {
  for (const { provider, pattern } of PROVIDER_KEYS) {
    const found = pattern.exec(value)?.[0];
    if (found && !PLACEHOLDER.test(value) && !PLACEHOLDER.test(found) && isVaried(found))
      return { kind: 'shape', provider };
  }
  if (TUTORIAL_KEYS.has(value)) return { kind: 'tutorial' };
  return credentialsIn(value);
}

/** One letter over and over stands for a key, and is none. */
function isVaried(key: string): boolean {
  return new Set(key.slice(-16)).size > 4;
}

/** Whether a value can be a secret and is not a word about one: `PASSWORD = "password"`, `"Enter your password"`. */
export function isSecretValue(name: string, { value, bytes }: StringLiteral): boolean {
  if (bytes && value.length < 4) return false;
  if (/\s/.test(value.trim()) || value.length < 3) return false;
  if (
    /^(?:https?|wss?|file|s3|gs):\/\//.test(value) ||
    /^[./~]/.test(value) ||
    value.includes('::')
  )
    return false;
  if (isPlaceholder(value) || isLabel(name, value) || isTokenKind(name, value)) return false;
  if (isPattern(value) || namesSecret(name, value) || PUBLIC_KEYS.test(value)) return false;
  if (SENTENCE.test(value) || (ABOUT_ONE.test(name) && isWords(value))) return false;
  const said = wordsOf(value).join('');
  const named = wordsOf(name).join('');
  if (said === named) return false;
  // A header's or a field's name, a dotted path, a content type.
  if (
    /^(?:x-|authorization$|bearer$|basic$|cookie$|none$|null$|true$|false$|string$|str$|jwt$|oauth2?$|password$)/i.test(
      value,
    ) &&
    !/key|secret/.test(named)
  )
    return false;
  if (/^[a-z_]+(?:\.[a-z_]+)+$/i.test(value) || /^[\w-]+\/[\w.+-]+$/.test(value)) return false;
  return true;
}

/** A sentence of a language that sets its words apart by no spaces: `密码错误，请检查。`. */
const SENTENCE = /\p{Lo}[、。，．！？：；]/u;

/** What happened to a secret, or what it is asked for: `REASON_PASSWORD = "password_changed"`. */
const ABOUT_ONE = /^(?:reason|event|action|error|status|state|message|scope|permission|topic)_/i;

/** Whether a text is a regular expression, by which secrets are looked for. */
function isPattern(value: string): boolean {
  return /\[\^?\w-\w[^\]]*\]|\\[dswDSWb]|\(\?[:=!<P]|[\])]\{\d+(?:,\d*)?\}/.test(value);
}

/** Whether a text is made of words: `too_short`, `비밀번호`. In a table they are labels, messages or names of fields. */
export function isWords(value: string): boolean {
  return value
    .split(/[\s_-]+/)
    .every((word) => /^\p{Lu}?(?:\p{Ll}|\p{Lo})*$|^\p{Lu}+$/u.test(word) && word.length <= 16);
}

/** `Bearer 9f8e…`: a scheme with a token that is really there. */
export function isAuthorization(value: string): boolean {
  const token = /^(?:Bearer|Basic|Token|Bot|ApiKey)\s+(\S{16,})$/i.exec(value)?.[1];
  return token !== undefined && /\d/.test(token) && !/[{}<>$]/.test(token) && !isPlaceholder(token);
}

const PLACEHOLDER =
  /^(?:x{3,}|\.{3}|-+|_+)$|\*{3}|\.{3}$|…$|^<.*>$|^\{.*\}$|^\[[A-Z_]+\]$|^%\(?\w*\)?s?$|YOUR[_-]|_HERE$|EXAMPLE$|^dummy[-_A-Z]|^(?:placeholder|dummy|empty|unset|unused|masked|redacted|n\/a|none|not[-_ ]?(?:needed|set|used|required)|no[-_ ]?key[-_ ]?(?:needed|required)?)$/i;

/** A word among others that says that this is none: `sk-fake-key`, `__pending_bot_token__`. */
const NO_SECRET =
  /(?:^|[-_])(?:fake|dummy|placeholder|pending|missing|redacted|elided|masked|invalid|sentinel|no[-_](?:auth|key|token|password))(?:[-_]|$)/i;

export function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value) || NO_SECRET.test(value) || /(.)\1{7,}/.test(value);
}

export function isEmptyOrTemplate(value: string): boolean {
  return value.trim() === '' || value.includes('${') || /^\{\{?.*\}$/.test(value);
}

const LOCAL_HOST =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1|db|postgres|mysql|mongo|redis|database)$/;
const LOCAL_PASSWORDS: ReadonlySet<string> = new Set(
  'password pass postgres root admin user test secret mysql example changeme pwd guest dev'.split(
    ' ',
  ),
);

/** The password that everybody gives a database on the own machine: `POSTGRES_PASSWORD: str = "postgres"`. */
export function isDatabaseDefault(name: string, password: string): boolean {
  return wordsOf(name).some((word) => DATABASES.has(word)) && LOCAL_PASSWORDS.has(password);
}

const DATABASES: ReadonlySet<string> = new Set(
  'postgres postgresql pg mysql mariadb mongo mongodb redis rabbitmq db database clickhouse minio'.split(
    ' ',
  ),
);

/** The password that everybody gives a server on the own machine. */
export function isLocalPassword(host: string, password: string): boolean {
  return LOCAL_HOST.test(host) && LOCAL_PASSWORDS.has(password);
}

/** `scheme://user:password@host`, or `host=… password=…`, with a password that is really there. */
function credentialsIn(value: string): Shape | undefined {
  const url = /^[a-z][a-z0-9+.-]*:\/\/([^\s:/@]*):([^\s/@]+)@([^\s:/?]+)/i.exec(value);
  const [, user, password = '', host = ''] = url ?? [];
  if (url !== null) return credentials(password, host, user);
  // PostgreSQL's keywords are set apart by spaces, those of ODBC by semicolons.
  const set = /(?:^|[\s;])(?:password|pwd)\s*=\s*('[^']+'|[^\s;]+)/i.exec(value)?.[1];
  const server = /(?:^|[\s;])(?:host|server|data source)\s*=\s*([^\s;]+)/i.exec(value)?.[1];
  // `password=PASSWORD` in a text tells people what to write.
  if (set === undefined || server === undefined || /^[A-Z_]+$/.test(set)) return undefined;
  return credentials(set.replace(/^'(.*)'$/, '$1'), server);
}

/** Hosts that nobody can have (RFC 2606). */
const RESERVED = /(?:^|\.)(?:example(?:\.(?:com|net|org))?|invalid|test)$/i;

function credentials(password: string, host: string, user?: string): Shape | undefined {
  if (/[{}<>$%*]/.test(password) || isPlaceholder(password)) return undefined;
  if (/[{}<>$%]/.test(host)) return undefined;
  // A name without a dot is that of a container beside this one.
  const isBeside = !host.includes('.') && (LOCAL_PASSWORDS.has(password) || password === user);
  const isLocal = LOCAL_HOST.test(host) || host.endsWith('.local') || isBeside;
  const isAnywhere = host === 'host' || host === 'server';
  return {
    kind: 'url',
    isLocal: isLocal || isAnywhere,
    isWords: isWords(password),
    isReserved: RESERVED.test(host),
  };
}
