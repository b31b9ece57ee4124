import { z } from 'zod';
import { hostInput } from '../hosts/host-input.ts';

/** What the authors of commits are called where a template says nothing. */
export interface CommitDefaults {
  name: string;
  email: string;
  message: string;
}

/** The name of a branch that is safe to hand to git. */
export const branchName = z
  .string()
  .min(1)
  .max(250)
  // Git's own rules refuse the rest; this keeps the name from being read as an option or a range.
  .regex(/^[^-\s~^:?*[\\][^\s~^:?*[\\]*$/, { error: 'is no name of a branch' });

/** Inputs that say what the first commit of a repository is. */
export const firstCommitInput = {
  defaultBranch: branchName.default('main'),
  gitCommitMessage: z.string().max(5_000).optional(),
  gitAuthorName: z.string().max(200).optional(),
  gitAuthorEmail: z.string().max(200).optional(),
  sourcePath: z.string().max(1_000).default('.').describe('Folder of the workspace that is published'),
};

/** Inputs that all actions that publish a repository have, with the names of Backstage. */
export const publishInput = {
  repoUrl: hostInput.repoUrl,
  description: z.string().max(1_000).optional(),
  ...firstCommitInput,
};

/** Outputs that they have. */
export const publishOutput = z.object({
  remoteUrl: z.string(),
  repoContentsUrl: z.string(),
  commitHash: z.string(),
});

type CommitInput = Pick<
  z.output<z.ZodObject<typeof publishInput>>,
  'gitCommitMessage' | 'gitAuthorName' | 'gitAuthorEmail'
>;

/** Who commits what words, from the input or from the configuration. */
export function commitOf(input: CommitInput, defaults: CommitDefaults) {
  return {
    message: input.gitCommitMessage ?? defaults.message,
    author: { name: input.gitAuthorName ?? defaults.name, email: input.gitAuthorEmail ?? defaults.email },
  };
}
