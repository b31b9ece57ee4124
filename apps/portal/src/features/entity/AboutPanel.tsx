import type { Entity } from '@waymark/contracts';
import { Fact, FactList, Panel } from '@waymark/ui';
import { useState } from 'react';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { specRef, specText } from '../../lib/entities/entity-ref.ts';
import styles from './AboutPanel.module.css';

/** Longer descriptions are folded. */
const foldedFrom = 700;

/** The description and the few facts that a kind has beside it. */
export function AboutPanel({ entity }: { entity: Entity }) {
  const { description } = entity.metadata;
  return (
    <Panel title="About">
      {description ? <Description text={description} /> : <p className={styles.none}>No description yet.</p>}
      <KindFacts entity={entity} />
    </Panel>
  );
}

function Description({ text }: { text: string }) {
  const [isOpen, setIsOpen] = useState(text.length < foldedFrom);
  return (
    <>
      <p className={styles.description} data-folded={!isOpen || undefined}>
        {text}
      </p>
      {!isOpen && (
        <button type="button" className={styles.unfold} onClick={() => setIsOpen(true)}>
          Show all of it
        </button>
      )}
    </>
  );
}

function KindFacts({ entity }: { entity: Entity }) {
  const kind = entity.kind.toLowerCase();
  const domain = kind === 'system' ? specRef(entity, 'domain', 'domain') : undefined;
  const steps = kind === 'template' ? templateSteps(entity) : [];
  const targets = kind === 'location' ? locationTargets(entity) : [];
  const namespace = entity.metadata.namespace === 'default' ? undefined : entity.metadata.namespace;
  if (
    !domain &&
    !namespace &&
    steps.length === 0 &&
    targets.length === 0 &&
    !specText(entity, 'subcomponentOf')
  ) {
    return null;
  }
  return (
    <div className={styles.facts}>
      <FactList>
        {namespace && <Fact label="Namespace">{namespace}</Fact>}
        {domain && (
          <Fact label="Domain">
            <EntityLink entityRef={domain} hasIcon />
          </Fact>
        )}
        {steps.length > 0 && (
          <Fact label="Steps">
            <ol className={styles.steps}>
              {steps.map((step, index) => (
                <li key={index}>{step}</li>
              ))}
            </ol>
          </Fact>
        )}
        {targets.length > 0 && (
          <Fact label="Targets">
            {targets.map((target) => (
              <div key={target}>{target}</div>
            ))}
          </Fact>
        )}
      </FactList>
    </div>
  );
}

function templateSteps(entity: Entity): string[] {
  const steps = entity.spec?.['steps'];
  if (!Array.isArray(steps)) return [];
  return steps.flatMap((step: unknown) => {
    const name = isRecord(step) ? (step['name'] ?? step['action']) : undefined;
    return typeof name === 'string' ? [name] : [];
  });
}

function locationTargets(entity: Entity): string[] {
  const targets = entity.spec?.['targets'] ?? [entity.spec?.['target']];
  return Array.isArray(targets)
    ? targets.filter((target): target is string => typeof target === 'string')
    : [];
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
