import { Handle, Position, type Node, type NodeProps } from '@xyflow/react';
import { IconAlertTriangle } from '@tabler/icons-react';
import { KindIcon } from '@waymark/ui';
import { VisuallyHidden } from '@mantine/core';
import type { GraphNode } from '@waymark/contracts';
import { memo } from 'react';
import { refLabel } from '../entities/entity-ref.ts';
import { kindWord } from '../entities/kind-words.ts';
import styles from './CanvasBoxes.module.css';

/** An entity in the picture. */
export type EntityBoxNode = Node<
  { node: GraphNode; isRoot: boolean; isSelected: boolean; scope: string },
  'entity'
>;
/** The frame around the entities of a system or a domain. */
export type FrameBoxNode = Node<{ label: string }, 'frame'>;

/** Id of a box in the document, for `aria-activedescendant`. */
export function entityBoxId(scope: string, ref: string): string {
  return `${scope} ${ref}`.replaceAll(' ', '_');
}

/** One entity: plain elements and no effects, because 200 of them are on the page. */
export const EntityBox = memo(function EntityBox({ data }: NodeProps<EntityBoxNode>) {
  const { node, isRoot, isSelected, scope } = data;
  const name = node.title ?? refLabel(node.ref);
  const kind = kindWord(node.kind);
  return (
    <>
      <Handle type="target" position={Position.Left} className={styles.handle} isConnectable={false} />
      <div
        id={entityBoxId(scope, node.ref)}
        role="button"
        tabIndex={-1}
        aria-pressed={isSelected}
        className={styles.box}
        data-root={isRoot || undefined}
        data-selected={isSelected || undefined}
        data-missing={node.isMissing || undefined}
        data-entity-box={node.ref}
        title={node.ref}
      >
        <span className={styles.icon}>
          <KindIcon kind={node.kind} size={17} />
        </span>
        <span className={styles.words}>
          <span className={styles.name}>{name}</span>{' '}
          {node.isMissing ? (
            <span className={styles.missing}>
              <IconAlertTriangle size={12} stroke={1.9} aria-hidden />
              Not in the catalog
            </span>
          ) : (
            <span className={styles.kind}>
              {kind}
              {node.type !== undefined && ` · ${node.type}`}
            </span>
          )}
          {isRoot && <VisuallyHidden>, the start</VisuallyHidden>}
        </span>
      </div>
      <Handle type="source" position={Position.Right} className={styles.handle} isConnectable={false} />
    </>
  );
});

/** A frame with the name of what its entities share. */
export const FrameBox = memo(function FrameBox({ data }: NodeProps<FrameBoxNode>) {
  return (
    <div className={styles.frame}>
      <span className={styles.frameLabel}>{data.label}</span>
    </div>
  );
});
