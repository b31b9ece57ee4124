import AsyncApi from '@asyncapi/react-component/lib/esm/without-parser';
import '@asyncapi/react-component/styles/default.min.css';
import styles from './AsyncApiViewer.module.css';
import { useHeadingLevels } from './use-heading-levels.ts';

export interface AsyncApiViewerProps {
  /** What `stringify` of the parser gave on the server. */
  document: string;
  title: string;
}

const config = { show: { sidebar: false, errors: false, info: true } };

/** An AsyncAPI document of version 2 or 3. */
export function AsyncApiViewer({ document, title }: AsyncApiViewerProps) {
  const viewer = useHeadingLevels<HTMLElement>();
  return (
    <section ref={viewer} className={styles.viewer} aria-label={`Reference of ${title}`}>
      <AsyncApi schema={document} config={config} />
    </section>
  );
}
