import { defineInput } from '../query/database.ts';
import type { Rule } from './rule.ts';

/** All rules there are. Set once; a rule holds no state. */
export const activeRules = defineInput<readonly Rule[]>('rules', []);
