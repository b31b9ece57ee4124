import { IconFileUnknown } from '@tabler/icons-react';
import { MessagePanel } from '@waymark/ui';
import type { ReactNode } from 'react';
import { Page } from '../../lib/page/Page.tsx';
import { paths } from '../../lib/paths.ts';
import { LinkButton } from '../../lib/ui/LinkButton.tsx';

export interface MissingTemplateProps {
  templateRef: string;
  /** Where to go from here, before the question why. */
  children: ReactNode;
}

/** In the place of a page about a template that the catalog does not have. */
export function MissingTemplate({ templateRef, children }: MissingTemplateProps) {
  return (
    <Page title="No such template" parents={[{ label: 'Create', to: paths.create() }]}>
      <MessagePanel
        icon={<IconFileUnknown size={20} stroke={1.6} />}
        title="This template is not in the catalog"
        actions={
          <>
            {children}
            <LinkButton to={paths.why(templateRef)}>Why is it not here?</LinkButton>
          </>
        }
      >
        There is no <code>{templateRef}</code>. It may have another name or namespace, or its source may have
        lost it.
      </MessagePanel>
    </Page>
  );
}
