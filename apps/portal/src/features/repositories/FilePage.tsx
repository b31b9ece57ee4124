import { useParams } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { FileView } from './FileView.tsx';
import { PlaceBar } from './PlaceBar.tsx';
import { RepositoryFrame } from './RepositoryFrame.tsx';

/** One file of a repository. */
export function FilePage() {
  const { ref = '', '*': path = '' } = useParams();
  return (
    <RepositoryFrame section="files" gitRef={ref} shown={path}>
      {(repository) => (
        <>
          <PlaceBar
            repository={repository}
            gitRef={ref}
            path={path}
            pathOn={(other) => paths.repositoryFile(repository, other, path)}
          />
          <FileView repository={repository} gitRef={ref} path={path} />
        </>
      )}
    </RepositoryFrame>
  );
}
