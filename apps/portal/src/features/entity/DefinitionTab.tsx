import type { Entity } from '@waymark/contracts';
import { CodeView, Panel } from '@waymark/ui';
import { entityTitle, specText } from '../../lib/entities/entity-ref.ts';

/** The text of an API's definition, where the entity has one. */
export function definitionOf(entity: Entity): string | undefined {
  if (entity.kind.toLowerCase() !== 'api') return undefined;
  const definition = entity.spec?.['definition'];
  if (typeof definition === 'string') return definition.trim() === '' ? undefined : definition;
  return definition === undefined ? undefined : JSON.stringify(definition, null, 2);
}

/** The definition of an API as it was written. */
export function DefinitionTab({ entity }: { entity: Entity }) {
  const definition = definitionOf(entity) ?? '';
  const isYaml =
    ['openapi', 'asyncapi'].includes(specText(entity, 'type') ?? '') &&
    !definition.trimStart().startsWith('{');
  return (
    <Panel title={`${specText(entity, 'type') ?? 'API'} definition`} isFlush>
      <CodeView
        text={definition}
        label={`Definition of ${entityTitle(entity)}`}
        language={isYaml ? 'yaml' : 'plain'}
      />
    </Panel>
  );
}
