const focusable = 'input:not([type="hidden"]), textarea, select, button';

/** Puts the focus into the field at a path of the page, or into the nearest group around it. */
export function focusField(path: readonly string[]) {
  for (let length = path.length; length > 0; length -= 1) {
    const field = document.getElementById(['root', ...path.slice(0, length)].join('_'));
    if (!field) continue;
    const target = field.matches(focusable) ? field : field.querySelector<HTMLElement>(focusable);
    (target ?? field).focus();
    return;
  }
}

const framesToWait = 60;

/** The same for a field of a page that is on its way. */
export function focusFieldSoon(path: readonly string[]) {
  let frames = 0;
  const tryAgain = () => {
    frames += 1;
    const isThere = document.getElementById(['root', ...path.slice(0, 1)].join('_')) !== null;
    if (isThere) setTimeout(() => focusField(path));
    else if (frames < framesToWait) requestAnimationFrame(tryAgain);
  };
  requestAnimationFrame(tryAgain);
}
