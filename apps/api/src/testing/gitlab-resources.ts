import type {
  BranchSchema,
  CondensedMemberSchema,
  GroupSchema,
  MemberSchema,
  ProjectSchema,
  RepositoryTreeSchema,
  SimpleProjectSchema,
} from '@gitbeaker/rest';

// GitLab publishes no description of its answers that is whole, so the types of the client library are the judge:
// what they ask is here, and what is here is as they say. What they leave out cannot be checked.

/** The fields of an answer that have a name: the library lets every other pass. */
type Known<Answer> = { [Key in keyof Answer as string extends Key ? never : Key]: Answer[Key] };

/** What a stand-in knows of a project. */
export interface ProjectFacts {
  id: number;
  path: string;
  archived: boolean;
  lastActivityAt: string;
}

/** What a stand-in knows of a group. */
export interface GroupFacts {
  id: number;
  fullPath: string;
  name: string;
  parentId: number | null;
}

const WEB = 'https://gitlab.com';
const CREATED_AT = '2026-01-01T00:00:00.000Z';

/** A project, in a list and by itself. */
export function gitlabProject({ id, path, archived, lastActivityAt }: ProjectFacts) {
  const name = path.split('/').at(-1) ?? path;
  const namespace = path.split('/').slice(0, -1).join('/');
  return {
    id,
    name,
    path: name,
    description: null,
    name_with_namespace: path.replaceAll('/', ' / '),
    path_with_namespace: path,
    created_at: CREATED_AT,
    default_branch: 'main',
    topics: [],
    ssh_url_to_repo: `git@gitlab.com:${path}.git`,
    http_url_to_repo: `${WEB}/${path}.git`,
    web_url: `${WEB}/${path}`,
    readme_url: null,
    forks_count: 0,
    avatar_url: null,
    star_count: 0,
    last_activity_at: lastActivityAt,
    namespace: {
      id: 1,
      name: namespace,
      path: namespace.split('/').at(-1) ?? namespace,
      kind: 'group',
      full_path: namespace,
      parent_id: null,
      avatar_url: null,
      web_url: `${WEB}/groups/${namespace}`,
    },
    archived,
    empty_repo: false,
    visibility: 'private',
  } satisfies Known<SimpleProjectSchema> & Partial<Known<ProjectSchema>>;
}

/** A group, in a list and by itself. */
export function gitlabGroup({ id, fullPath, name, parentId }: GroupFacts) {
  return {
    id,
    name,
    path: fullPath.split('/').at(-1) ?? fullPath,
    full_name: fullPath.replaceAll('/', ' / '),
    full_path: fullPath,
    description: `All of ${name}`,
    parent_id: parentId,
    avatar_url: null,
    web_url: `${WEB}/groups/${fullPath}`,
    created_at: CREATED_AT,
    visibility: 'private',
    share_with_group_lock: false,
    require_two_factor_authentication: false,
    two_factor_grace_period: 48,
    project_creation_level: 'developer',
    subgroup_creation_level: 'maintainer',
    lfs_enabled: true,
    default_branch_protection: 2,
    request_access_enabled: true,
    // The library forgets that a group at the top has no parent.
  } satisfies Omit<Known<GroupSchema>, 'parent_id'> & { parent_id: number | null };
}

/** A direct member of a group. */
export function gitlabMember({
  id,
  username,
  name,
  state,
}: {
  id: number;
  username: string;
  name: string;
  state: string;
}) {
  return {
    id,
    username,
    name,
    state,
    avatar_url: `${WEB}/avatars/${id}.png`,
    web_url: `${WEB}/${username}`,
    access_level: 30,
  } satisfies Known<CondensedMemberSchema> & Partial<Known<MemberSchema>>;
}

/** A branch whose head is a commit. */
export function gitlabBranch(name: string, commitId: string) {
  return {
    name,
    merged: false,
    protected: true,
    default: true,
    developers_can_push: false,
    developers_can_merge: false,
    can_push: false,
    web_url: `${WEB}/-/tree/${name}`,
    commit: {
      id: commitId,
      short_id: commitId.slice(0, 8),
      title: 'change',
      message: 'change',
      author_name: 'Ada',
      author_email: 'ada@example.com',
      parent_ids: [],
    },
  } satisfies Known<BranchSchema>;
}

/** An entry of a tree. */
export function gitlabTreeEntry({
  id,
  path,
  type,
  mode,
}: {
  id: string;
  path: string;
  type: string;
  mode: string;
}) {
  return { id, name: path.split('/').at(-1) ?? path, type, path, mode } satisfies Known<RepositoryTreeSchema>;
}

/** The body of a refusal. */
export function gitlabError(status: number) {
  const reasons: Record<number, string> = { 401: 'Unauthorized', 403: 'Forbidden', 404: 'Not Found' };
  return { message: `${status} ${reasons[status] ?? 'Refused'}` };
}
