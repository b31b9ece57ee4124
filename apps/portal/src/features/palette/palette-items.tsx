import {
  IconAffiliate,
  IconBell,
  IconCirclePlus,
  IconBrandGit,
  IconHelpCircle,
  IconHelpHexagon,
  IconHome,
  IconKeyboard,
  IconLayoutList,
  IconListDetails,
  IconMoon,
  IconPencilCode,
  IconPlayerPlay,
  IconPlugConnected,
  IconPlus,
  IconRefresh,
  IconSearch,
  IconSettings,
  IconSun,
  IconUserQuestion,
  IconUsersGroup,
} from '@tabler/icons-react';
import type { SearchResult, Source, TemplateSummary } from '@waymark/contracts';
import { KindIcon } from '@waymark/ui';
import type { ReactNode } from 'react';
import { parseRef } from '../../lib/entities/entity-ref.ts';
import { kindWord } from '../../lib/entities/kind-words.ts';
import type { RememberedEntity } from '../../lib/entities/remembered-entities.ts';
import { paths } from '../../lib/paths.ts';
import { Marked } from '../../lib/search/Marked.tsx';
import { sourceName } from '../../lib/sources/source-words.ts';

/** One line of the palette: it leads to a page or does something. */
export interface PaletteItem {
  id: string;
  group: 'Recent' | 'Entities' | 'Pages' | 'Actions' | 'Catalog';
  label: string;
  /** The label with its found letters marked, where the server says which they are. */
  marked?: ReactNode;
  /** Right of the label: kind or what the action is about. */
  note?: string;
  icon: ReactNode;
  to?: string;
  run?: () => void;
}

const maxSources = 5;
const maxTemplates = 5;

/** An entity found by the server. */
export function entityItem(result: SearchResult, term: string): PaletteItem {
  const { entityRef, title, kind } = result.document;
  return {
    id: `entity ${entityRef}`,
    group: 'Entities',
    label: title,
    marked: <Marked result={result} field="title" term={term} />,
    note: kindWord(kind),
    icon: <KindIcon kind={kind} />,
    to: paths.entity(entityRef),
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
  page('Create', paths.create(), <IconCirclePlus size={16} stroke={1.6} />),
  page('Teams', paths.teams(), <IconUsersGroup size={16} stroke={1.6} />),
  page('Ownership', paths.ownership(), <IconUserQuestion size={16} stroke={1.6} />),
  page('Graph', paths.graph(), <IconAffiliate size={16} stroke={1.6} />),
  page('Search', paths.search(), <IconSearch size={16} stroke={1.6} />),
  page('Runs', paths.runs(), <IconPlayerPlay size={16} stroke={1.6} />),
  page('Notifications', paths.notifications(), <IconBell size={16} stroke={1.6} />),
  page('Actions of templates', paths.templateActions(), <IconListDetails size={16} stroke={1.6} />),
  page('Template editor', paths.templateEditor(), <IconPencilCode size={16} stroke={1.6} />),
  page('Why is it (not) here?', paths.why(), <IconHelpHexagon size={16} stroke={1.6} />),
  page('Repositories', paths.repositories(), <IconBrandGit size={16} stroke={1.6} />),
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
  templates: readonly TemplateSummary[];
  refreshSource: (source: Source) => void;
  openKeyHelp: () => void;
}

/** What can be done from anywhere and fits the text. */
export function actionItems({
  text,
  nextScheme,
  setScheme,
  sources,
  templates,
  refreshSource,
  openKeyHelp,
}: ActionOptions): PaletteItem[] {
  const SchemeIcon = nextScheme === 'dark' ? IconMoon : IconSun;
  const general: PaletteItem[] = [
    {
      id: 'action register',
      group: 'Actions',
      label: 'Register a repository',
      note: 'Add a source to the catalog',
      icon: <IconPlus size={16} stroke={1.6} />,
      to: paths.register(),
    },
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
  const creations = templates.map((template): PaletteItem => ({
    id: `action create ${template.ref}`,
    group: 'Actions',
    label: `Create from ${template.title}`,
    note: 'Template',
    icon: <IconCirclePlus size={16} stroke={1.6} />,
    to: paths.createFrom(template.ref),
  }));
  return [
    ...general.filter((item) => isMatch(item, text)),
    ...(text === '' ? [] : creations.filter((item) => isMatch(item, text)).slice(0, maxTemplates)),
    ...(text === '' ? [] : refreshes.filter((item) => isMatch(item, text)).slice(0, maxSources)),
  ];
}

/** What else can be done with a text: all results, the catalog filtered by it, the reasons for its absence. */
export function textItems(text: string): PaletteItem[] {
  return [
    {
      id: 'search all',
      group: 'Catalog',
      label: `All results for “${text}”`,
      note: 'On a page, with filters',
      icon: <IconSearch size={16} stroke={1.6} />,
      to: paths.search({ q: text }),
    },
    {
      id: 'search everywhere',
      group: 'Catalog',
      label: `Filter the catalog by “${text}”`,
      note: 'Also in descriptions, tags and owners',
      icon: <IconLayoutList size={16} stroke={1.6} />,
      to: paths.catalog({ q: text }),
    },
    {
      id: 'why',
      group: 'Catalog',
      label: `Why is “${text}” (not) here?`,
      note: 'Sources, errors, conflicts',
      icon: <IconHelpHexagon size={16} stroke={1.6} />,
      to: paths.why(text),
    },
  ];
}

/** Does every word of the text occur in the label or the note. */
export function isMatch(item: PaletteItem, text: string): boolean {
  const words = `${item.label} ${item.note ?? ''}`.toLowerCase();
  return text
    .toLowerCase()
    .split(/\s+/)
    .every((word) => words.includes(word));
}
