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
