import { IconMapQuestion } from '@tabler/icons-react';
import type { Repository } from '@waymark/contracts';
import { MessagePanel } from '@waymark/ui';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';

/** For a path or a branch that the repository does not have. */
export function PlaceMissing({
  repository,
  gitRef,
  path,
}: {
  repository: Repository;
  gitRef: string;
  path: string;
}) {
  return (
    <MessagePanel
      icon={<IconMapQuestion size={20} stroke={1.6} />}
      title={path === '' ? `There is no ${gitRef}` : `There is no ${path} on ${gitRef}`}
      actions={
        <LinkButton to={paths.repository(repository)} variant="filled">
          Open {repository.defaultBranch}
        </LinkButton>
      }
    >
      The branch may be gone, or the file may have been moved or removed.
    </MessagePanel>
  );
}
