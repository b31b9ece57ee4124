import { ActionIcon, Button } from '@mantine/core';
import { IconExternalLink, IconFocus2, IconX } from '@tabler/icons-react';
import type { GraphEdge, GraphNode } from '@waymark/contracts';
import { CopyButton, KindIcon, StatusLabel } from '@waymark/ui';
import { useShownInstant } from '../as-of/AsOfScope.tsx';
import { parseRef, refLabel } from '../entities/entity-ref.ts';
import { EntityLink } from '../entities/EntityLink.tsx';
import { kindWord } from '../entities/kind-words.ts';
import { paths } from '../paths.ts';
import { LinkButton } from '../ui/LinkButton.tsx';
import styles from './GraphSidePanel.module.css';
import { relatedGroups } from './graph-words.ts';

export interface GraphSidePanelProps {
  node: GraphNode;
  edges: readonly GraphEdge[];
  isRoot: boolean;
  onCentre: () => void;
  onSelect: (ref: string) => void;
  onClose: () => void;
}

/** What the selected box is, whose it is, and what it is connected with in the picture. */
export function GraphSidePanel({ node, edges, isRoot, onCentre, onSelect, onClose }: GraphSidePanelProps) {
  const asOf = useShownInstant();
  const { ref, kind, type, lifecycle, ownerRef, systemRef } = node;
  return (
    <section className={styles.panel} aria-label={`Selected: ${node.title ?? refLabel(ref)}`}>
      <header className={styles.header}>
        <KindIcon kind={kind} />
        <h2 className={styles.title}>{node.title ?? refLabel(ref)}</h2>
        <ActionIcon variant="subtle" color="gray" size={26} aria-label="Close" onClick={onClose}>
          <IconX size={15} />
        </ActionIcon>
      </header>
      <div className={styles.reference}>
        <code>{ref}</code>
        <CopyButton text={ref} label="Copy reference" />
      </div>
      {node.isMissing && (
        <StatusLabel tone="warning">Others refer to it, the catalog does not have it</StatusLabel>
      )}
      <dl className={styles.facts}>
        <dt>Kind</dt>
        <dd>{[kindWord(kind), type, lifecycle].filter(Boolean).join(' · ')}</dd>
        {ownerRef !== undefined && (
          <>
            <dt>Owner</dt>
            <dd>
              <EntityLink entityRef={ownerRef} hasIcon />
            </dd>
          </>
        )}
        {systemRef !== undefined && (
          <>
            <dt>System</dt>
            <dd>
              <EntityLink entityRef={systemRef} hasIcon />
            </dd>
          </>
        )}
        {relatedGroups(ref, edges).map(({ word, refs }) => (
          <RelatedButtons key={word} word={word} refs={refs} onSelect={onSelect} />
        ))}
      </dl>
      <footer className={styles.foot}>
        {!isRoot && (
          <Button size="xs" leftSection={<IconFocus2 size={14} />} onClick={onCentre}>
            Centre here
          </Button>
        )}
        {node.isMissing ? (
          <LinkButton to={paths.why(ref)}>Why is it missing?</LinkButton>
        ) : (
          <LinkButton to={paths.entity(ref, { asOf })} icon={<IconExternalLink size={14} />}>
            Open
          </LinkButton>
        )}
      </footer>
    </section>
  );
}

const shownOfEach = 8;

function RelatedButtons({
  word,
  refs,
  onSelect,
}: {
  word: string;
  refs: string[];
  onSelect: (ref: string) => void;
}) {
  return (
    <>
      <dt>{word}</dt>
      <dd className={styles.related}>
        {refs.slice(0, shownOfEach).map((ref) => (
          <button key={ref} type="button" className={styles.other} onClick={() => onSelect(ref)} title={ref}>
            <KindIcon kind={parseRef(ref).kind} size={14} />
            {refLabel(ref)}
          </button>
        ))}
        {refs.length > shownOfEach && <span>and {refs.length - shownOfEach} more in the table below</span>}
      </dd>
    </>
  );
}
