import type { TreeEntry } from './git-tree.ts';

/** GitHub's web site and documents: their addresses stand in most answers of its API. */
const WEB = 'https://github.com';
const DOCUMENTATION = 'https://docs.github.com/rest';

/** What a stand-in knows of a user or an organisation. */
export interface AccountFacts {
  login: string;
  id: number;
  type: 'User' | 'Organization';
}

/** What a stand-in knows of a repository; the rest is as in any repository that nobody looked at. */
export interface RepositoryFacts {
  id: number;
  full_name: string;
  owner: AccountFacts;
  private: boolean;
  description: string | null;
  language: string | null;
  default_branch: string;
  archived: boolean;
  topics: string[];
  size: number;
  created_at: string;
  updated_at: string;
  /** Null for one that nothing was pushed to. */
  pushed_at: string | null;
}

/** Addresses below that of a repository, as templates (RFC 6570). */
const REPOSITORY_URLS = {
  forks_url: '/forks',
  keys_url: '/keys{/key_id}',
  collaborators_url: '/collaborators{/collaborator}',
  teams_url: '/teams',
  hooks_url: '/hooks',
  issue_events_url: '/issues/events{/number}',
  events_url: '/events',
  assignees_url: '/assignees{/user}',
  branches_url: '/branches{/branch}',
  tags_url: '/tags',
  blobs_url: '/git/blobs{/sha}',
  git_tags_url: '/git/tags{/sha}',
  git_refs_url: '/git/refs{/sha}',
  trees_url: '/git/trees{/sha}',
  statuses_url: '/statuses/{sha}',
  languages_url: '/languages',
  stargazers_url: '/stargazers',
  contributors_url: '/contributors',
  subscribers_url: '/subscribers',
  subscription_url: '/subscription',
  commits_url: '/commits{/sha}',
  git_commits_url: '/git/commits{/sha}',
  comments_url: '/comments{/number}',
  issue_comment_url: '/issues/comments{/number}',
  contents_url: '/contents/{+path}',
  compare_url: '/compare/{base}...{head}',
  merges_url: '/merges',
  archive_url: '/{archive_format}{/ref}',
  downloads_url: '/downloads',
  issues_url: '/issues{/number}',
  pulls_url: '/pulls{/number}',
  milestones_url: '/milestones{/number}',
  notifications_url: '/notifications{?since,all,participating}',
  labels_url: '/labels{/name}',
  releases_url: '/releases{/id}',
  deployments_url: '/deployments',
};

/** Addresses below that of an account. */
const ACCOUNT_URLS = {
  followers_url: '/followers',
  following_url: '/following{/other_user}',
  gists_url: '/gists{/gist_id}',
  starred_url: '/starred{/owner}{/repo}',
  subscriptions_url: '/subscriptions',
  organizations_url: '/orgs',
  repos_url: '/repos',
  events_url: '/events{/privacy}',
  received_events_url: '/received_events',
};

function below<Key extends string>(url: string, paths: Record<Key, string>): Record<Key, string> {
  const urls = Object.entries<string>(paths).map(([key, path]) => [key, `${url}${path}`]);
  return Object.fromEntries(urls) as Record<Key, string>;
}

function nodeId(type: string, id: number | string): string {
  return Buffer.from(`${type}${id}`).toString('base64url');
}

/** A user or an organisation inside of another answer. `api` is the base URL of the API, here and below. */
export function githubAccount({ login, id, type }: AccountFacts, api: string) {
  const url = `${api}/users/${login}`;
  return {
    ...{ login, id, type, node_id: nodeId(type, id), site_admin: false, user_view_type: 'public' },
    ...{ avatar_url: `https://avatars.githubusercontent.com/u/${id}?v=4`, gravatar_id: '' },
    ...{ url, html_url: `${WEB}/${login}`, ...below(url, ACCOUNT_URLS) },
  };
}

/** A repository as lists have it. */
export function githubListedRepository(facts: RepositoryFacts, api: string) {
  const { id, full_name, owner, private: isPrivate, description, language, default_branch } = facts;
  const { archived, topics, size, created_at, updated_at } = facts;
  const url = `${api}/repos/${full_name}`;
  const counts = { forks_count: 0, stargazers_count: 0, watchers_count: 0, open_issues_count: 0 };
  const features = { has_issues: true, has_projects: true, has_wiki: true, has_downloads: true };
  return {
    ...{ id, full_name, description, language, default_branch, archived, topics, size },
    // GitHub takes the making of a repository for the first push.
    ...{ created_at, updated_at, pushed_at: facts.pushed_at ?? created_at },
    ...{ node_id: nodeId('Repository', id), name: full_name.split('/')[1] ?? full_name },
    ...{ private: isPrivate, visibility: isPrivate ? 'private' : 'public', fork: false, disabled: false },
    ...{ owner: githubAccount(owner, api), url, html_url: `${WEB}/${full_name}` },
    ...{ git_url: `git://github.com/${full_name}.git`, ssh_url: `git@github.com:${full_name}.git` },
    ...{ clone_url: `${WEB}/${full_name}.git`, svn_url: `${WEB}/${full_name}`, mirror_url: null },
    ...{ ...below(url, REPOSITORY_URLS), ...counts, forks: 0, open_issues: 0, watchers: 0 },
    ...{ ...features, has_pages: false, has_discussions: false, homepage: null, license: null },
    ...{ allow_forking: true, is_template: false, web_commit_signoff_required: false },
    permissions: { admin: false, maintain: false, push: false, triage: false, pull: true },
  };
}

/** A repository that was asked for by name. */
export function githubRepository(facts: RepositoryFacts, api: string) {
  return { ...githubListedRepository(facts, api), network_count: 0, subscribers_count: 0 };
}

/** The tree of a repository, entries in any order. */
export function githubTree(
  url: string,
  { sha, tree, truncated }: { sha: string; tree: readonly TreeEntry[]; truncated: boolean },
) {
  const entries = tree.map((entry) => ({
    ...entry,
    url: `${url}/git/${entry.type === 'tree' ? 'trees' : 'blobs'}/${entry.sha}`,
  }));
  return { sha, url: `${url}/git/trees/${sha}`, tree: entries, truncated };
}

/** An entry of the list of a folder. */
export function githubContent(fullName: string, { path, type, sha, size = 0 }: TreeEntry, api: string) {
  const isFolder = type === 'tree';
  const place = encodeURI(path);
  const url = `${api}/repos/${fullName}/contents/${place}?ref=main`;
  const git_url = `${api}/repos/${fullName}/git/${isFolder ? 'trees' : 'blobs'}/${sha}`;
  const html_url = `${WEB}/${fullName}/${isFolder ? 'tree' : 'blob'}/main/${place}`;
  const raw = `https://raw.githubusercontent.com/${fullName}/main/${place}`;
  return {
    ...{ name: path.split('/').at(-1) ?? path, path, sha, size, type: isFolder ? 'dir' : 'file' },
    ...{ url, html_url, git_url, download_url: isFolder ? null : raw },
    _links: { self: url, git: git_url, html: html_url },
  };
}

/** What GitHub says beside the status of an error. */
export function githubError(status: number, message: string) {
  return { message, documentation_url: DOCUMENTATION, status: String(status) };
}
