import { Tooltip, VisuallyHidden } from '@mantine/core';
import {
  IconAffiliate,
  IconAlertTriangleFilled,
  IconCirclePlus,
  IconBrandGit,
  IconHelpCircle,
  IconHome,
  IconLayoutSidebarLeftCollapse,
  IconLayoutSidebarLeftExpand,
  IconLayoutList,
  IconPlugConnected,
  IconSettings,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactElement } from 'react';
import { Link, NavLink } from 'react-router';
import { paths } from '../../lib/paths.ts';
import { portalInfoQuery } from '../../lib/portal-info.queries.ts';
import styles from './Navigation.module.css';

interface Place {
  label: string;
  to: string;
  Picture: Icon;
  /** Only for the front page: a path that every other begins with. */
  isExact?: boolean;
  /** Not in the bar of a phone, which has no room for it: the page of sources leads there. */
  isWideOnly?: boolean;
}

const mainPlaces: Place[] = [
  { label: 'Home', to: paths.home(), Picture: IconHome, isExact: true },
  { label: 'Catalog', to: paths.catalog(), Picture: IconLayoutList },
  { label: 'Create', to: paths.create(), Picture: IconCirclePlus },
  { label: 'Teams', to: paths.teams(), Picture: IconUsersGroup },
  { label: 'Graph', to: paths.graph(), Picture: IconAffiliate },
];
const otherPlaces: Place[] = [
  { label: 'Repositories', to: paths.repositories(), Picture: IconBrandGit, isWideOnly: true },
  { label: 'Sources', to: paths.sources(), Picture: IconPlugConnected },
  { label: 'Settings', to: paths.settings(), Picture: IconSettings },
  { label: 'Help', to: paths.help(), Picture: IconHelpCircle },
];

export interface NavigationProps {
  isCollapsed: boolean;
  onToggle: () => void;
  /** Sources that cannot be read, told beside their place. */
  failingSources: number;
}

/** The places of the portal: a column, a column of icons, or a bar at the foot of a phone. */
export function Navigation({ isCollapsed, onToggle, failingSources }: NavigationProps) {
  const { data: portal } = useQuery(portalInfoQuery());
  const ToggleIcon = isCollapsed ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse;
  const toggleLabel = isCollapsed ? 'Expand the navigation' : 'Collapse the navigation';
  return (
    <nav className={styles.navigation} aria-label="Main" data-collapsed={isCollapsed || undefined}>
      <Link to={paths.home()} className={styles.brand} aria-label={`${portal?.title ?? 'Waymark'}, home`}>
        <span className={styles.logo} aria-hidden />
        <span className={styles.brandName}>{portal?.title ?? 'Waymark'}</span>
      </Link>
      <ul className={styles.places}>
        {mainPlaces.map((place) => (
          <PlaceItem key={place.to} place={place} isCollapsed={isCollapsed} />
        ))}
      </ul>
      <ul className={styles.places} data-secondary>
        {otherPlaces.map((place) => (
          <PlaceItem
            key={place.to}
            place={place}
            isCollapsed={isCollapsed}
            failing={place.to === paths.sources() ? failingSources : 0}
          />
        ))}
      </ul>
      <WithTooltip label={toggleLabel} isShown={isCollapsed}>
        <button
          type="button"
          className={styles.toggle}
          onClick={onToggle}
          aria-expanded={!isCollapsed}
          aria-label={toggleLabel}
        >
          <ToggleIcon size={18} stroke={1.6} aria-hidden />
          <span className={styles.label}>Collapse</span>
        </button>
      </WithTooltip>
    </nav>
  );
}

function PlaceItem({
  place,
  isCollapsed,
  failing = 0,
}: {
  place: Place;
  isCollapsed: boolean;
  failing?: number;
}) {
  const { Picture } = place;
  return (
    <li data-wide-only={place.isWideOnly || undefined}>
      <WithTooltip label={place.label} isShown={isCollapsed}>
        <NavLink to={place.to} end={place.isExact ?? false} className={styles.place}>
          <Picture size={18} stroke={1.6} aria-hidden />
          <span className={styles.label}>{place.label}</span>
          {failing > 0 && (
            <span className={styles.failing} title={`${failing} failing`}>
              <IconAlertTriangleFilled size={12} aria-hidden />
              <VisuallyHidden>,</VisuallyHidden> {failing} <VisuallyHidden>failing</VisuallyHidden>
            </span>
          )}
        </NavLink>
      </WithTooltip>
    </li>
  );
}

function WithTooltip({
  label,
  isShown,
  children,
}: {
  label: string;
  isShown: boolean;
  children: ReactElement;
}) {
  return (
    <Tooltip label={label} position="right" disabled={!isShown} openDelay={200}>
      {children}
    </Tooltip>
  );
}
