import { z } from 'zod';
import { runGit } from '../../../../platform/git/run-git.ts';
import {
  ActionFailure,
  defineAction,
  NothingMadeFailure,
  textIn,
  type ActionProblem,
  type ScaffolderAction,
} from '../action.ts';
import { problemsFrom } from '../action-problem.ts';
import { commitToPush, pushCommit } from './commit-files.ts';
import { commitOf, firstCommitInput, type CommitDefaults } from './publish-input.ts';
import { filesWithRecord, gatheredFiles } from './published-files.ts';

/** Settings that hold git to the server of a URL, or a refusal of the URL. */
export type GuardGit = (remoteUrl: string) => Promise<string[]>;

export interface PublishGitServices {
  guardGit: GuardGit;
  defaults: CommitDefaults;
}

const input = z.object({
  remoteUrl: z
    .url({ protocol: /^https?$/ })
    .max(2_000)
    .describe('The repository, as git clone takes it'),
  ...firstCommitInput,
  username: z.string().max(200).default('git').describe('For the token'),
  token: z.string().max(2_000).optional().describe('Password or token of the host'),
});

/** What git needs to reach a remote. */
interface Remote {
  url: string;
  settings: string[];
  env: Record<string, string>;
}

/** The action `publish:git`: the workspace as the first commit of a branch of any repository that is there already. */
export function createPublishGit({ guardGit, defaults }: PublishGitServices): ScaffolderAction {
  return defineAction({
    id: 'publish:git',
    description: 'Pushes the workspace as a new branch to a Git repository on any host.',
    input,
    output: z.object({ remoteUrl: z.string(), commitHash: z.string() }),
    examples: [
      {
        description: 'Push to a repository that was made by hand',
        example:
          'action: publish:git\ninput:\n  remoteUrl: https://git.example.com/team/service.git\n  token: ${{ secrets.gitToken }}\n',
      },
    ],
    workspace: 'read',
    dryRun: 'skips',
    secretInputs: ['token'],
    plan: (known) => [
      `Pushes the branch ${textIn(known, 'defaultBranch') ?? 'main'} to ${shownRemote(textIn(known, 'remoteUrl'))}`,
    ],

    async check(known, { signal }) {
      const parsed = input.safeParse(known);
      if (!parsed.success) return [];
      return problemsFrom(async () => {
        const remote = await openRemote(parsed.data, guardGit);
        const head = await headOf(remote, parsed.data.defaultBranch, signal);
        return head === undefined ? [] : [taken(parsed.data.defaultBranch, remote.url)];
      });
    },

    async run(parsed, context) {
      const { signal, startedAt, effects, log } = context;
      const branch = parsed.defaultBranch;
      const remote = await openRemote(parsed, guardGit);
      await using commit = await commitToPush(
        filesWithRecord(parsed.sourcePath, context),
        { branch, at: startedAt, ...commitOf(parsed, defaults) },
        signal,
      );
      await effects.once(
        {
          key: `${remote.url}#${branch}`,
          kind: 'branch',
          title: `Branch ${branch} of ${shownRemote(remote.url)}`,
          details: { remoteUrl: remote.url, branch, commit: commit.commit },
        },
        async () => {
          const head = await headOf(remote, branch, signal);
          if (head !== undefined && head !== commit.commit) {
            const { message, hint } = taken(branch, remote.url);
            throw new NothingMadeFailure(message, hint);
          }
          if (head === undefined) {
            const { url, settings, env } = remote;
            await pushCommit(commit, { remote: url, branch, settings, env }, signal);
          }
          return { details: {} };
        },
      );
      log.info(`Pushed ${branch} to ${shownRemote(remote.url)}`);
      return { remoteUrl: remote.url, commitHash: commit.commit };
    },

    publication: async ({ remoteUrl, defaultBranch, sourcePath }, context) => ({
      title: `the branch ${defaultBranch} of ${shownRemote(remoteUrl)}`,
      files: await gatheredFiles(filesWithRecord(sourcePath, context)),
    }),
  });
}

/** The token goes by the environment: arguments of a process can be read by everybody on the machine. */
async function openRemote(
  { remoteUrl, username, token }: Pick<z.output<typeof input>, 'remoteUrl' | 'username' | 'token'>,
  guard: GuardGit,
): Promise<Remote> {
  const { username: user, password } = new URL(remoteUrl);
  if (user !== '' || password !== '') {
    throw new ActionFailure(
      'The address of the repository holds a user name or password.',
      'Take it out of remoteUrl, and pass it as the secret input token.',
    );
  }
  const settings = await guard(remoteUrl);
  const credentials = Buffer.from(`${username}:${token ?? ''}`).toString('base64');
  const env: Record<string, string> =
    token === undefined
      ? {}
      : {
          GIT_CONFIG_COUNT: '1',
          GIT_CONFIG_KEY_0: `http.${new URL(remoteUrl).origin}/.extraHeader`,
          GIT_CONFIG_VALUE_0: `Authorization: Basic ${credentials}`,
        };
  return { url: remoteUrl, settings, env };
}

/** The commit that a branch shows; undefined when there is no such branch. */
async function headOf(
  { url, settings, env }: Remote,
  branch: string,
  signal: AbortSignal,
): Promise<string | undefined> {
  const ref = `refs/heads/${branch}`;
  const output = await runGit([...settings, 'ls-remote', '--heads', '--', url, ref], { signal, env });
  const line = output
    .toString('utf8')
    .split('\n')
    .find((text) => text.endsWith(`\t${ref}`));
  return line?.split('\t')[0];
}

function taken(branch: string, remoteUrl: string): ActionProblem {
  return {
    message: `${shownRemote(remoteUrl)} has a branch ${branch} already.`,
    hint: 'Choose another defaultBranch, or an empty repository.',
  };
}

function shownRemote(remoteUrl: string | undefined): string {
  const url = remoteUrl === undefined ? null : URL.parse(remoteUrl);
  return url ? `${url.host}${url.pathname}` : 'the repository that the answers name';
}
