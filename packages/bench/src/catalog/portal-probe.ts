/**
 * What runs inside the measured page, as text: this package's code is compiled for Node, which knows no `document`.
 * `probe.state()` tells which rows the list shows, by their number and the first one; `probe.paintedAfterKey(state)`
 * gives the milliseconds from the last key until those rows were painted; `probe.longestFrame(since)` is the longest
 * time between two frames since an instant of `performance.now()`; of a frame that had begun, what came after it.
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
    return total.replaceAll(/[^0-9]/g, '') + ' ' + row;
  };
  let pressedAt = 0;
  let painted = [];
  let seen = '';
  addEventListener('keydown', ({ timeStamp }) => {
    pressedAt = timeStamp;
    painted = [];
    seen = state();
  }, { capture: true });
  /** A frame is painted once the task after its callbacks runs. */
  const afterPaint = (work) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = work;
    port2.postMessage(undefined);
  });
  new MutationObserver(() => {
    const now = state();
    if (now === seen) return;
    seen = now;
    afterPaint(() => painted.push({ state: now, at: performance.now() }));
  }).observe(document, { subtree: true, childList: true, characterData: true, attributes: true });
  const paintedAfterKey = (expected) => {
    const at = painted.find(({ state }) => state === expected)?.at;
    return at === undefined ? undefined : at - pressedAt;
  };
  const longestFrame = (since) =>
    Math.max(0, ...frames.filter(({ at }) => at > since).map(({ at, ms }) => Math.min(ms, at - since)));

  window.probe = { state, paintedAfterKey, longestFrame };
})();
`;
