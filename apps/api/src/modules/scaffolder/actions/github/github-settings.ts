import { z } from 'zod';
import type { StepLog } from '../action.ts';
import { anyReply, apiPath, HostRefusal, type HostApi } from '../hosts/host-api.ts';
import type { GitHubRepositoryName } from './github-commits.ts';
import { sealSecret } from './sealed-secret.ts';

const logins = z.array(z.string().max(100)).max(100);
const people = z.object({
  users: logins.optional(),
  teams: logins.optional(),
  apps: logins.optional(),
});
const permission = z.enum(['pull', 'push', 'admin', 'maintain', 'triage']).or(z.string().max(100));

/** Inputs that say who may do what in a new repository, with the names of Backstage. */
export const gitHubSettingsInput = {
  access: z.string().max(200).optional().describe('Administrator: a person, or organisation/team'),
  collaborators: z
    .array(
      z.union([
        z.object({ user: z.string(), access: permission }),
        z.object({ team: z.string(), access: permission }),
        z.object({ username: z.string(), access: permission }),
      ]),
    )
    .max(100)
    .optional(),
  topics: z.array(z.string().max(50)).max(20).optional(),
  repoVariables: z.record(z.string().max(200), z.string().max(48_000)).optional(),
  secrets: z.record(z.string().max(200), z.string().max(48_000)).optional(),
  oidcCustomization: z
    .object({ useDefault: z.boolean(), includeClaimKeys: z.array(z.string()).optional() })
    .optional(),
  protectDefaultBranch: z.boolean().default(true),
  protectEnforceAdmins: z.boolean().default(true),
  requiredApprovingReviewCount: z.number().int().min(0).max(6).default(1),
  requireCodeOwnerReviews: z.boolean().default(false),
  dismissStaleReviews: z.boolean().default(false),
  requireLastPushApproval: z.boolean().default(false),
  requiredStatusCheckContexts: z.array(z.string().max(200)).max(100).default([]),
  requireBranchesToBeUpToDate: z.boolean().default(true),
  requiredConversationResolution: z.boolean().default(false),
  requiredLinearHistory: z.boolean().default(false),
  requiredCommitSigning: z.boolean().default(false),
  restrictions: people.optional(),
  bypassPullRequestAllowances: people.optional(),
};

/** The same, as the action is given it. */
export type GitHubSettings = z.output<z.ZodObject<typeof gitHubSettingsInput>>;

interface SettingsContext {
  github: HostApi;
  repository: GitHubRepositoryName;
  log: StepLog;
  signal: AbortSignal;
}

/** Makes a repository what the input asks for. Every part of it can be repeated. */
export async function applyGitHubSettings(settings: GitHubSettings, context: SettingsContext): Promise<void> {
  await grantAccess(settings, context);
  const { github, repository, signal } = context;
  const base = apiPath`/repos/${repository.owner}/${repository.repo}`;
  const put = (path: string, body: object) =>
    github.call({ method: 'PUT', path: `${base}${path}`, body, reply: anyReply, signal });
  const { topics, oidcCustomization } = settings;
  if (topics) await put('/topics', { names: topics.map((topic) => topic.toLowerCase()) });
  for (const [name, value] of Object.entries(settings.repoVariables ?? {})) {
    await setVariable(name, value, base, context);
  }
  if (settings.secrets) await setSecrets(settings.secrets, base, context);
  if (oidcCustomization) {
    const { useDefault, includeClaimKeys } = oidcCustomization;
    await put('/actions/oidc/customization/sub', {
      ...{ use_default: useDefault, include_claim_keys: includeClaimKeys },
    });
  }
}

async function grantAccess(
  { access, collaborators = [] }: GitHubSettings,
  { github, repository: { owner, repo }, signal }: SettingsContext,
): Promise<void> {
  const team = access?.startsWith(`${owner}/`) ? access.slice(owner.length + 1) : undefined;
  const administrators = [
    ...(access === undefined || access === owner
      ? []
      : [team === undefined ? { user: access, access: 'admin' } : { team, access: 'admin' }]),
  ];
  for (const granted of [...administrators, ...collaborators]) {
    const path =
      'team' in granted
        ? apiPath`/orgs/${owner}/teams/${granted.team}/repos/${owner}/${repo}`
        : apiPath`/repos/${owner}/${repo}/collaborators/${'user' in granted ? granted.user : granted.username}`;
    const body = { permission: granted.access };
    await github.call({ method: 'PUT', path, body, reply: anyReply, signal });
  }
}

async function setVariable(
  name: string,
  value: string,
  base: string,
  { github, signal }: SettingsContext,
): Promise<void> {
  const path = `${base}/actions/variables`;
  const found = await github.find({
    ...{ method: 'GET', path: `${path}/${apiPath`${name}`}`, reply: anyReply, signal },
  });
  await github.call(
    found === undefined
      ? { method: 'POST', path, body: { name, value }, reply: anyReply, signal }
      : { method: 'PATCH', path: `${path}/${apiPath`${name}`}`, body: { value }, reply: anyReply, signal },
  );
}

const publicKey = z.object({ key_id: z.string(), key: z.string() });

async function setSecrets(
  secrets: Record<string, string>,
  base: string,
  { github, signal }: SettingsContext,
): Promise<void> {
  const path = `${base}/actions/secrets`;
  const key = await github.call({ method: 'GET', path: `${path}/public-key`, reply: publicKey, signal });
  for (const [name, value] of Object.entries(secrets)) {
    const body = { encrypted_value: await sealSecret(value, key.key), key_id: key.key_id };
    await github.call({ method: 'PUT', path: `${path}/${apiPath`${name}`}`, body, reply: anyReply, signal });
  }
}

/** Protects a branch, where the plan of the account has protection: elsewhere the log says that it has not. */
export async function protectGitHubBranch(
  branch: string,
  settings: GitHubSettings,
  { github, repository: { owner, repo }, log, signal }: SettingsContext,
): Promise<void> {
  const path = apiPath`/repos/${owner}/${repo}/branches/${branch}/protection`;
  try {
    await github.call({ method: 'PUT', path, body: protectionOf(settings), reply: anyReply, signal });
    if (settings.requiredCommitSigning) {
      await github.call({ method: 'POST', path: `${path}/required_signatures`, reply: anyReply, signal });
    }
  } catch (error) {
    if (!(error instanceof HostRefusal) || !/upgrade to github/i.test(error.reason)) throw error;
    log.warn(`The branch ${branch} is not protected: ${error.reason}`);
  }
}

function protectionOf(settings: GitHubSettings) {
  const contexts = settings.requiredStatusCheckContexts;
  return {
    required_status_checks: { strict: settings.requireBranchesToBeUpToDate, contexts },
    restrictions: settings.restrictions ?? null,
    enforce_admins: settings.protectEnforceAdmins,
    required_pull_request_reviews: {
      required_approving_review_count: settings.requiredApprovingReviewCount,
      require_code_owner_reviews: settings.requireCodeOwnerReviews,
      dismiss_stale_reviews: settings.dismissStaleReviews,
      require_last_push_approval: settings.requireLastPushApproval,
      ...(settings.bypassPullRequestAllowances && {
        bypass_pull_request_allowances: settings.bypassPullRequestAllowances,
      }),
    },
    required_conversation_resolution: settings.requiredConversationResolution,
    required_linear_history: settings.requiredLinearHistory,
  };
}
