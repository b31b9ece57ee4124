import { z } from 'zod';

const name = z.string().min(1).max(300);
const id = z.int().positive();
/** Group names, slash by slash: letters of any language, digits and a few signs, nothing that hides or turns text. */
const path = z
  .string()
  .max(1_000)
  .regex(/^[\p{L}\p{N}_.+-]+(\/[\p{L}\p{N}_.+-]+)*$/u);
const freeText = z.string().transform((value) => value.slice(0, 2_000));

/** The parts that are used of a project in GitLab's REST API. */
export const gitlabProjectSchema = z.object({
  id,
  path_with_namespace: path,
  default_branch: z.string().max(300).nullish(),
  archived: z.boolean().nullish(),
  empty_repo: z.boolean().nullish(),
  forked_from_project: z.object({ id }).nullish(),
  visibility: z.enum(['public', 'private', 'internal']).nullish().catch(null),
  topics: z.array(z.string().max(300)).max(100).nullish(),
  last_activity_at: z.iso.datetime({ offset: true }).nullish(),
});
export type GitLabProject = z.output<typeof gitlabProjectSchema>;

const commitId = z.string().regex(/^[0-9a-f]{40,64}$/);

/** `GET /projects/:id/repository/branches/:branch`. */
export const gitlabBranchSchema = z.object({ commit: z.object({ id: commitId }) });

/** An entry of `GET /projects/:id/repository/tree`. */
export const gitlabTreeEntrySchema = z.object({
  id: z.string().max(64),
  path: z.string().min(1).max(4_096),
  type: z.string().max(10),
  mode: z.string().max(10),
});

/** A group, with the place in the tree of groups. */
export const gitlabGroupSchema = z.object({
  id,
  full_path: path,
  name: freeText,
  description: freeText.nullish(),
  parent_id: id.nullish(),
});
export type GitLabGroup = z.output<typeof gitlabGroupSchema>;

/** A direct member of a group. */
export const gitlabMemberSchema = z.object({
  id,
  username: name,
  name: freeText.nullish(),
  state: z.string().max(50).nullish(),
  avatar_url: z.string().max(2_000).nullish(),
  public_email: z.string().max(320).nullish(),
});
