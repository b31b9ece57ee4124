import { z } from 'zod';
import { addressOf, branchOf, type WebhookEvent } from './webhook-event.ts';

const login = z.string().min(1).max(300);
const account = z.object({ login });
/** Older deliveries name the owner of a push by `name`. */
const owner = z.object({ login: login.optional(), name: login.nullish() });

const repository = z.object({
  full_name: z.string().min(1).max(600),
  default_branch: z.string().min(1).max(300).optional(),
  html_url: z.string().max(2_000).optional(),
  owner,
});

const pushSchema = z.object({
  ref: z.string().max(1_000),
  deleted: z.boolean().optional(),
  repository,
});

const repositorySchema = z.object({
  action: z.string().max(100),
  repository,
  changes: z
    .object({
      owner: z
        .object({ from: z.object({ user: account.nullish(), organization: account.nullish() }) })
        .optional(),
    })
    .optional(),
});

const organisationSchema = z.object({ organization: account });

/** Events after which people or teams may be others. */
const PEOPLE_EVENTS = new Set(['membership', 'organization', 'team', 'member']);

/**
 * Reads a delivery of GitHub.
 *
 * @param name of the event, from `x-github-event`
 * @throws ZodError for a payload that is not what the event promises
 */
export function readGitHubEvent(name: string, payload: unknown): WebhookEvent {
  if (name === 'ping') return { type: 'nothing', reason: 'The connection works.' };
  if (name === 'push') return readPush(pushSchema.parse(payload));
  if (name === 'repository') {
    const { repository: changed, changes } = repositorySchema.parse(payload);
    const from = changes?.owner?.from;
    const owners = [ownerOf(changed), from?.user?.login, from?.organization?.login];
    return { type: 'repositories-changed', owners: owners.filter((value) => value !== undefined) };
  }
  if (PEOPLE_EVENTS.has(name)) {
    const parsed = organisationSchema.safeParse(payload);
    // Collaborators of a repository of a person belong to no organisation.
    if (!parsed.success) return { type: 'nothing', reason: 'The event concerns no organisation.' };
    return { type: 'people-changed', owners: [parsed.data.organization.login] };
  }
  return { type: 'nothing', reason: `Events of type ${name.slice(0, 50)} change nothing here.` };
}

function readPush({ ref, deleted, repository: pushed }: z.output<typeof pushSchema>): WebhookEvent {
  const branch = branchOf(ref);
  if (branch === undefined || deleted === true) {
    return { type: 'nothing', reason: 'The push does not change the content of a branch.' };
  }
  return {
    type: 'push',
    branch,
    repository: {
      fullName: pushed.full_name,
      defaultBranch: pushed.default_branch ?? 'main',
      address: addressOf(pushed.html_url),
    },
  };
}

function ownerOf({ owner: { login: name, name: oldName }, full_name }: z.output<typeof repository>): string {
  return name ?? oldName ?? full_name.split('/')[0] ?? '';
}
