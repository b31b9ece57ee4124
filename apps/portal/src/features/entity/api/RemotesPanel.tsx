import type { Entity } from '@waymark/contracts';
import { CopyButton, numberText, Panel, Tag } from '@waymark/ui';
import styles from './ApiTab.module.css';

/** Where an MCP server answers: what such an API has instead of a definition. */
export function RemotesPanel({ entity }: { entity: Entity }) {
  const remotes = remotesOf(entity);
  if (remotes.length === 0) return null;
  return (
    <Panel title="Remotes" count={numberText(remotes.length)} isFlush>
      <ul className={styles.remotes}>
        {remotes.map(({ type, url }) => (
          <li key={`${type} ${url}`} className={styles.remote}>
            <Tag>{type}</Tag>
            <code>{url}</code>
            <CopyButton text={url} label={`Copy ${url}`} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The remotes of an API of type `mcp-server`. */
export function remotesOf(entity: Entity): { type: string; url: string }[] {
  const remotes: unknown = entity.spec?.['remotes'];
  if (entity.kind.toLowerCase() !== 'api' || !Array.isArray(remotes)) return [];
  return remotes.flatMap((remote: unknown) => {
    if (typeof remote !== 'object' || remote === null) return [];
    const type: unknown = Reflect.get(remote, 'type');
    const url: unknown = Reflect.get(remote, 'url');
    return typeof url === 'string' ? [{ type: typeof type === 'string' ? type : 'remote', url }] : [];
  });
}
