import type { Repository } from '@waymark/contracts';
import { paths } from '../../lib/paths.ts';

/** Where a README stands. */
export interface PlaceOfReadme {
  repository: Repository;
  gitRef: string;
  path: string;
}

/** Never asked: the root of the repository as an address, so that the rules of addresses hold below it. */
const root = 'http://repository.invalid/';

/** The page of the file or folder that a README points to, from its own folder or, with a slash first, from the root. */
export function pageOfReadmeLink(
  {
    repository,
    gitRef,
    path,
  }: Pick<PlaceOfReadme, 'gitRef' | 'path'> & {
    repository: Pick<Repository, 'owner' | 'name'>;
  },
  address: string,
): string | undefined {
  if (address === '' || address.startsWith('#')) return undefined;
  try {
    const url = new URL(address, root + path.split('/').map(encodeURIComponent).join('/'));
    if (!url.href.startsWith(root)) return undefined;
    const target = decodeURIComponent(url.pathname.slice(1));
    return target === '' || target.endsWith('/')
      ? paths.repositoryTree(repository, gitRef, target.replace(/\/+$/, ''))
      : paths.repositoryFile(repository, gitRef, target);
  } catch {
    return undefined; // no address at all
  }
}
