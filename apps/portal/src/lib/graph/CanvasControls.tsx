import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import {
  IconDownload,
  IconFileTypePng,
  IconFileTypeSvg,
  IconFocusCentered,
  IconMinus,
  IconPlus,
} from '@tabler/icons-react';
import { useReducedMotion } from '@mantine/hooks';
import { useReactFlow } from '@xyflow/react';
import type { ReactNode } from 'react';
import { downloadFile } from '../browser/download-file.ts';
import { refLabel } from '../entities/entity-ref.ts';
import { currentColours, pngOf } from './graph-export.ts';
import { graphSvg } from './graph-svg.ts';
import styles from './GraphCanvas.module.css';
import type { GraphLayout } from './graph-layout.ts';
import type { Neighbourhood } from './graph.queries.ts';

/** Zoom, fit and export, over the corner of the picture. */
export function CanvasControls({ graph, layout }: { graph: Neighbourhood; layout: GraphLayout }) {
  const { zoomIn, zoomOut, fitView } = useReactFlow();
  const duration = useReducedMotion() ? 0 : 150;
  const name = `graph-${refLabel(graph.rootRefs[0] ?? 'catalog').replaceAll('/', '-')}`;
  const svg = () => graphSvg(graph, layout, currentColours());
  const saveSvg = () => downloadFile(new Blob([svg()], { type: 'image/svg+xml' }), `${name}.svg`);
  const savePng = () => {
    pngOf(svg()).then(
      (png) => downloadFile(png, `${name}.png`),
      () =>
        notifications.show({
          color: 'red',
          title: 'The browser could not draw the PNG',
          message: 'The picture may be too large. Export it as SVG, which has no bound.',
        }),
    );
  };
  return (
    <div className={styles.controls} role="group" aria-label="Picture">
      <Control label="Zoom in" onClick={() => void zoomIn({ duration })}>
        <IconPlus size={16} stroke={1.8} />
      </Control>
      <Control label="Zoom out" onClick={() => void zoomOut({ duration })}>
        <IconMinus size={16} stroke={1.8} />
      </Control>
      <Control label="Show all of it" onClick={() => void fitView({ padding: 0.12, maxZoom: 1, duration })}>
        <IconFocusCentered size={16} stroke={1.8} />
      </Control>
      <Menu
        position="top-start"
        shadow="md"
        withinPortal={false}
        menuItemTabIndex={0}
        withInitialFocusPlaceholder={false}
      >
        <Menu.Target>
          <ActionIcon variant="default" size={30} aria-label="Export the picture">
            <IconDownload size={16} stroke={1.8} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconFileTypeSvg size={15} />} onClick={saveSvg}>
            Save as SVG
          </Menu.Item>
          <Menu.Item leftSection={<IconFileTypePng size={15} />} onClick={savePng}>
            Save as PNG
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}

function Control({ label, onClick, children }: { label: string; onClick: () => void; children: ReactNode }) {
  return (
    <Tooltip label={label} openDelay={300}>
      <ActionIcon variant="default" size={30} aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
