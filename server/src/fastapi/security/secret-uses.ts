import { SECRET_USES } from '../../knowledge/secrets.ts';
import { createEvaluator } from '../../python/evaluate.ts';
import { sitesOf } from '../../python/sites.ts';
import { defineQuery, type Reader } from '../../query/database.ts';
import { allIds, blockSource, fileShape } from '../../syntax/source.ts';

const MENTION = /\b(?:encode|decode|Middleware|Serializer|Signer|Fernet|hmac)/;

/** By block id: names that the block hands to a secret's use as a key. */
const usedInBlock = defineQuery<readonly string[]>('secret uses in block', (db, block) => {
  if (!MENTION.test(db.get(blockSource, block).text)) return [];
  const evaluator = createEvaluator(db);
  return sitesOf(db, block).calls.flatMap(({ node, scope }) => {
    const callee = evaluator.meaningOf(node.callee, scope);
    const use = callee?.kind === 'external' ? SECRET_USES.get(callee.name) : undefined;
    if (use === undefined) return [];
    const byPosition = node.args.filter((argument) => argument.name === undefined)[use.index ?? -1];
    const key = node.args.find((argument) => argument.name === use.keyword) ?? byPosition;
    return key?.value.type === 'name' ? key.value.id : [];
  });
});

const usedInFile = defineQuery<ReadonlySet<string>>(
  'secret uses',
  (db, path) =>
    new Set(allIds(db.get(fileShape, path)).flatMap((block) => db.get(usedInBlock, block))),
);

/** The names of a file that it uses as keys. */
export function usedAsSecret(db: Reader, path: string): ReadonlySet<string> {
  return db.get(usedInFile, path);
}
