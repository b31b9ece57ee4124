import { z } from 'zod';

/** Inputs that name a repository, and whose rights are used. */
export const hostInput = {
  repoUrl: z.string().max(2_000).describe('Value of a RepoUrlPicker: host?owner=…&repo=…'),
  token: z.string().optional().describe('In place of the token of the configuration'),
};
