import {
  IconHelpCircle,
  IconHome,
  IconKeyboard,
  IconLayoutList,
  IconMoon,
  IconPlugConnected,
  IconRefresh,
  IconSearch,
  IconSettings,
  IconSun,
} from '@tabler/icons-react';
import type { PartialEntity, Source } from '@waymark/contracts';
import { KindIcon } from '@waymark/ui';
import type { ReactNode } from 'react';
import { entityRefOf, entityTitle, parseRef } from '../../lib/entities/entity-ref.ts';
import { kindWord } from '../../lib/entities/kind-words.ts';
import type { RememberedEntity } from '../../lib/entities/remembered-entities.ts';
import { paths } from '../../lib/paths.ts';
import { sourceName } from '../../lib/sources/source-words.ts';

/** One line of the palette: it leads to a page or does something. */
export interface PaletteItem {
  id: string;
  group: 'Recent' | 'Entities' | 'Pages' | 'Actions' | 'Catalog';
  label: string;
  /** Right of the label: kind or what the action is about. */
  note?: string;
  icon: ReactNode;
  to?: string;
  run?: () => void;
}

const maxSources = 5;

/** An entity found by the server. */
export function entityItem(entity: PartialEntity): PaletteItem {
  const ref = entityRefOf(entity);
  return {
    id: `entity ${ref}`,
    group: 'Entities',
    label: entityTitle(entity),
    note: kindWord(entity.kind ?? ''),
    icon: <KindIcon kind={entity.kind ?? ''} />,
    to: paths.entity(ref),
  };
}

/** An entity that was opened before. */
export function recentItem({ ref, title }: RememberedEntity): PaletteItem {
  const { kind } = parseRef(ref);
  return {
    id: `recent ${ref}`,
    group: 'Recent',
    label: title,
    note: kindWord(kind),
    icon: <KindIcon kind={kind} />,
    to: paths.entity(ref),
  };
}

/** The pages that exist. */
export const pageItems: PaletteItem[] = [
  page('Home', paths.home(), <IconHome size={16} stroke={1.6} />),
  page('Catalog', paths.catalog(), <IconLayoutList size={16} stroke={1.6} />),
  page('Sources', paths.sources(), <IconPlugConnected size={16} stroke={1.6} />),
  page('Settings', paths.settings(), <IconSettings size={16} stroke={1.6} />),
  page('Help', paths.help(), <IconHelpCircle size={16} stroke={1.6} />),
];

function page(label: string, to: string, icon: ReactNode): PaletteItem {
  return { id: `page ${label}`, group: 'Pages', label, icon, to };
}

export interface ActionOptions {
  text: string;
  nextScheme: 'light' | 'dark';
  setScheme: (scheme: 'light' | 'dark') => void;
  sources: readonly Source[];
  refreshSource: (source: Source) => void;
  openKeyHelp: () => void;
}

/** What can be done from anywhere and fits the text. */
export function actionItems({
  text,
  nextScheme,
  setScheme,
  sources,
  refreshSource,
  openKeyHelp,
}: ActionOptions): PaletteItem[] {
  const SchemeIcon = nextScheme === 'dark' ? IconMoon : IconSun;
  const general: PaletteItem[] = [
    {
      id: 'action scheme',
      group: 'Actions',
      label: `Use the ${nextScheme} theme`,
      note: 'Toggle theme',
      icon: <SchemeIcon size={16} stroke={1.6} />,
      run: () => setScheme(nextScheme),
    },
    {
      id: 'action keys',
      group: 'Actions',
      label: 'Show the keys',
      note: 'Shortcuts',
      icon: <IconKeyboard size={16} stroke={1.6} />,
      run: openKeyHelp,
    },
  ];
  const refreshes = sources.map((source): PaletteItem => ({
    id: `action refresh ${source.id}`,
    group: 'Actions',
    label: `Refresh ${sourceName(source)}`,
    note: 'Read the source again',
    icon: <IconRefresh size={16} stroke={1.6} />,
    run: () => refreshSource(source),
  }));
  return [
    ...general.filter((item) => isMatch(item, text)),
    ...(text === '' ? [] : refreshes.filter((item) => isMatch(item, text)).slice(0, maxSources)),
  ];
}

/** Leads to the catalog with the text as its filter. */
export function searchEverywhereItem(text: string): PaletteItem {
  return {
    id: 'search everywhere',
    group: 'Catalog',
    label: `Filter the catalog by “${text}”`,
    note: 'Also in descriptions, tags and owners',
    icon: <IconSearch size={16} stroke={1.6} />,
    to: paths.catalog({ q: text }),
  };
}

/** Does every word of the text occur in the label or the note. */
export function isMatch(item: PaletteItem, text: string): boolean {
  const words = `${item.label} ${item.note ?? ''}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}
