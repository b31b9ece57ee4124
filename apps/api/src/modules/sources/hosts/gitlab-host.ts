import {
  gitlabBranchSchema,
  gitlabGroupSchema,
  gitlabMemberSchema,
  gitlabProjectSchema,
  gitlabTreeEntrySchema,
  type GitLabGroup,
  type GitLabProject,
} from './gitlab-answers.ts';
import { GitLabCalls, type GitLabOptions } from './gitlab-calls.ts';
import { LINK_MODE, type TreeFile } from '../readers/repository-tree.ts';
import { SourceReadError } from '../readers/source-reader.ts';
import { PAGE_SIZE } from './host-pages.ts';
import { badAnswer } from './host-fetch.ts';
import type {
  HeadAnswer,
  HostedGit,
  HostedList,
  HostedOrganisation,
  HostedPerson,
  HostedRepository,
} from './hosted-git.ts';

/** A tree of more pages is read from the archive: one call instead of many. */
const MAX_TREE_PAGES = 10;

/** GitLab over its REST API (version 4). */
export function createGitLabHost(options: GitLabOptions): HostedGit {
  const calls = new GitLabCalls(options);
  return {
    repositories: (group, signal) => listProjects(calls, group, signal),
    async repository({ id }, signal) {
      const answer = await calls.get(({ projects }) => projects.show(id), signal);
      if (answer.status === 404) return undefined;
      return toRepository(calls.parse(gitlabProjectSchema, answer.data));
    },
    head: ({ id, fullName }, branch, known, signal) =>
      readHead(calls, { id, fullName }, branch, known, signal),
    async archive({ id }, revision, signal) {
      try {
        const answer = await calls.get(
          ({ repositories }) => repositories.showArchive(id, { fileType: 'tar.gz', sha: revision }),
          signal,
          { isArchive: true },
        );
        if (answer.status === 404) return undefined;
        if (answer.data instanceof Uint8Array) return answer.data;
      } catch (error) {
        if (error instanceof SourceReadError && error.code === 'host.answer-too-large') return undefined;
        throw error;
      }
      throw badAnswer(options.host, 'an archive was expected');
    },
    async blob({ id, fullName }, blobId, signal) {
      const answer = await calls.get(({ repositories }) => repositories.showBlobRaw(id, blobId), signal);
      if (answer.status === 404) throw calls.missing(`file ${blobId} of ${fullName}`);
      // Whatever type it was sent as: a file may be JSON itself.
      return answer.bytes;
    },
    organisation: (group, signal) => readOrganisation(calls, group, signal),
  };
}

async function listProjects(
  calls: GitLabCalls,
  group: string,
  signal: AbortSignal,
): Promise<HostedList<HostedRepository>> {
  const order = { orderBy: 'id', sort: 'asc' } as const;
  const found = await calls.list(
    'projects',
    ({ groups, projects }, page) =>
      group === ''
        ? projects.all({ ...page, ...order, membership: true })
        : groups.allProjects(group, { ...page, ...order, includeSubgroups: true }),
    gitlabProjectSchema,
    ({ id }) => String(id),
    signal,
  );
  if (!found) throw calls.missing(`group ${group}`);
  return { ...found, items: found.items.map(toRepository) };
}

/** One call says where the branch stands; the tree is listed only when that is somewhere else than before. */
async function readHead(
  calls: GitLabCalls,
  { id, fullName }: { id: string; fullName: string },
  branch: string,
  knownRevision: string | undefined,
  signal: AbortSignal,
): Promise<HeadAnswer> {
  const answer = await calls.get(({ branches }) => branches.show(id, branch), signal);
  if (answer.status === 404) throw calls.missing(`branch ${branch} of ${fullName}`);
  const revision = calls.parse(gitlabBranchSchema, answer.data).commit.id;
  if (revision === knownRevision) return { isUnchanged: true };
  const files: TreeFile[] = [];
  let pageToken: string | undefined;
  for (let page = 1; page <= MAX_TREE_PAGES; page += 1) {
    const listed = await calls.get(
      ({ repositories }) =>
        repositories.allRepositoryTrees(id, {
          ...{ ref: revision, recursive: true, pagination: 'keyset', perPage: PAGE_SIZE },
          ...(pageToken === undefined ? {} : { pageToken }),
        }),
      signal,
    );
    const entries = calls.parse(gitlabTreeEntrySchema.array().max(PAGE_SIZE), listed.data ?? []);
    for (const { id: blobId, path, type, mode } of entries) {
      if (type === 'blob') files.push({ path, blobId, bytes: undefined, isLink: mode === LINK_MODE });
    }
    pageToken = nextPageToken(listed.headers.get('link'));
    if (pageToken === undefined) return { isUnchanged: false, tree: { revision, files, isTruncated: false } };
  }
  return { isUnchanged: false, tree: { revision, files: [], isTruncated: true } };
}

/** Trees are paged by the last entry of a page, not by number. */
function nextPageToken(link: string | null): string | undefined {
  const [, next] = /<([^<>]*)>;\s*rel="?next"?/.exec(link ?? '') ?? [];
  if (next === undefined || !URL.canParse(next)) return undefined;
  return new URL(next).searchParams.get('page_token') ?? undefined;
}

async function readOrganisation(
  calls: GitLabCalls,
  group: string,
  signal: AbortSignal,
): Promise<HostedOrganisation> {
  const groups = await listGroups(calls, group, signal);
  const slugs = new Map(groups.items.map(({ id, full_path }) => [id, full_path]));
  const people = new Map<string, HostedPerson>();
  const teams: HostedOrganisation['teams'] = {
    items: [],
    isComplete: groups.isComplete,
    skipped: groups.skipped,
  };
  let skippedPeople = 0;
  for (const { id, full_path: slug, name, description, parent_id } of groups.items) {
    const members = await calls.list(
      `members:${id}`,
      (api, page) => api.members.all(id, page),
      gitlabMemberSchema,
      (member) => String(member.id),
      signal,
    );
    if (!members) throw calls.missing(`group ${slug}`);
    teams.isComplete &&= members.isComplete;
    skippedPeople += members.skipped;
    const active = members.items.filter(({ state }) => state == null || state === 'active');
    for (const member of active) people.set(member.username, toPerson(member));
    teams.items.push({
      ...{ slug, name, description: description ?? undefined },
      parentSlug: parent_id == null ? undefined : slugs.get(parent_id),
      members: active.map(({ username }) => username),
    });
  }
  const isComplete = teams.isComplete && skippedPeople === 0;
  return { teams, people: { items: [...people.values()], isComplete, skipped: skippedPeople } };
}

async function listGroups(
  calls: GitLabCalls,
  group: string,
  signal: AbortSignal,
): Promise<HostedList<GitLabGroup>> {
  const below = await calls.list(
    'groups',
    ({ groups }, page) => (group === '' ? groups.all(page) : groups.allDescendantGroups(group, page)),
    gitlabGroupSchema,
    ({ id }) => String(id),
    signal,
  );
  if (!below) throw calls.missing(`group ${group}`);
  if (group === '') return below;
  const top = await calls.get(({ groups }) => groups.show(group, { withProjects: false }), signal);
  if (top.status === 404) throw calls.missing(`group ${group}`);
  return { ...below, items: [calls.parse(gitlabGroupSchema, top.data), ...below.items] };
}

function toPerson({
  id,
  username,
  name,
  avatar_url,
  public_email,
}: {
  id: number;
  username: string;
  name?: string | null | undefined;
  avatar_url?: string | null | undefined;
  public_email?: string | null | undefined;
}): HostedPerson {
  return {
    login: username,
    id: String(id),
    name: name ?? undefined,
    email: public_email ?? undefined,
    pictureUrl: avatar_url ?? undefined,
  };
}

function toRepository(project: GitLabProject): HostedRepository {
  return {
    id: String(project.id),
    fullName: project.path_with_namespace,
    defaultBranch: project.default_branch ?? undefined,
    isArchived: project.archived === true,
    isFork: project.forked_from_project != null,
    isEmpty: project.empty_repo === true,
    visibility: project.visibility ?? 'private',
    topics: project.topics ?? [],
    changedAt: project.last_activity_at == null ? undefined : new Date(project.last_activity_at),
  };
}
