/** The link as a path of this portal; undefined for one that leads out of it. `//host` and `/\host` do, to a browser. */
export function portalPath(link: string): string | undefined {
  return /^\/(?![/\\])/.test(link) ? link : undefined;
}
