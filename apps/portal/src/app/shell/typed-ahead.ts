let letters = '';

function keep(event: KeyboardEvent) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  if (event.key.length !== 1) return;
  letters += event.key;
  event.preventDefault();
  event.stopPropagation();
}

/**
 * Letters between the key that opens the palette and its field: whoever types fast is faster than the
 * first fetch of the palette, and must not lose the beginning of a word.
 */
export const typedAhead = {
  start: () => {
    letters = '';
    window.addEventListener('keydown', keep, { capture: true });
  },
  /** Ends keeping and gives the letters. */
  take: (): string => {
    window.removeEventListener('keydown', keep, { capture: true });
    const taken = letters;
    letters = '';
    return taken;
  },
};
