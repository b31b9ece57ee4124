export { CodeView, type CodeViewProps } from './code/CodeView.tsx';
export { DataTable, type DataTableProps } from './data-table/DataTable.tsx';
export type { DataTableColumn, DataTableSort } from './data-table/data-table-column.ts';
export type { ListPosition } from './data-table/use-list-position.ts';
export { MessagePanel, type MessagePanelProps } from './feedback/MessagePanel.tsx';
export { ProgressBar, type ProgressBarProps } from './feedback/ProgressBar.tsx';
export {
  SkeletonLine,
  SkeletonRows,
  type SkeletonLineProps,
  type SkeletonRowsProps,
} from './feedback/SkeletonLines.tsx';
export { StatusLabel, type StatusLabelProps, type StatusTone } from './feedback/StatusLabel.tsx';
export { FacetGroup, type FacetGroupProps, type FacetOption } from './filter/FacetGroup.tsx';
export { FilterChip, type FilterChipProps } from './filter/FilterChip.tsx';
export { KindIcon, type KindIconProps } from './KindIcon.tsx';
export { Dialog, type DialogProps } from './layout/Dialog.tsx';
export { Fact, FactList, type FactProps } from './layout/FactList.tsx';
export { Panel, type PanelProps } from './layout/Panel.tsx';
export { Avatar, initialsOf, type AvatarProps } from './text/Avatar.tsx';
export { CopyButton, copyText, type CopyButtonProps } from './text/CopyButton.tsx';
export { ExternalLink, liveUrl, type ExternalLinkProps } from './text/ExternalLink.tsx';
export { Highlight, matchPieces, type HighlightProps } from './text/Highlight.tsx';
export { KeyHint } from './text/KeyHint.tsx';
export { RelativeTime, type RelativeTimeProps } from './text/RelativeTime.tsx';
export { countText, durationText, exactTime, numberText, relativeTime } from './text/relative-time.ts';
export { Tag, TagList, type TagListProps } from './text/Tag.tsx';
export { cssVariablesResolver, theme } from './theme/theme.ts';
