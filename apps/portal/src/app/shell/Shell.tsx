import { NuqsAdapter } from 'nuqs/adapters/react-router/v8';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { NavigationType, Outlet, useLocation, useNavigation, useNavigationType } from 'react-router';
import { z } from 'zod';
import { createStoredValue, useStoredValue } from '../../lib/browser/stored-value.ts';
import { useSourceWatch } from '../../lib/sources/use-source-watch.ts';
import { Banners } from './Banners.tsx';
import { EntityHoverCard } from './EntityHoverCard.tsx';
import { Header } from './Header.tsx';
import { Navigation } from './Navigation.tsx';
import styles from './Shell.module.css';
import { typedAhead } from './typed-ahead.ts';
import { useGlobalKeys } from './use-global-keys.ts';

const Palette = lazy(async () => ({ default: (await import('../../features/palette/Palette.tsx')).Palette }));
const KeyHelp = lazy(async () => ({ default: (await import('../../features/help/KeyHelp.tsx')).KeyHelp }));

const collapsed = createStoredValue('navigation-collapsed', z.boolean(), false);

/** Everything around a page: navigation, header, banners, and what opens above all pages. */
export function Shell() {
  const [open, setOpen] = useState<'palette' | 'keys'>();
  const isCollapsed = useStoredValue(collapsed);
  const main = useRef<HTMLElement>(null);
  const openPalette = () => {
    if (open === 'palette') return;
    typedAhead.start();
    setOpen('palette');
  };
  useGlobalKeys({ openPalette, openKeyHelp: () => setOpen('keys') });
  useFocusAfterNavigation(main, open !== undefined);
  const failingSources = useSourceWatch()?.filter((source) => source.state === 'failed').length ?? 0;
  const isMoving = useNavigation().state !== 'idle';
  return (
    <NuqsAdapter>
      <a href="#main" className={styles.skip} onClick={() => main.current?.focus()}>
        Skip to the content
      </a>
      <div className={styles.shell} data-collapsed={isCollapsed || undefined}>
        <Navigation
          isCollapsed={isCollapsed}
          onToggle={() => collapsed.set(!isCollapsed)}
          failingSources={failingSources}
        />
        <div className={styles.column}>
          <Header onOpenPalette={openPalette} />
          <Banners />
          <main id="main" ref={main} tabIndex={-1} className={styles.main} aria-busy={isMoving}>
            <Outlet />
          </main>
        </div>
      </div>
      <EntityHoverCard />
      <Suspense>
        {open === 'palette' && (
          <Palette
            takeTypedAhead={typedAhead.take}
            onClose={() => setOpen(undefined)}
            onOpenKeyHelp={() => setOpen('keys')}
          />
        )}
        {open === 'keys' && <KeyHelp onClose={() => setOpen(undefined)} />}
      </Suspense>
    </NuqsAdapter>
  );
}

/** A new page starts at its top with the focus on it; going back leaves both to the page. */
function useFocusAfterNavigation(main: React.RefObject<HTMLElement | null>, isDialogOpen: boolean) {
  const { pathname } = useLocation();
  const navigationType = useNavigationType();
  const shownPath = useRef(pathname);
  useEffect(() => {
    if (shownPath.current === pathname) return;
    shownPath.current = pathname;
    if (navigationType === NavigationType.Pop) return;
    main.current?.scrollTo({ top: 0 });
    // A dialog that was opened while the page was on its way keeps the focus: somebody types in it.
    if (isDialogOpen) return;
    main.current?.focus({ preventScroll: true });
  }, [pathname, navigationType, main, isDialogOpen]);
}
