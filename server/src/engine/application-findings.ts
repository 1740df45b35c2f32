/** What rules say about whole applications: it takes every file of the project, so it waits until all are read. */
import { applications } from '../fastapi/running/project.ts';
import { subjectOf } from '../fastapi/subject.ts';
import { moduleScopeId, pathOf } from '../python/definitions.ts';
import { defineQuery } from '../query/database.ts';
import { activeRules } from './active.ts';
import { optInRules } from './configuration.ts';
import { contextOf, type Finding, ruleFailures } from './findings.ts';
import { isLoaded } from './loading.ts';

/** Over all applications, in the order of their routes. Places are in whatever file the route is declared in. */
const applicationFindings = defineQuery<readonly Finding[]>('application findings', (db) => {
  const rules = db.get(activeRules, '').filter((rule) => rule.check.application !== undefined);
  if (rules.length === 0 || !db.get(isLoaded, '')) return [];
  const failed = db.get(ruleFailures, '');
  const found: Finding[] = [];
  for (const application of db.get(applications, '')) {
    const subject = subjectOf(db, moduleScopeId(application.path));
    for (const rule of rules) {
      try {
        rule.check.application?.(application, contextOf(rule, subject, found));
      } catch (error) {
        if (error instanceof Error && error.name === 'Cancelled') throw error;
        failed(rule.name, error);
      }
    }
  }
  return found;
});

/** By path: those that are told in that file. */
export const applicationFindingsIn = defineQuery<readonly Finding[]>(
  'application findings in file',
  (db, path) => {
    const own = db
      .get(applicationFindings, '')
      .filter(({ at, block }) => pathOf(at.block ?? block) === path);
    if (own.length === 0) return own;
    const wanted = db.get(optInRules, path);
    const off = new Set(
      db
        .get(activeRules, '')
        .filter(({ level }) => level === 'off')
        .map(({ name }) => name),
    );
    // Two applications may share a router: one place is told of once.
    const seen = new Set<string>();
    return own.filter(({ rule, at, messageId }) => {
      const key = `${rule} ${messageId} ${at.block} ${at.start}`;
      if (seen.has(key) || (off.has(rule) && !wanted.includes(rule))) return false;
      seen.add(key);
      return true;
    });
  },
);
