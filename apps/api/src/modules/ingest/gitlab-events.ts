import { z } from 'zod';
import { addressOf, branchOf, type WebhookEvent } from './webhook-event.ts';

const path = z.string().min(1).max(1_000);
/** The commit that stands for "there is none": the push deleted the branch. */
const NO_COMMIT = /^0+$/;

const nameSchema = z.object({
  object_kind: z.string().max(100).optional(),
  event_name: z.string().max(100).optional(),
});

const pushSchema = z.object({
  ref: z.string().max(1_000),
  after: z.string().max(64),
  project: z.object({
    path_with_namespace: path,
    default_branch: z.string().max(300).nullish(),
    web_url: z.string().max(2_000).optional(),
  }),
});

const projectSchema = z.object({
  path_with_namespace: path,
  old_path_with_namespace: path.optional(),
});

const groupSchema = z.object({
  group_path: path.optional(),
  full_path: path.optional(),
  parent_full_path: path.nullish(),
  old_full_path: path.nullish(),
});

/** Events after which people or groups may be others. */
const PEOPLE_EVENT = /^(sub)?group_(create|destroy|rename)$|^user_(add_to|remove_from|update_for)_group$/;

/**
 * Reads a delivery of GitLab: of a project, of a group, or a system hook.
 *
 * @throws ZodError for a payload that is not what the event promises
 */
export function readGitLabEvent(payload: unknown): WebhookEvent {
  const { object_kind, event_name } = nameSchema.parse(payload);
  const name = object_kind ?? event_name ?? '';
  if (name === 'push') return readPush(pushSchema.parse(payload));
  if (/^project_(create|destroy|rename|transfer|update)$/.test(name)) {
    const { path_with_namespace: now, old_path_with_namespace: before } = projectSchema.parse(payload);
    return { type: 'repositories-changed', owners: [now, before].flatMap(groupsAbove) };
  }
  if (PEOPLE_EVENT.test(name)) {
    const paths = groupSchema.parse(payload);
    const concerned = Object.values(paths).map((value) => value ?? undefined);
    return { type: 'people-changed', owners: concerned.flatMap((group) => groupsAbove(group, true)) };
  }
  return { type: 'nothing', reason: `Events of type ${name.slice(0, 50)} change nothing here.` };
}

function readPush({ ref, after, project }: z.output<typeof pushSchema>): WebhookEvent {
  const branch = branchOf(ref);
  if (branch === undefined || NO_COMMIT.test(after)) {
    return { type: 'nothing', reason: 'The push does not change the content of a branch.' };
  }
  return {
    type: 'push',
    branch,
    repository: {
      fullName: project.path_with_namespace,
      defaultBranch: project.default_branch ?? 'main',
      address: addressOf(project.web_url),
    },
  };
}

/** `a/b/c` lies in the groups `a/b` and `a`; a group lies in itself, too. */
function groupsAbove(fullPath: string | undefined, isGroup: unknown = false): string[] {
  if (fullPath === undefined) return [];
  const parts = fullPath.split('/');
  const from = isGroup === true ? parts.length : parts.length - 1;
  return Array.from({ length: from }, (_, index) => parts.slice(0, from - index).join('/'));
}
