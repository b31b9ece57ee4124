import { useComputedColorScheme } from '@mantine/core';
import { useEffect, type ComponentType } from 'react';
import SwaggerUI from 'swagger-ui-react';
import 'swagger-ui-react/swagger-ui.css';
import styles from './OpenApiViewer.module.css';
import { useHeadingLevels } from './use-heading-levels.ts';

export interface OpenApiViewerProps {
  /** The document, made safe by the server. */
  document: object;
  title: string;
}

/** An OpenAPI document, read only: the page's policy lets it call nobody. */
export function OpenApiViewer({ document, title }: OpenApiViewerProps) {
  useViewerScheme();
  const viewer = useHeadingLevels<HTMLElement>();
  return (
    <section ref={viewer} className={styles.viewer} aria-label={`Reference of ${title}`}>
      <SwaggerUI
        spec={document}
        supportedSubmitMethods={[]}
        docExpansion="list"
        defaultModelsExpandDepth={0}
        deepLinking={false}
        layout="ReferenceLayout"
        plugins={[referencePlugin]}
      />
    </section>
  );
}

/** The viewer's own style sheet is dark below an element of this class. */
const darkClass = 'dark-mode';

function useViewerScheme() {
  const scheme = useComputedColorScheme('light');
  useEffect(() => {
    const page = window.document.documentElement.classList;
    page.toggle(darkClass, scheme === 'dark');
    return () => page.remove(darkClass);
  }, [scheme]);
}

interface LayoutProps {
  getComponent: (name: string, container?: boolean) => ComponentType;
}

/**
 * Operations and schemas, and nothing else: the page has a heading and a main part already, and nothing can be called,
 * so there is nothing to sign in to and no server to choose.
 */
function ReferenceLayout({ getComponent }: LayoutProps) {
  const Operations = getComponent('operations', true);
  const Models = getComponent('Models', true);
  return (
    <div className="swagger-ui">
      <Operations />
      <Models />
    </div>
  );
}

const nothing = () => () => null;

const referencePlugin = () => ({
  components: { ReferenceLayout },
  wrapComponents: { authorizeBtn: nothing, authorizeOperationBtn: nothing },
});
