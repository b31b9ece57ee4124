import { z } from 'zod';
import type { Can } from '../../../../platform/auth/authorize.ts';
import type { Actor } from '../../../../platform/auth/actor.ts';
import type { RepositoryHosting } from '../../../repositories/index.ts';
import {
  ActionFailure,
  defineAction,
  NothingMadeFailure,
  textIn,
  type ActionContext,
  type ScaffolderAction,
} from '../action.ts';
import { problemsFrom } from '../action-problem.ts';
import type { PublishedFile } from '../publication.ts';
import { commitToNewBranch } from './commit-files.ts';
import { commitOf, publishInput, publishOutput, type CommitDefaults } from './publish-input.ts';
import { filesWithRecord, gatheredFiles } from './published-files.ts';
import { demandRepository, type HostLookup } from './repository-target.ts';

export interface PublishWaymarkServices {
  hosting: RepositoryHosting;
  hosts: HostLookup;
  can: Can;
  defaults: CommitDefaults;
}

/** Publishes to the repositories that Waymark keeps itself, so that no account anywhere is needed. */
export function createPublishWaymark({
  hosting,
  hosts,
  can,
  defaults,
}: PublishWaymarkServices): ScaffolderAction {
  const target = (repoUrl: string) => demandRepository(repoUrl, 'waymark', hosts);
  return defineAction({
    id: 'publish:waymark',
    description: 'Creates a repository on this server and pushes the workspace to it.',
    input: z.object(publishInput),
    output: publishOutput,
    examples: [
      {
        description: 'Publish the workspace',
        example:
          'action: publish:waymark\ninput:\n  repoUrl: ${{ parameters.repoUrl }}\n  description: ${{ parameters.description }}\n',
      },
    ],
    workspace: 'read',
    dryRun: 'skips',
    plan: (input) => [`Creates the repository ${shownName(textIn(input, 'repoUrl'), hosts)} on this server`],

    async check(input, { actor }) {
      const repoUrl = textIn(input, 'repoUrl');
      if (repoUrl === undefined) return [];
      if (!can(actor, 'repositories.repository.write')) return [notAllowed];
      return problemsFrom(async () => {
        const { owner, repo } = target(repoUrl);
        return (await hosting.find(owner, repo)) ? [taken(owner, repo)] : [];
      });
    },

    async run(input, context) {
      const { owner, repo } = target(input.repoUrl);
      if (!can(context.actor, 'repositories.repository.write')) {
        throw new ActionFailure(notAllowed.message, notAllowed.hint);
      }
      const made = await context.effects.once(
        {
          key: `${owner}/${repo}`,
          kind: 'repository',
          title: `Repository ${owner}/${repo} on this server`,
          details: { hostType: 'waymark', owner, repo, createdFor: createdFor(context, owner, repo) },
        },
        async () => {
          const commit = await publish(input, { owner, repo }, context);
          const { webUrl } = hosting.urlsOf({ owner, name: repo });
          return { url: webUrl, details: { commit } };
        },
      );
      const { cloneUrl, webUrl } = hosting.urlsOf({ owner, name: repo });
      context.log.info(`Published ${webUrl}`);
      return {
        remoteUrl: cloneUrl,
        repoContentsUrl: `${webUrl}/blob/${encodeURIComponent(input.defaultBranch)}`,
        commitHash: textIn(made.details, 'commit') ?? '',
      };
    },

    async publication({ repoUrl, sourcePath }, context) {
      const { owner, repo } = target(repoUrl);
      const files = await gatheredFiles(filesWithRecord(sourcePath, context));
      return { title: `${owner}/${repo} on this server`, files };
    },

    async undo({ details }, { actor }) {
      const { owner, repo, createdFor: key } = details;
      if (typeof owner !== 'string' || typeof repo !== 'string') return;
      const repository = await hosting.find(owner, repo);
      // Another one may have the name by now.
      if (repository?.createdFor !== key) return;
      await hosting.remove(owner, repo, callerOf(actor, String(key)));
    },
  });

  async function publish(
    input: z.output<z.ZodObject<typeof publishInput>>,
    { owner, repo }: { owner: string; repo: string },
    context: ActionContext,
  ): Promise<string> {
    const { signal, startedAt } = context;
    const caller = callerOf(context.actor, context.taskId);
    const created = await hosting.create(
      {
        ...{ owner, name: repo, defaultBranch: input.defaultBranch },
        ...(input.description === undefined ? {} : { description: input.description }),
        createdFor: createdFor(context, owner, repo),
      },
      caller,
    );
    if (created.outcome === 'taken') {
      const { message, hint } = taken(owner, repo);
      throw new NothingMadeFailure(message, hint);
    }
    const branch = input.defaultBranch;
    const files: { path: string; bytes: Buffer }[] = [];
    const commit = await commitToNewBranch(
      await hosting.directoryOf(created.repository),
      noting(filesWithRecord(input.sourcePath, context), files),
      { branch, at: startedAt, ...commitOf(input, defaults) },
      signal,
    );
    await hosting.announcePush(created.repository, caller, { branch, commit, files });
    return commit;
  }
}

/** Files that the catalog may read as soon as they are registered: small ones that may be descriptors, a few of them. */
const DESCRIPTOR = /\.ya?ml$/;
const MAX_NOTED_BYTES = 64 * 1024;
const MAX_NOTED = 20;

/** Passes files on and notes those that somebody will read at once. */
async function* noting(
  files: AsyncIterable<PublishedFile>,
  noted: { path: string; bytes: Buffer }[],
): AsyncGenerator<PublishedFile> {
  for await (const file of files) {
    const isRead = DESCRIPTOR.test(file.path) && file.bytes.length <= MAX_NOTED_BYTES;
    if (isRead && noted.length < MAX_NOTED) noted.push({ path: file.path, bytes: file.bytes });
    yield file;
  }
}

/** The same at every try of one run, and for no other run. */
function createdFor({ taskId }: ActionContext, owner: string, repo: string): string {
  return `run:${taskId}:${owner}/${repo}`.toLowerCase();
}

function callerOf(actor: Actor, requestId: string) {
  return { actor, requestId };
}

function shownName(repoUrl: string | undefined, hosts: HostLookup): string {
  try {
    const { owner, repo } = demandRepository(repoUrl ?? '', 'waymark', hosts);
    return `${owner}/${repo}`;
  } catch {
    return 'that the answers name'; // the check says what is wrong with it
  }
}

const notAllowed = {
  message: 'You may not create repositories on this server.',
  hint: 'Ask for the permission repositories.repository.write, or choose another host.',
};

function taken(owner: string, repo: string) {
  return {
    message: `There is a repository ${owner}/${repo} on this server already.`,
    hint: 'Choose another name, or another owner.',
  };
}
