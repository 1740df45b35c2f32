/** What rules say about whole applications. */
import { applications } from '../fastapi/running/project.ts';
import { subjectOf } from '../fastapi/subject.ts';
import { moduleScopeId, pathOf } from '../python/definitions.ts';
import { defineQuery } from '../query/database.ts';
import { activeRules } from './active.ts';
import { optInRules } from './configuration.ts';
import { contextOf, type Finding, ruleFailures } from './findings.ts';

/**
 * By the rule's name, so that what one rule reads makes no other one look again: over all applications, in the order of
 * their routes. Each belongs to the block that it stands in, of whatever file the route is declared in.
 */
const applicationFindings = defineQuery<readonly Finding[]>('application findings', (db, name) => {
  const rule = db.get(activeRules, '').find((one) => one.name === name);
  if (rule === undefined) return [];
  const found: Finding[] = [];
  for (const application of db.get(applications, '')) {
    const subject = subjectOf(db, moduleScopeId(application.path));
    if (rule.silentIn.includes(subject.purpose)) continue;
    try {
      rule.check.application?.(application, contextOf(rule, subject, found));
    } catch (error) {
      if (error instanceof Error && error.name === 'Cancelled') throw error;
      db.get(ruleFailures, '')(rule.name, error);
    }
  }
  return found.map((finding) => ({ ...finding, block: finding.at.block ?? finding.block }));
});

/** By path: those that are told in that file. */
export const applicationFindingsIn = defineQuery<readonly Finding[]>(
  'application findings in file',
  (db, path) => {
    if (db.get(applications, '').length === 0) return [];
    const wanted = db.get(optInRules, path);
    const own = db
      .get(activeRules, '')
      .filter(
        ({ check, name, level }) => check.application && (level !== 'off' || wanted.includes(name)),
      )
      .flatMap(({ name }) => db.get(applicationFindings, name))
      .filter(({ block }) => pathOf(block) === path);
    // Two applications may share a router: one place is told of once.
    const seen = new Set<string>();
    return own.filter(({ rule, at, messageId }) => {
      const key = `${rule} ${messageId} ${at.block} ${at.start}`;
      if (seen.has(key)) return false;
      seen.add(key);
      return true;
    });
  },
);
