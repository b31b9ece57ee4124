import { Panel } from '@waymark/ui';
import { Link } from 'react-router';
import { Page } from '../../lib/page/Page.tsx';
import { paths } from '../../lib/paths.ts';
import styles from './HelpPage.module.css';
import { KeyTable } from './KeyTable.tsx';

/** What the words mean, where to read on, and the keys. */
export function HelpPage() {
  return (
    <Page title="Help" width="text" lead="The portal in a page.">
      <div className={styles.panels}>
        <Panel title="What is where">
          <dl className={styles.words}>
            <div>
              <dt>
                <Link to={paths.catalog()}>Catalog</Link>
              </dt>
              <dd>
                Everything that teams run and own: components, APIs, resources, systems, groups and people,
                each with its owner and what it depends on.
              </dd>
            </div>
            <div>
              <dt>
                <Link to={paths.teams()}>Teams</Link>
              </dt>
              <dd>
                Who is who: groups with their people, how to reach them and what they answer for.{' '}
                <Link to={paths.ownership()}>Ownership</Link> lists what nobody answers for.
              </dd>
            </div>
            <div>
              <dt>
                <Link to={paths.graph()}>Graph</Link>
              </dt>
              <dd>
                What is connected with what, as a picture with a table: from any entity, as far as you like,
                and whom to tell if it is down.
              </dd>
            </div>
            <div>
              <dt>
                <Link to={paths.search()}>Search</Link>
              </dt>
              <dd>
                Finds anything in the catalog by parts of its name or description. Typing errors are forgiven.
              </dd>
            </div>
            <div>
              <dt>
                <Link to={paths.why()}>Why is it (not) here?</Link>
              </dt>
              <dd>For any reference or name: where it comes from, or what keeps it out of the catalog.</dd>
            </div>
            <div>
              <dt>
                <Link to={paths.sources()}>Sources</Link>
              </dt>
              <dd>
                The folders and repositories whose <code>catalog-info.yaml</code> files make the catalog. A
                file with a mistake shows there with its line and what to do; its last good version stays in
                the catalog.
              </dd>
            </div>
            <div>
              <dt>
                <Link to={paths.repositories()}>Repositories</Link>
              </dt>
              <dd>
                Git repositories that this portal keeps: browse their files and commits, clone them, push to
                them.
              </dd>
            </div>
            <div>
              <dt>API</dt>
              <dd>
                The same data for scripts: <a href={paths.apiReference()}>the API reference</a>.
              </dd>
            </div>
          </dl>
        </Panel>
        <KeysPanel />
      </div>
    </Page>
  );
}

function KeysPanel() {
  return (
    <Panel title="Keys" aside={<Link to={paths.settings()}>Switch letter keys off</Link>}>
      <KeyTable />
    </Panel>
  );
}
