import { z } from 'zod';
import { createStoredValue } from '../../lib/browser/stored-value.ts';

/** Teams whose things home shows to somebody whom the catalog does not know, kept in this browser. */
export const myTeams = createStoredValue('my-teams', z.array(z.string()), []);
