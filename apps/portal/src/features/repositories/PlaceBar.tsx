import { useQuery } from '@tanstack/react-query';
import type { Repository } from '@waymark/contracts';
import { Link, useNavigate } from 'react-router';
import { paths } from '../../lib/paths.ts';
import styles from './PlaceBar.module.css';
import { repositoriesQueries } from './repositories.queries.ts';

export interface PlaceBarProps {
  repository: Repository;
  gitRef: string;
  path: string;
  /** Where the same place is on another branch. */
  pathOn: (ref: string) => string;
}

/** Which branch is looked at, and the way from the root to the place. */
export function PlaceBar({ repository, gitRef, path, pathOn }: PlaceBarProps) {
  const navigate = useNavigate();
  const { data } = useQuery(repositoriesQueries.branches(repository));
  const branches = data?.items.map(({ name }) => name) ?? [];
  // A tag or a commit is none of the branches, and shown all the same.
  const choices = branches.includes(gitRef) ? branches : [gitRef, ...branches];
  return (
    <div className={styles.bar}>
      <select
        className={styles.branch}
        aria-label="Branch"
        value={gitRef}
        onChange={(event) => void navigate(pathOn(event.currentTarget.value))}
      >
        {choices.map((choice) => (
          <option key={choice} value={choice}>
            {choice}
          </option>
        ))}
      </select>
      <PathCrumbs repository={repository} gitRef={gitRef} path={path} />
    </div>
  );
}

function PathCrumbs({ repository, gitRef, path }: Omit<PlaceBarProps, 'pathOn'>) {
  const segments = path === '' ? [] : path.split('/');
  return (
    <nav aria-label="Path" className={styles.path}>
      <ol>
        <li>
          {segments.length === 0 ? (
            <span aria-current="page">{repository.name}</span>
          ) : (
            <Link to={paths.repositoryTree(repository, gitRef, '')}>{repository.name}</Link>
          )}
        </li>
        {segments.map((segment, index) => (
          <li key={segments.slice(0, index + 1).join('/')}>
            {index === segments.length - 1 ? (
              <span aria-current="page">{segment}</span>
            ) : (
              <Link to={paths.repositoryTree(repository, gitRef, segments.slice(0, index + 1).join('/'))}>
                {segment}
              </Link>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
