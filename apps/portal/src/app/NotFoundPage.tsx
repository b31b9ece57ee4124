import { IconMapQuestion } from '@tabler/icons-react';
import { MessagePanel } from '@waymark/ui';
import { useLocation } from 'react-router';
import { usePageIdentity } from '../lib/page/page-identity.ts';
import { paths } from '../lib/paths.ts';
import { LinkButton } from '../lib/ui/LinkButton.tsx';

/** For addresses that lead nowhere. */
export function NotFoundPage() {
  const { pathname } = useLocation();
  usePageIdentity({ title: 'Not found', crumbs: [{ label: 'Not found' }] });
  return (
    <MessagePanel
      icon={<IconMapQuestion size={20} stroke={1.6} />}
      title="There is no page here"
      headingLevel={1}
      actions={
        <>
          <LinkButton to={paths.catalog()} variant="filled">
            Open the catalog
          </LinkButton>
          <LinkButton to={paths.home()}>Go home</LinkButton>
        </>
      }
    >
      <p>
        Nothing is served at <code>{pathname}</code>. The address may be mistyped, or the page may have moved.
      </p>
    </MessagePanel>
  );
}
