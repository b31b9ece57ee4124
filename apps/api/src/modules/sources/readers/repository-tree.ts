/** Modes of a tree entry that is an ordinary file; submodules and links are none. */
export const FILE_MODES: ReadonlySet<string> = new Set(['100644', '100755', '100664']);
export const LINK_MODE = '120000';
