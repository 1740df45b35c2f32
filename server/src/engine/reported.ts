import { defineQuery } from '../query/database.ts';
import { applyConfiguration, isExcluded } from './configuration.ts';
import type { Diagnostic } from './diagnostic.ts';
import { isLoaded } from './loading.ts';
import { fileDiagnostics } from './present.ts';
import { suppressed } from './suppressions.ts';

/**
 * By path: what a person is told about a file: what the rules say, after configuration and suppression. Nothing while
 * files are still being read: one that is not there yet may say that a name means something else, that somebody catches
 * an exception, or that a function only runs at start-up, and what was told would have to be taken back.
 */
export const reportedDiagnostics = defineQuery<readonly Diagnostic[]>('reported', (db, path) =>
  !db.get(isLoaded, '') || isExcluded(db, path)
    ? []
    : suppressed(db, path, applyConfiguration(db, path, db.get(fileDiagnostics, path))),
);
