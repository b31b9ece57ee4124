import { IconFile, IconFolderFilled, IconGitBranch, IconLink, type Icon } from '@tabler/icons-react';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Repository, TreeEntry } from '@waymark/contracts';
import { MessagePanel, numberText, SkeletonRows } from '@waymark/ui';
import { Link } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { PagedList } from '../../lib/ui/PagedList.tsx';
import { RowTable } from '../../lib/ui/RowTable.tsx';
import { isNotFound } from '../../lib/ui/error-words.ts';
import styles from './FolderView.module.css';
import { PlaceMissing } from './PlaceMissing.tsx';
import { ReadmePanel } from './ReadmePanel.tsx';
import { repositoriesQueries } from './repositories.queries.ts';

const pictures: Record<TreeEntry['kind'], { Picture: Icon; words: string }> = {
  folder: { Picture: IconFolderFilled, words: 'Folder' },
  file: { Picture: IconFile, words: 'File' },
  link: { Picture: IconLink, words: 'Symbolic link' },
  submodule: { Picture: IconGitBranch, words: 'Submodule' },
};
const readmeNames = ['readme.md', 'readme.markdown', 'readme.txt', 'readme'];

export interface FolderViewProps {
  repository: Repository;
  gitRef: string;
  path: string;
}

/** What a folder holds, and its README. */
export function FolderView({ repository, gitRef, path }: FolderViewProps) {
  const { owner, name } = repository;
  const query = useInfiniteQuery(repositoriesQueries.tree({ owner, name, ref: gitRef, path }));
  const entries = query.data?.pages.flatMap(({ items }) => items) ?? [];
  if (isNotFound(query.error)) return <PlaceMissing repository={repository} gitRef={gitRef} path={path} />;
  const readme = readmeNames
    .map((wanted) => entries.find((entry) => entry.kind === 'file' && entry.name.toLowerCase() === wanted))
    .find((entry) => entry !== undefined);
  return (
    <PagedList
      query={query}
      isEmpty={entries.length === 0}
      skeleton={<SkeletonRows rows={8} columns={['40%', '10%']} label="Loading the files" />}
      empty={<NothingPushed repository={repository} />}
    >
      <FileTable repository={repository} gitRef={gitRef} entries={entries} />
      {readme && <ReadmePanel repository={repository} gitRef={gitRef} path={readme.path} />}
    </PagedList>
  );
}

function FileTable({
  repository,
  gitRef,
  entries,
}: Omit<FolderViewProps, 'path'> & { entries: TreeEntry[] }) {
  return (
    <RowTable label="Files">
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col" data-number>
            Size
          </th>
        </tr>
      </thead>
      <tbody>
        {entries.map((entry) => {
          const { Picture, words } = pictures[entry.kind];
          return (
            <tr key={entry.path}>
              <th scope="row">
                <span className={styles.entry}>
                  <Picture size={15} stroke={1.6} aria-label={words} data-kind={entry.kind} />
                  <EntryName repository={repository} gitRef={gitRef} entry={entry} />
                </span>
              </th>
              <td data-number className={styles.size}>
                {entry.bytes === undefined ? null : sizeText(entry.bytes)}
              </td>
            </tr>
          );
        })}
      </tbody>
    </RowTable>
  );
}

function EntryName({ repository, gitRef, entry }: Omit<FolderViewProps, 'path'> & { entry: TreeEntry }) {
  if (entry.kind === 'submodule') return <span className={styles.name}>{entry.name}</span>;
  const to =
    entry.kind === 'folder'
      ? paths.repositoryTree(repository, gitRef, entry.path)
      : paths.repositoryFile(repository, gitRef, entry.path);
  return (
    <Link to={to} className={styles.name}>
      {entry.name}
    </Link>
  );
}

function NothingPushed({ repository }: { repository: Repository }) {
  return (
    <MessagePanel
      icon={<IconGitBranch size={20} stroke={1.6} />}
      title="Nothing was pushed yet"
      size="inline"
    >
      <p>Push a first commit to {repository.defaultBranch}:</p>
      <pre className={styles.example}>
        {`git remote add origin ${repository.cloneUrl}\ngit push -u origin ${repository.defaultBranch}`}
      </pre>
    </MessagePanel>
  );
}

const steps = ['bytes', 'KiB', 'MiB', 'GiB'] as const;

/** A size as people read it. */
export function sizeText(bytes: number): string {
  const step = Math.min(steps.length - 1, bytes === 0 ? 0 : Math.floor(Math.log2(bytes) / 10));
  const value = bytes / 1024 ** step;
  const digits = step === 0 || value >= 100 ? 0 : 1;
  if (step === 0) return `${numberText(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
  return `${value.toFixed(digits)} ${steps[step] ?? ''}`;
}
