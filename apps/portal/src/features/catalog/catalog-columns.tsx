import type { PartialEntity } from '@waymark/contracts';
import { TagList, type DataTableColumn } from '@waymark/ui';
import { specRef, specText } from '../../lib/entities/entity-ref.ts';
import { EntityLink } from '../../lib/entities/EntityLink.tsx';
import { kindWord } from '../../lib/entities/kind-words.ts';
import { NameCell, PhoneCell, TextCell } from './CatalogCells.tsx';

/** A column of the catalog, with the path that the server sorts by. */
interface CatalogColumn extends Omit<DataTableColumn<PartialEntity>, 'render' | 'isSortable'> {
  /** Sorting is offered only for kinds whose every entity has the field: others would drop out of the list. */
  sort?: { field: string; kinds: 'all' | readonly string[] };
  /** Kinds that have something in this column. */
  kinds: 'all' | readonly string[];
  /** The path of its value in an entity. */
  path: string;
  render: (entity: PartialEntity) => React.ReactNode;
}

const withOwner = ['', 'component', 'api', 'resource', 'system', 'domain', 'template'];

const catalogColumns: CatalogColumn[] = [
  {
    id: 'name',
    label: 'Name',
    path: 'metadata.name',
    isRowHeader: true,
    width: '3fr',
    minWidth: 260,
    sort: { field: 'metadata.name', kinds: 'all' },
    kinds: 'all',
    render: (entity) => <NameCell entity={entity} />,
  },
  {
    id: 'kind',
    label: 'Kind',
    path: 'kind',
    width: 108,
    minWidth: 108,
    sort: { field: 'kind', kinds: 'all' },
    kinds: [''],
    render: (entity) => <TextCell text={kindWord(entity.kind ?? '')} />,
  },
  refColumn({
    id: 'owner',
    label: 'Owner',
    kinds: withOwner,
    defaultKind: 'group',
    width: '1fr',
    minWidth: 112,
  }),
  refColumn({
    id: 'system',
    label: 'System',
    kinds: ['', 'component', 'api', 'resource'],
    defaultKind: 'system',
    width: '1fr',
    minWidth: 112,
  }),
  refColumn({
    id: 'domain',
    label: 'Domain',
    kinds: ['system'],
    defaultKind: 'domain',
    width: '1fr',
    minWidth: 112,
  }),
  refColumn({
    id: 'parent',
    label: 'Part of',
    kinds: ['group'],
    defaultKind: 'group',
    width: '1fr',
    minWidth: 112,
  }),
  {
    id: 'type',
    label: 'Type',
    path: 'spec.type',
    width: 120,
    minWidth: 120,
    sort: { field: 'spec.type', kinds: ['component', 'api', 'resource', 'group', 'template'] },
    kinds: ['', 'component', 'api', 'resource', 'system', 'domain', 'group', 'template', 'location'],
    render: (entity) => <TextCell text={specText(entity, 'type')} />,
  },
  {
    id: 'lifecycle',
    label: 'Lifecycle',
    path: 'spec.lifecycle',
    width: 112,
    minWidth: 112,
    sort: { field: 'spec.lifecycle', kinds: ['component', 'api'] },
    kinds: ['', 'component', 'api'],
    render: (entity) => <TextCell text={specText(entity, 'lifecycle')} />,
  },
  {
    id: 'email',
    label: 'Email',
    path: 'spec.profile.email',
    width: '1fr',
    minWidth: 160,
    kinds: ['user', 'group'],
    render: (entity) => <TextCell text={profileEmail(entity)} />,
  },
  {
    id: 'tags',
    label: 'Tags',
    path: 'metadata.tags',
    width: '1fr',
    minWidth: 128,
    kinds: 'all',
    render: (entity) => <TagList tags={entity.metadata?.tags ?? []} maxShown={2} />,
  },
  {
    id: 'namespace',
    label: 'Namespace',
    path: 'metadata.namespace',
    width: 124,
    minWidth: 110,
    sort: { field: 'metadata.namespace', kinds: 'all' },
    kinds: 'all',
    render: (entity) => <TextCell text={entity.metadata?.namespace} />,
  },
];

/** Columns that a person has to ask for. */
const hiddenAtFirst = new Set(['namespace']);

/** Columns that give way to the name in a narrow window, the first one first, unless somebody chose them. */
const givingWay = ['tags', 'email', 'lifecycle', 'type', 'system', 'domain'];

/** Pixels of the selection box and the actions button beside the columns. */
const controlsWidth = 90;

/** A column that can be chosen for a kind. */
export interface ColumnChoice {
  id: string;
  label: string;
}

/** The columns that make sense for a kind ('' for all kinds), without the name, which always stays. */
export function columnChoices(kind: string): ColumnChoice[] {
  return catalogColumns
    .filter((column) => column.id !== 'name' && isFor(column.kinds, kind))
    .map(({ id, label }) => ({ id, label }));
}

/** Those of them that are shown to somebody who has chosen none. */
export function defaultColumns(kind: string): string[] {
  return columnChoices(kind)
    .map(({ id }) => id)
    .filter((id) => !hiddenAtFirst.has(id));
}

/** What every row of a file says first: which entity it is about. */
const identityPaths = [
  'kind',
  'metadata.namespace',
  'metadata.name',
  'metadata.title',
  'metadata.description',
];

/** Paths of the columns of a kind for a file: the identity of the entity, then the chosen columns, or all. */
export function columnPaths(kind: string, chosen: readonly string[] | undefined): string[] {
  const ids = new Set(chosen ?? columnChoices(kind).map(({ id }) => id));
  const shown = catalogColumns.filter((column) => ids.has(column.id) && isFor(column.kinds, kind));
  return [...new Set([...identityPaths, ...shown.map(({ path }) => path)])];
}

/** What decides which columns the table has. */
export interface TableColumnOptions {
  kind: string;
  /** Undefined where nobody chose: then those that fit. */
  chosen: readonly string[] | undefined;
  /** Of the table, in pixels. */
  width: number;
}

/** The table's columns for a kind: the chosen ones, or those of the default ones that fit. */
export function tableColumns({ kind, chosen, width }: TableColumnOptions): DataTableColumn<PartialEntity>[] {
  const ids = new Set(chosen ?? fittingColumns(kind, width));
  return catalogColumns
    .filter(({ id, kinds }) => id === 'name' || (isFor(kinds, kind) && ids.has(id)))
    .map(
      ({
        id,
        label,
        isRowHeader = false,
        width,
        minWidth,
        sort,
        render,
      }): DataTableColumn<PartialEntity> => ({
        id,
        label,
        isRowHeader,
        ...(width !== undefined && { width }),
        ...(minWidth !== undefined && { minWidth }),
        isSortable: sort !== undefined && isFor(sort.kinds, kind),
        render,
      }),
    );
}

function fittingColumns(kind: string, width: number): string[] {
  const ids = defaultColumns(kind);
  const needed = () =>
    catalogColumns
      .filter(({ id }) => id === 'name' || ids.includes(id))
      .reduce((sum, { minWidth = 0 }) => sum + minWidth, controlsWidth);
  for (const id of givingWay) {
    if (needed() <= width) break;
    if (ids.includes(id)) ids.splice(ids.indexOf(id), 1);
  }
  return ids;
}

/** The one column of a phone: name, and what it is under it. */
export const phoneColumns: DataTableColumn<PartialEntity>[] = [
  {
    id: 'name',
    label: 'Name',
    isRowHeader: true,
    isSortable: true,
    width: '1fr',
    minWidth: 200,
    render: (entity) => <PhoneCell entity={entity} />,
  },
];

/** The server's order for `name`, `-name`, …; by name where the column cannot sort this kind. */
export function orderParameter(sort: string, kind: string): string {
  const id = sort.replace(/^-/, '');
  const column = catalogColumns.find((each) => each.id === id);
  const isPossible = column?.sort !== undefined && isFor(column.sort.kinds, kind);
  const field = isPossible && column.sort ? column.sort.field : 'metadata.name';
  return `${field},${sort.startsWith('-') && isPossible ? 'desc' : 'asc'}`;
}

function isFor(kinds: 'all' | readonly string[], kind: string): boolean {
  return kinds === 'all' || kinds.includes(kind);
}

interface RefColumnOptions {
  id: string;
  label: string;
  kinds: readonly string[];
  defaultKind: string;
  width: `${number}fr`;
  minWidth: number;
}

function refColumn({ defaultKind, ...column }: RefColumnOptions): CatalogColumn {
  return {
    ...column,
    path: `spec.${column.id}`,
    render: (entity) => {
      const ref = specRef(entity, column.id, defaultKind);
      if (ref === undefined) return <TextCell text={undefined} />;
      return <EntityLink entityRef={ref} isQuiet />;
    },
  };
}

function profileEmail(entity: PartialEntity): string | undefined {
  const profile = entity.spec?.['profile'];
  const email =
    typeof profile === 'object' && profile !== null && 'email' in profile ? profile.email : undefined;
  return typeof email === 'string' ? email : undefined;
}
