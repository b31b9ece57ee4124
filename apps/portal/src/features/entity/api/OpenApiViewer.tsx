import { useComputedColorScheme } from '@mantine/core';
import { useEffect } from 'react';
import SwaggerUI from 'swagger-ui-react';
import 'swagger-ui-react/swagger-ui.css';
import styles from './OpenApiViewer.module.css';

export interface OpenApiViewerProps {
  /** The document, made safe by the server. */
  document: object;
  title: string;
}

/** An OpenAPI document, read only: the page's policy lets it call nobody. */
export function OpenApiViewer({ document, title }: OpenApiViewerProps) {
  useViewerScheme();
  return (
    <section className={styles.viewer} aria-label={`Reference of ${title}`}>
      <SwaggerUI
        spec={document}
        supportedSubmitMethods={[]}
        docExpansion="list"
        defaultModelsExpandDepth={0}
        deepLinking={false}
        plugins={[readOnlyPlugin]}
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

/** Nothing can be called, so there is nothing to sign in to and no server to choose. */
const readOnlyPlugin = () => ({
  wrapComponents: {
    authorizeBtn: () => () => null,
    authorizeOperationBtn: () => () => null,
    InfoContainer: () => () => null,
    SchemesContainer: () => () => null,
    ServersContainer: () => () => null,
    FilterContainer: () => () => null,
  },
});
