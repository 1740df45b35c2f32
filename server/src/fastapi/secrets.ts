/** Whether a text literal is a secret in the source, and how sure that is. */
import {
  ENVIRONMENT_READERS,
  isLabel,
  isSecretName,
  PROVIDER_KEYS,
  SECRET_USES,
  TUTORIAL_KEYS,
  wordsOf,
} from '../knowledge/secrets.ts';
import { enclosingOf, pathOf } from '../python/definitions.ts';
import type { LiteralSite } from '../python/sites.ts';
import type { Call, Expression, StringLiteral } from '../syntax/nodes.ts';
import { isFromRequest } from './requests.ts';
import { usedAsSecret } from './secret-uses.ts';
import type { Subject } from './subject.ts';

export type Secret =
  /** A literal for a name that says secret, or one that reaches a secret's use. */
  | { readonly kind: 'named'; readonly name: string }
  | { readonly kind: 'used'; readonly use: string }
  | { readonly kind: 'fallback'; readonly name: string }
  | { readonly kind: 'compared'; readonly name: string }
  | { readonly kind: 'url'; readonly isLocal: boolean }
  | { readonly kind: 'local'; readonly name: string }
  | { readonly kind: 'shape'; readonly provider: string };

/** What kind of secret a literal is; nothing when it is none, or when it can't be told. */
export function secretIn(subject: Subject, site: LiteralSite): Secret | undefined {
  const { node, role } = site;
  if (node.type !== 'string') return undefined;
  const shape = PROVIDER_KEYS.find(({ pattern }) => pattern.test(node.value));
  if (shape && !isPlaceholder(node.value)) return { kind: 'shape', provider: shape.provider };
  if (TUTORIAL_KEYS.has(node.value))
    return { kind: 'shape', provider: "key of FastAPI's tutorial" };
  const url = credentialsIn(node.value);
  if (url !== undefined) return url;
  if (isEmptyOrTemplate(node.value)) return undefined;
  // What tests send and build is full of passwords that open nothing.
  if (subject.purpose === 'test' && role.kind !== 'assigned') return undefined;
  const variable = unsetVariable(subject, site);
  if (variable !== undefined)
    return isSecretName(variable) ? { kind: 'fallback', name: variable } : undefined;
  switch (role.kind) {
    case 'assigned':
      if (role.owner === 'class' && isLabelClass(subject, site)) return undefined;
      if (reachesUse(subject, site, role.name)) return { kind: 'used', use: role.name };
      return isSecretName(role.name) && isSecretValue(role.name, node)
        ? { kind: 'named', name: role.name }
        : undefined;
    case 'default':
    case 'entry':
      return isSecretName(role.name) && isSecretValue(role.name, node)
        ? { kind: 'named', name: role.name }
        : undefined;
    case 'argument':
      return argumentSecret(subject, site, node, role.call, role.name, role.index);
    case 'compared': {
      if (role.operator !== '==' && role.operator !== '!=') return undefined;
      const name = role.others.map((other) => requestSecret(subject, site, other)).find(Boolean);
      return name ? { kind: 'compared', name } : undefined;
    }
    default:
      return undefined;
  }
}

function argumentSecret(
  subject: Subject,
  site: LiteralSite,
  node: StringLiteral,
  call: Call,
  keyword: string | undefined,
  index: number | undefined,
): Secret | undefined {
  const callee = subject.nameOf(call.callee, site.scope);
  if (callee !== undefined && ENVIRONMENT_READERS.has(callee)) {
    const [variable] = call.args;
    if (variable?.value.type !== 'string' || (index !== 1 && keyword !== 'default'))
      return undefined;
    const name = variable.value.value;
    return isSecretName(name) ? { kind: 'fallback', name } : undefined;
  }
  const use =
    callee === undefined
      ? undefined
      : (SECRET_USES.get(callee) ?? middlewareUse(subject, site, call, callee));
  if (use && (keyword === use.keyword || (index !== undefined && index === use.index)))
    return { kind: 'used', use: callee ?? '' };
  const assigned = fieldName(site, call, keyword, index);
  if (assigned !== undefined)
    return isSecretName(assigned) && isSecretValue(assigned, node)
      ? { kind: 'named', name: assigned }
      : undefined;
  if (keyword === undefined || !isSecretName(keyword)) return undefined;
  const host = call.args.find((argument) => argument.name === 'host')?.value;
  if (host?.type === 'string' && LOCAL_HOST.test(host.value) && LOCAL_PASSWORDS.has(node.value))
    return { kind: 'local', name: keyword };
  return isSecretValue(keyword, node) ? { kind: 'named', name: keyword } : undefined;
}

/** The variable of `os.getenv("NAME") or "literal"`, for that literal. */
function unsetVariable(subject: Subject, site: LiteralSite): string | undefined {
  const statement = site.statements[site.statements.length - 1];
  const value =
    statement?.type === 'assign' || statement?.type === 'return' ? statement.value : undefined;
  if (value?.type !== 'boolean' || value.right.start !== site.node.start) return undefined;
  if (value.left.type !== 'call') return undefined;
  const [variable] = value.left.args;
  const callee = subject.nameOf(value.left.callee, site.scope);
  if (callee === undefined || !ENVIRONMENT_READERS.has(callee)) return undefined;
  return variable?.value.type === 'string' ? variable.value.value : undefined;
}

/** `app.add_middleware(SessionMiddleware, secret_key=...)`. */
function middlewareUse(
  subject: Subject,
  site: LiteralSite,
  call: Call,
  callee: string,
): { readonly index?: number; readonly keyword: string } | undefined {
  const [first] = call.args;
  const isAdd = /\.add_middleware$|\.Middleware$/.test(callee);
  const name = isAdd && first ? subject.nameOf(first.value, site.scope) : undefined;
  const use = name === undefined ? undefined : SECRET_USES.get(name);
  return use && { keyword: use.keyword };
}

/** The name of the field that `Field("literal")` or `Field(default="literal")` gives a default. */
function fieldName(
  site: LiteralSite,
  call: Call,
  keyword: string | undefined,
  index: number | undefined,
): string | undefined {
  if (call.callee.type !== 'name' || !/^(?:Field|SecretStr)$/.test(call.callee.id))
    return undefined;
  if (keyword !== 'default' && index !== 0) return undefined;
  const statement = site.statements[site.statements.length - 1];
  if (statement?.type !== 'assign') return undefined;
  const [target] = statement.targets;
  return target?.type === 'name'
    ? target.id
    : target?.type === 'attribute'
      ? target.name
      : undefined;
}

/** A module constant that its own file hands to `jwt.encode` and the like. */
function reachesUse(subject: Subject, site: LiteralSite, name: string): boolean {
  if (site.function !== undefined || site.classId !== undefined) return false;
  return usedAsSecret(subject.db, pathOf(subject.block)).has(name);
}

/** The name of a header, a query parameter or a dependency's token that a literal is compared with. */
function requestSecret(subject: Subject, site: LiteralSite, other: Expression): string | undefined {
  if (other.type !== 'name' || site.function === undefined) return undefined;
  const parameter = site.function.parameters.find(({ name }) => name === other.id);
  if (parameter === undefined) return undefined;
  const says = isSecretName(parameter.name) || /(?:^|_)(?:token|key)$/.test(parameter.name);
  const scope = enclosingOf(site.scope) ?? `${pathOf(site.scope)}#`;
  return says && isFromRequest(subject, parameter, scope) ? parameter.name : undefined;
}

const LABEL_BASES = /(?:^|\.)(?:Enum|StrEnum|IntEnum|Flag)$/;

/** Members of an enum are labels. */
function isLabelClass(subject: Subject, site: LiteralSite): boolean {
  if (site.classId === undefined) return false;
  const lineage = subject.evaluator.lineage({ kind: 'project', id: site.classId });
  return lineage.some((one) => one.kind === 'external' && LABEL_BASES.test(one.name));
}

/** Whether a value can be a secret and is not a word about one: `PASSWORD = "password"`, `"Enter your password"`. */
function isSecretValue(name: string, { value, bytes }: StringLiteral): boolean {
  if (bytes && value.length < 4) return false;
  if (/\s/.test(value.trim()) || value.length < 3) return false;
  if (
    /^(?:https?|wss?|file|s3|gs):\/\//.test(value) ||
    /^[./~]/.test(value) ||
    value.includes('::')
  )
    return false;
  if (isPlaceholder(value) || isLabel(name, value)) return false;
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

const PLACEHOLDER =
  /^(?:x{3,}|\.{3}|-+|_+)$|\*{3}|^<.*>$|^\{.*\}$|^%\(?\w*\)?s?$|YOUR[_-]|_HERE$|EXAMPLE$|^(?:placeholder|dummy|empty|unset|unused|masked|redacted|n\/a|none|not[-_ ]?(?:needed|set|used|required)|no[-_ ]?key[-_ ]?(?:needed|required)?)$/i;

function isPlaceholder(value: string): boolean {
  return PLACEHOLDER.test(value);
}

function isEmptyOrTemplate(value: string): boolean {
  return value.trim() === '' || value.includes('${') || /^\{\{?.*\}$/.test(value);
}

const LOCAL_HOST =
  /^(?:localhost|127\.0\.0\.1|0\.0\.0\.0|::1|db|postgres|mysql|mongo|redis|database)$/;
const LOCAL_PASSWORDS: ReadonlySet<string> = new Set(
  'password pass postgres root admin user test secret mysql example changeme pwd guest dev'.split(
    ' ',
  ),
);

/** `scheme://user:password@host`, with a password that is really there. */
function credentialsIn(value: string): Secret | undefined {
  const match = /^[a-z][a-z0-9+.-]*:\/\/([^\s:/@]*):([^\s/@]+)@([^\s:/?]+)/i.exec(value);
  if (match === null) return undefined;
  const [, , password = '', host = ''] = match;
  if (/[{}<>$%*]/.test(password) || isPlaceholder(password)) return undefined;
  if (/[{}<>$%]/.test(host)) return undefined;
  const isLocal = LOCAL_HOST.test(host) || host.endsWith('.local');
  return { kind: 'url', isLocal: isLocal || host === 'host' || host === 'server' };
}
