import { ActionFailure, NothingMadeFailure } from '../action.ts';

/** A repository by the names that people know. */
interface RepositoryName {
  owner: string;
  repo: string;
}

/** What a repository is called on a host. */
type RepositoryWord = 'project' | 'repository';

/** The name is somebody's already. */
export function nameTaken(
  word: RepositoryWord,
  host: string,
  { owner, repo }: RepositoryName,
): NothingMadeFailure {
  return new NothingMadeFailure(
    `There is a ${word} ${owner}/${repo} on ${host} already.`,
    'Choose another name, or another owner.',
  );
}

/** There is nothing that a change could be proposed to. */
export function notThere(word: RepositoryWord, host: string, { owner, repo }: RepositoryName): ActionFailure {
  return new ActionFailure(
    `${host} has no ${word} ${owner}/${repo}, or hides it from the token.`,
    `Check the name, and that the token may write to the ${word}.`,
  );
}

/** Somebody has made the branch, or works on it. */
export function branchTaken(branch: string): NothingMadeFailure {
  return new NothingMadeFailure(
    `There is a branch ${branch} already.`,
    'Choose another name for the branch; publish:github:pull-request can add to it, with update: true.',
  );
}

/** There is nothing to propose. */
export function changesNothing(base: string): NothingMadeFailure {
  return new NothingMadeFailure(
    `The files are those that ${base} has already: there is nothing to propose.`,
    'Check sourcePath and targetPath of the step.',
  );
}
