import { useParams } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { CommitList } from './CommitList.tsx';
import { PlaceBar } from './PlaceBar.tsx';
import { RepositoryFrame } from './RepositoryFrame.tsx';

/** What was committed to a branch. */
export function CommitsPage() {
  const { ref } = useParams();
  return (
    <RepositoryFrame section="commits" shown="Commits" gitRef={ref}>
      {(repository) => {
        const gitRef = ref ?? repository.defaultBranch;
        return (
          <>
            <PlaceBar
              repository={repository}
              gitRef={gitRef}
              path=""
              pathOn={(other) => paths.repositoryCommits(repository, other)}
            />
            <CommitList repository={repository} gitRef={gitRef} />
          </>
        );
      }}
    </RepositoryFrame>
  );
}
