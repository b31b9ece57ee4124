import { encodePath } from '../../../platform/outbound/index.ts';

/** Pages of a Git host for one file. */
export interface WebLinks {
  view: string;
  edit: string;
  /** The file's folder, with a slash at the end. */
  folder: string;
}

/**
 * The web pages of a file in a repository, for hosts whose URLs are known: GitHub's form, and
 * GitLab's. Without a `flavour` the host name has to tell. Undefined for a repository that has no web page.
 */
export function webLinks(
  repositoryUrl: string,
  branch: string,
  file: string,
  flavour?: 'github' | 'gitlab',
): WebLinks | undefined {
  if (!URL.canParse(repositoryUrl)) return undefined;
  const url = new URL(repositoryUrl);
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined;
  const isGitLab = flavour === undefined ? /(^|\.)gitlab\./.test(url.hostname) : flavour === 'gitlab';
  if (flavour === undefined && !isGitLab && !/(^|\.)github\./.test(url.hostname)) return undefined;
  const repository = `${url.origin}${url.pathname.replace(/\/$/, '').replace(/\.git$/, '')}`;
  const base = isGitLab ? `${repository}/-` : repository;
  const folder = file.includes('/') ? `${file.slice(0, file.lastIndexOf('/'))}/` : '';
  return {
    view: `${base}/blob/${encodePath(branch)}/${encodePath(file)}`,
    edit: `${base}/edit/${encodePath(branch)}/${encodePath(file)}`,
    folder: `${base}/tree/${encodePath(branch)}/${encodePath(folder)}`,
  };
}
