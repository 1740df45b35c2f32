/** Whether a text literal is a secret in the source, and how sure that is. */
import {
  COMPARISONS,
  ENVIRONMENT_READERS,
  isApiKey,
  isSecretName,
  PUBLIC_KEYS,
  SECRET_USES,
  SETTING_READERS,
} from '../../knowledge/secrets.ts';
import { pathOf } from '../../python/definitions.ts';
import { type LiteralSite, type Role, sitesOf } from '../../python/sites.ts';
import { externalClassOf } from '../../python/values.ts';
import type { Call, StringLiteral } from '../../syntax/nodes.ts';
import { blockSource } from '../../syntax/source.ts';
import type { Subject } from '../subject.ts';
import { isExample, namesGiven, parameterWithDefault, roleOf, standsIn } from './literal-roles.ts';
import { isMarker, proofFrom } from './requests.ts';
import { usedAsSecret } from './secret-uses.ts';
import {
  isAuthorization,
  isDatabaseDefault,
  isEmptyOrTemplate,
  isLocalPassword,
  isPlaceholder,
  isSecretValue,
  isWords,
  type Shape,
  shapeOf,
} from './secret-values.ts';

export type Secret =
  /** A literal for a name that says secret. */
  | { readonly kind: 'named'; readonly name: string }
  /** A constant that is handed to what signs with it, and a literal that is. */
  | { readonly kind: 'key'; readonly name: string }
  | { readonly kind: 'used'; readonly use: string }
  | { readonly kind: 'fallback'; readonly name: string }
  | { readonly kind: 'compared'; readonly name: string }
  | { readonly kind: 'local'; readonly name: string }
  /** The default of a field of the settings. */
  | { readonly kind: 'setting'; readonly name: string }
  | Shape;

/** What kind of secret a literal is; nothing when it is none, or when it can't be told. */
export function secretIn(subject: Subject, site: LiteralSite): Secret | undefined {
  const { node } = site;
  if (node.type !== 'string') return undefined;
  const shape = shapeOf(node.value);
  if (shape !== undefined) return isShown(subject, site, shape) ? undefined : shape;
  if (isEmptyOrTemplate(node.value)) return undefined;
  const role = roleOf(site);
  // What tests send and build is full of passwords that open nothing.
  if (subject.purpose === 'test' && (role.kind !== 'assigned' || isWords(node.value)))
    return undefined;
  const variable = unsetVariable(subject, site);
  if (variable !== undefined) return fallback(variable, node);
  const secret = secretAs(subject, site, node, role);
  if (secret === undefined || isExample(site)) return undefined;
  return secret.kind === 'named' ? weighed(subject, site, node, secret) : secret;
}

/** Whether an address only shows what one looks like, in the docs, or lives as long as a test does. */
function isShown(subject: Subject, site: LiteralSite, shape: Shape): boolean {
  if (shape.kind !== 'url') return false;
  const isNone = shape.isLocal || shape.isWords;
  if (isNone && subject.purpose === 'test') return true;
  return (isNone || shape.isReserved) && isExample(site);
}

/** What the place of a named secret makes of it. */
function weighed(
  subject: Subject,
  site: LiteralSite,
  { value }: StringLiteral,
  secret: Extract<Secret, { kind: 'named' }>,
): Secret | undefined {
  const { name } = secret;
  const isGiven = roleOf(site).kind === 'argument';
  const isInstead = standsIn(site);
  // What servers are given that ask for no key.
  if (isApiKey(name) && isWords(value) && (isGiven || isInstead !== undefined)) return undefined;
  if (isDatabaseDefault(name, value)) return { kind: 'local', name };
  if (isInstead === 'or') return { kind: 'fallback', name };
  return isSetting(subject, site) ? { kind: 'setting', name } : secret;
}

function secretAs(
  subject: Subject,
  site: LiteralSite,
  node: StringLiteral,
  role: Role,
): Secret | undefined {
  switch (role.kind) {
    case 'assigned': {
      if (role.owner === 'class' && isLabelClass(subject, site)) return undefined;
      const names = [role.name, ...namesGiven(site)];
      const key = names.find((name) => reachesUse(subject, site, name));
      if (key !== undefined) return { kind: 'key', name: key };
      if (isToken(role.name, node)) return { kind: 'named', name: role.name };
      const compared = comparedLater(subject, site, role);
      if (compared !== undefined) return { kind: 'compared', name: compared };
      const name = names.find((one) => isSecretName(one) && isSecretValue(one, node));
      return name === undefined ? undefined : { kind: 'named', name };
    }
    case 'entry':
      if (isToken(role.name, node)) return { kind: 'named', name: role.name };
      return isWords(node.value) ? undefined : named(role.name, node);
    case 'default':
      return named(role.name, node);
    case 'argument':
      return argumentSecret(subject, site, node, role.call, role.name, role.index);
    case 'compared': {
      if (role.operator !== '==' && role.operator !== '!=') return undefined;
      const name = role.others.map((other) => proofFrom(subject, other, site.scope)).find(Boolean);
      return name ? { kind: 'compared', name } : undefined;
    }
    default:
      return undefined;
  }
}

function named(name: string, node: StringLiteral): Secret | undefined {
  return isSecretName(name) && isSecretValue(name, node) ? { kind: 'named', name } : undefined;
}

function fallback(name: string, node: StringLiteral): Secret | undefined {
  const isOne = isSecretName(name) && !isPlaceholder(node.value) && !PUBLIC_KEYS.test(node.value);
  return isOne ? { kind: 'fallback', name } : undefined;
}

/** `{"Authorization": "Bearer 9f8e…"}`. */
function isToken(name: string, node: StringLiteral): boolean {
  return /^(?:proxy-)?authorization$/i.test(name) && isAuthorization(node.value);
}

/** What `secrets.compare_digest` compares a local name with, where the request is on the other side. */
function comparedLater(subject: Subject, site: LiteralSite, role: Role): string | undefined {
  if (role.kind !== 'assigned' || role.owner !== 'function') return undefined;
  const { db, block } = subject;
  if (!db.get(blockSource, block).text.includes('compare_digest')) return undefined;
  for (const { node, scope } of sitesOf(db, block).calls) {
    if (scope !== site.scope || !COMPARISONS.has(subject.nameOf(node.callee, scope) ?? ''))
      continue;
    const [left, right] = node.args.map(({ value }) => value);
    if (left === undefined || right === undefined) continue;
    const isLeft = left.type === 'name' && left.id === role.name;
    const isRight = right.type === 'name' && right.id === role.name;
    if (isLeft !== isRight) return proofFrom(subject, isLeft ? right : left, scope);
  }
  return undefined;
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
  if (callee !== undefined && COMPARISONS.has(callee)) {
    const other = call.args[index === 0 ? 1 : 0]?.value;
    const name = other && proofFrom(subject, other, site.scope);
    return name === undefined ? undefined : { kind: 'compared', name };
  }
  if (readsSetting(subject, call, site.scope, callee)) {
    const [variable] = call.args;
    if (variable?.value.type !== 'string' || (index !== 1 && keyword !== 'default'))
      return undefined;
    return fallback(variable.value.value, node);
  }
  if (callee === 'builtins.getattr' && index === 2) {
    const name = call.args[1]?.value;
    if (name?.type !== 'string' || !isSecretValue(name.value, node)) return undefined;
    return fallback(name.value, node);
  }
  const use =
    callee === undefined
      ? undefined
      : (SECRET_USES.get(callee) ?? middlewareUse(subject, site, call, callee));
  if (use && (keyword === use.keyword || (index !== undefined && index === use.index)))
    return { kind: 'used', use: callee ?? '' };
  const field =
    fieldName(site, call, keyword, index) ?? filled(subject, site, call, keyword, index);
  if (field !== undefined) return named(field, node);
  if (keyword === undefined || !isSecretName(keyword)) return undefined;
  const host = call.args.find((argument) => argument.name === 'host')?.value;
  if (host?.type === 'string' && isLocalPassword(host.value, node.value))
    return { kind: 'local', name: keyword };
  return named(keyword, node);
}

/** `os.getenv("NAME", …)`, Starlette's `config("NAME", default=…)`. */
function readsSetting(
  subject: Subject,
  call: Call,
  scope: string,
  callee: string | undefined,
): boolean {
  if (callee !== undefined) return ENVIRONMENT_READERS.has(callee);
  return SETTING_READERS.has(externalClassOf(subject.meaningOf(call.callee, scope)) ?? '');
}

/** The parameter that `Form("literal")` gives a default. */
function filled(
  subject: Subject,
  site: LiteralSite,
  call: Call,
  keyword: string | undefined,
  index: number | undefined,
): string | undefined {
  if (keyword !== 'default' && index !== 0) return undefined;
  const parameter = parameterWithDefault(site, call);
  return parameter !== undefined && isMarker(subject, call.callee, site.scope)
    ? parameter
    : undefined;
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

const LABEL_BASES = /(?:^|\.)(?:Enum|StrEnum|IntEnum|Flag)$/;

const SETTINGS = /(?:^|\.)BaseSettings$/;

function isSetting(subject: Subject, site: LiteralSite): boolean {
  if (site.classId === undefined || site.function !== undefined) return false;
  const lineage = subject.evaluator.lineage({ kind: 'project', id: site.classId });
  return lineage.some((one) => one.kind === 'external' && SETTINGS.test(one.name));
}

/** Members of an enum are labels. */
function isLabelClass(subject: Subject, site: LiteralSite): boolean {
  if (site.classId === undefined) return false;
  const lineage = subject.evaluator.lineage({ kind: 'project', id: site.classId });
  return lineage.some((one) => one.kind === 'external' && LABEL_BASES.test(one.name));
}
