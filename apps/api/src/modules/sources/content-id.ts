/** Content ids that are no content's: what the table of files says of a file instead. None is ever a real one. */

/** The file is read again although it has not changed, also when that is found during a reading of its source. */
export const FORGOTTEN_CONTENT = '';

/** The file is gone; its row stays for entities that wait to leave. */
export const GONE_CONTENT = 'gone';

/** Begins the id of a path that was seen and cannot be read. */
export const UNLISTED_CONTENT = 'unlisted';
