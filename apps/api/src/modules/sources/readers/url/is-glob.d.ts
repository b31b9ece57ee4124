/** The package has no types of its own. */
declare module 'is-glob' {
  function isGlob(text: string, options?: { strict?: boolean }): boolean;
  export = isGlob;
}
