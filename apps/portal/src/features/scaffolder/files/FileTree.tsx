import { hotkeysCoreFeature, selectionFeature, syncDataLoaderFeature } from '@headless-tree/core';
import { useTree } from '@headless-tree/react';
import { IconChevronRight, IconFile, IconFileCode, IconFolder } from '@tabler/icons-react';
import { useEffect, useEffectEvent, useMemo, useState } from 'react';
import { folderIds, foldersAround, rootId, treeOf, type TreeNode } from './file-tree.ts';
import styles from './FileTree.module.css';
import { promptFocus } from './prompt-focus.ts';

export interface FileTreeProps {
  /** What the tree is, for screen readers. */
  label: string;
  paths: readonly string[];
  chosen: string | undefined;
  /** What is said of files behind their names. */
  marks?: ReadonlyMap<string, FileMark> | undefined;
  onChoose: (path: string) => void;
}

/** A sign behind the name of a file. */
export interface FileMark {
  sign: string;
  /** For screen readers. */
  words: string;
  tone: 'good' | 'bad' | 'warning';
}

/** Larger trees begin closed. */
const maxOpenFiles = 60;
const indentPx = 14;
const missing: TreeNode = { id: '', name: '', isFolder: false, children: [] };

/** Files in their folders. Arrows move, right and left open and close, Enter chooses. */
export function FileTree({ label, paths, chosen, marks, onChoose }: FileTreeProps) {
  const nodes = useMemo(() => treeOf(paths), [paths]);
  // What is closed, not what is open: a folder that comes new is seen with its files.
  const [closed, setClosed] = useState(() => (paths.length > maxOpenFiles ? folderIds(nodes) : []));
  const expandedItems = useMemo(
    () => folderIds(nodes).filter((id) => id === rootId || !closed.includes(id)),
    [nodes, closed],
  );
  const tree = useTree<TreeNode>({
    rootItemId: rootId,
    getItemName: (item) => item.getItemData().name,
    isItemFolder: (item) => item.getItemData().isFolder,
    // A file that was just deleted may be asked for once more.
    dataLoader: {
      getItem: (id) => nodes.get(id) ?? missing,
      getChildren: (id) => nodes.get(id)?.children ?? [],
    },
    state: { expandedItems, selectedItems: chosen === undefined ? [] : [chosen] },
    setExpandedItems: (next) => {
      const open = typeof next === 'function' ? next(expandedItems) : next;
      setClosed(folderIds(nodes).filter((id) => !open.includes(id)));
    },
    setSelectedItems: () => {},
    onPrimaryAction: (item) => {
      if (!item.isFolder()) onChoose(item.getId());
    },
    features: [syncDataLoaderFeature, selectionFeature, hotkeysCoreFeature, promptFocus],
  });
  const rebuild = useEffectEvent(() => tree.rebuildTree());
  useEffect(() => rebuild(), [nodes, expandedItems]);
  useEffect(() => {
    if (chosen === undefined) return;
    const around = foldersAround(chosen);
    setClosed((known) => known.filter((id) => !around.includes(id)));
  }, [chosen]);
  return (
    <div {...tree.getContainerProps(label)} className={styles.tree}>
      {tree.getItems().map((item) => {
        const { name, isFolder } = item.getItemData();
        const mark = marks?.get(item.getId());
        return (
          <button
            {...item.getProps()}
            key={item.getId()}
            aria-label={mark ? `${name}, ${mark.words}` : name}
            type="button"
            className={styles.item}
            title={item.getId()}
            style={{ paddingLeft: 8 + item.getItemMeta().level * indentPx }}
          >
            {isFolder ? (
              <>
                <IconChevronRight size={13} stroke={2} aria-hidden className={styles.chevron} />
                <IconFolder size={15} stroke={1.6} aria-hidden />
              </>
            ) : (
              <FilePicture name={name} />
            )}
            <span className={styles.name}>{name}</span>
            {mark && (
              <span className={styles.mark} data-tone={mark.tone} title={mark.words} aria-hidden>
                {mark.sign}
              </span>
            )}
          </button>
        );
      })}
    </div>
  );
}

function FilePicture({ name }: { name: string }) {
  const Picture = /\.(ya?ml|json|[jt]sx?|py|go|java|rs|sh)$/i.test(name) ? IconFileCode : IconFile;
  return (
    <>
      <span className={styles.noChevron} />
      <Picture size={15} stroke={1.6} aria-hidden />
    </>
  );
}
