import { useEffect, useEffectEvent } from 'react';
import { useNavigate } from 'react-router';
import { tinykeys } from 'tinykeys';
import { useStoredValue } from '../../lib/browser/stored-value.ts';
import { letterKeys } from '../../lib/browser/letter-keys.ts';
import { paths } from '../../lib/paths.ts';

export interface GlobalKeyHandlers {
  openPalette: () => void;
  openKeyHelp: () => void;
}

/** Keys that work on every page. Letters are mute while somebody types, and can be switched off in Settings. */
export function useGlobalKeys(handlers: GlobalKeyHandlers) {
  const navigate = useNavigate();
  const hasLetterKeys = useStoredValue(letterKeys);
  const openPalette = useEffectEvent(handlers.openPalette);
  const openKeyHelp = useEffectEvent(handlers.openKeyHelp);
  const goTo = useEffectEvent((path: string) => void navigate(path));
  useEffect(() => {
    const command = {
      '$mod+k': (event: KeyboardEvent) => {
        event.preventDefault();
        openPalette();
      },
    };
    const letters = {
      '(\\?)': () => openKeyHelp(),
      'Shift+(\\?)': () => openKeyHelp(),
      'g h': () => goTo(paths.home()),
      'g c': () => goTo(paths.catalog()),
      'g n': () => goTo(paths.create()),
      'g t': () => goTo(paths.teams()),
      'g o': () => goTo(paths.ownership()),
      'g g': () => goTo(paths.graph()),
      'g f': () => goTo(paths.search()),
      'g s': () => goTo(paths.sources()),
      '(/)': (event: KeyboardEvent) => focusFilter(event),
    };
    // Before the page's own handlers, because lists keep letters to themselves.
    const stopCommand = tinykeys(window, command, { capture: true, ignore: () => false });
    const stopLetters = hasLetterKeys
      ? tinykeys(window, letters, { capture: true, ignore: isMute })
      : () => {};
    return () => {
      stopCommand();
      stopLetters();
    };
  }, [hasLetterKeys]);
}

/** Puts the focus into the page's filter, or does nothing where there is none. */
function focusFilter(event: KeyboardEvent) {
  const filter = document.querySelector<HTMLInputElement>('[data-page-filter]');
  if (!filter) return;
  event.preventDefault();
  filter.focus();
  filter.select();
}

function isMute(event: KeyboardEvent): boolean {
  if (event.isComposing || event.repeat) return true;
  if (document.querySelector('[role="dialog"][aria-modal="true"]')) return true;
  const target = event.target;
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('textarea, select, input:not([type="checkbox"]):not([type="radio"])'))
  );
}
