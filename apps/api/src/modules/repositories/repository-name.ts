import { AppError } from '../../platform/errors/app-error.ts';

/** Owner and name of a repository, in any case. */
export interface RepositoryName {
  owner: string;
  name: string;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
/** git and file systems read something else into these ends. */
const BAD_END = /\.(git|lock)$|\.$/i;
/** Places of the portal, and what some file systems take for a device. */
const RESERVED = new Set([
  ...['api', 'assets', 'git', 'new', 'search', 'settings'],
  ...['aux', 'con', 'nul', 'prn', ...Array.from({ length: 9 }, (_, index) => `com${index + 1}`)],
]);

/** What git accepts for a branch, and a little less: nothing that could be an option or an expression. */
const BRANCH = /^[A-Za-z0-9][A-Za-z0-9._/-]{0,199}$/;
const BAD_BRANCH = /\.\.|\/\/|\/\.|\.(lock)?(\/|$)|\/$|^HEAD$/i;

/** Whether a repository may have this owner and name. Whatever else comes in a URL names nothing. */
export function isRepositoryName({ owner, name }: RepositoryName): boolean {
  return isGoodName(owner) && isGoodName(name);
}

/** @throws AppError `repository.name-invalid` */
export function demandRepositoryName({ owner, name }: RepositoryName): void {
  for (const [what, value] of [
    ['owner', owner],
    ['name', name],
  ] as const) {
    if (isGoodName(value)) continue;
    throw new AppError(
      'repository.name-invalid',
      RESERVED.has(value.toLowerCase())
        ? `The ${what} "${value}" is reserved. Choose another one.`
        : `"${value.slice(0, 100)}" is no ${what} of a repository: use letters, digits, ".", "_" and "-", at most 100, ` +
            'beginning with a letter or digit, not ending in a dot, .git or .lock.',
    );
  }
}

/** @throws AppError `repository.name-invalid` for what is no name of a branch */
export function demandBranchName(branch: string): void {
  if (BRANCH.test(branch) && !BAD_BRANCH.test(branch)) return;
  throw new AppError(
    'repository.name-invalid',
    `"${branch.slice(0, 100)}" is no name of a branch. Use letters, digits, ".", "_", "-" and "/", for example main.`,
  );
}

function isGoodName(value: string): boolean {
  return NAME.test(value) && !BAD_END.test(value) && !RESERVED.has(value.toLowerCase());
}

/** The page of a repository, from the root of the portal. */
export function pageOfRepository({ owner, name }: RepositoryName): string {
  return `/repositories/${encodeURIComponent(owner)}/${encodeURIComponent(name)}`;
}
