import { z } from 'zod';

/** Nothing that GitHub names is longer; what is longer is not from GitHub. */
const name = z.string().min(1).max(300);
const id = z.int().positive();
/** Free text is bounded by cutting, so that nobody vanishes because of a long description. */
const freeText = z.string().transform((value) => value.slice(0, 2_000));

/** The parts that are used of a repository in GitHub's REST API. */
export const githubRepositorySchema = z.object({
  id,
  full_name: z
    .string()
    .max(300)
    .regex(/^[\w.-]+\/[\w.-]+$/),
  default_branch: name.nullish(),
  archived: z.boolean().nullish(),
  disabled: z.boolean().nullish(),
  fork: z.boolean().nullish(),
  private: z.boolean().nullish(),
  visibility: z.enum(['public', 'private', 'internal']).nullish().catch(null),
  topics: z.array(z.string().max(100)).max(100).nullish(),
  pushed_at: z.iso.datetime({ offset: true }).nullish(),
});
export type GitHubRepository = z.output<typeof githubRepositorySchema>;

/** `GET /repos/{owner}/{repo}/git/trees/{ref}?recursive=1`. */
export const githubTreeSchema = z.object({
  sha: z.string().regex(/^[0-9a-f]{40,64}$/),
  truncated: z.boolean().default(false),
  tree: z
    .array(
      z.object({
        path: z.string().min(1).max(4_096),
        mode: z.string().max(10),
        type: z.string().max(10),
        sha: z.string().max(64),
        size: z.int().nonnegative().nullish(),
      }),
    )
    .max(200_000),
});

/** `GET /repos/{owner}/{repo}/git/blobs/{sha}`. */
export const githubBlobSchema = z.object({
  content: z.string(),
  encoding: z.enum(['base64', 'utf-8']),
});

/** A member in a list of members; name and email stand in the profile only. */
export const githubMemberSchema = z.object({
  id,
  login: name,
  avatar_url: z.string().max(2_000).nullish(),
  name: freeText.nullish(),
  email: z.string().max(320).nullish(),
});

/** A team of an organisation. */
export const githubTeamSchema = z.object({
  id,
  slug: name,
  name: freeText,
  description: freeText.nullish(),
  parent: z.object({ slug: name }).nullish(),
});
