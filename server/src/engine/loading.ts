import { defineInput } from '../query/database.ts';

/** Whether every file of the roots has been set: until then nothing is said that unread files could refute. */
export const isLoaded = defineInput<boolean>('loaded', false);
