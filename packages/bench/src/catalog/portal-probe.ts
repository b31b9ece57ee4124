/**
 * What runs inside the measured page, as text: this package's code is compiled for Node, which knows no `document`.
 * `probe.state()` tells which rows the list shows; `probe.afterKey(expected)` resolves to the milliseconds from the
 * next key until the rows that are expected after it are painted; `probe.longestFrame(since)` is the longest time
 * between two frames since an instant of `performance.now()`.
 */
export const PORTAL_PROBE = `
(() => {
  const frames = [];
  const record = (now) => {
    const last = frames.at(-1);
    frames.push({ at: now, ms: last === undefined ? 0 : now - last.at });
    requestAnimationFrame(record);
  };
  requestAnimationFrame(record);

  const state = () => {
    const total = document.querySelector('footer [role="status"]')?.textContent ?? '';
    const row = document.querySelector('[role="row"][data-key]')?.getAttribute('data-key') ?? '';
    return total + ' ' + row;
  };
  /** A frame is painted once the task after its callbacks runs. */
  const afterPaint = (work) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = work;
    port2.postMessage(undefined);
  });
  const afterKey = (expected) => new Promise((resolve) => {
    addEventListener('keydown', ({ timeStamp }) => {
      const observer = new MutationObserver(look);
      function look() {
        if (state() !== expected) return;
        observer.disconnect();
        afterPaint(() => resolve(performance.now() - timeStamp));
      }
      observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    }, { capture: true, once: true });
  });
  const longestFrame = (since) => Math.max(0, ...frames.filter(({ at }) => at > since).map(({ ms }) => ms));

  window.probe = { state, afterKey, longestFrame };
})();
`;
