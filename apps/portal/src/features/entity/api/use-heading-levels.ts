import { useEffect, useRef } from 'react';

const headings = 'h1, h2, h3, h4, h5, h6';

/**
 * Gives the headings of a viewer of another library levels without gaps, below the page's own heading: who listens to
 * a page finds their way by them. To be put on the viewer's element.
 */
export function useHeadingLevels<Element extends HTMLElement>() {
  const viewer = useRef<Element>(null);
  useEffect(() => {
    const element = viewer.current;
    if (element === null) return undefined;
    const level = () => {
      let previous = 1;
      for (const heading of element.querySelectorAll(headings)) {
        const wanted = Math.min(Math.max(2, Number(heading.tagName.slice(1))), previous + 1);
        if (heading.getAttribute('aria-level') !== String(wanted)) {
          heading.setAttribute('role', 'heading');
          heading.setAttribute('aria-level', String(wanted));
        }
        previous = wanted;
      }
    };
    level();
    // Viewers unfold and draw late. Attributes are not watched, so this does not wake itself.
    const observer = new MutationObserver(level);
    observer.observe(element, { childList: true, subtree: true });
    return () => observer.disconnect();
  }, []);
  return viewer;
}
