import { useParams } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { FolderView } from './FolderView.tsx';
import { PlaceBar } from './PlaceBar.tsx';
import { RepositoryFrame } from './RepositoryFrame.tsx';

/** A folder of a repository: its root on the default branch, or what the address says. */
export function RepositoryPage() {
  const { ref, '*': path = '' } = useParams();
  return (
    <RepositoryFrame section="files" gitRef={ref} {...(path === '' ? {} : { shown: path })}>
      {(repository) => {
        const gitRef = ref ?? repository.defaultBranch;
        const place = path.replace(/\/+$/, '');
        return (
          <>
            <PlaceBar
              repository={repository}
              gitRef={gitRef}
              path={place}
              pathOn={(other) => paths.repositoryTree(repository, other, place)}
            />
            <FolderView repository={repository} gitRef={gitRef} path={place} />
          </>
        );
      }}
    </RepositoryFrame>
  );
}
