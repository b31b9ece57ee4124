/** Deeper encoding than this is nobody's honest path. */
const MAX_DECODINGS = 10;

/**
 * True for a path that holds a `.` or `..` segment once it is decoded until nothing changes any more, or that cannot
 * be decoded: some server on the way may decode it once more than the others.
 */
export function hasDotSegment(path: string): boolean {
  let current = path;
  for (let round = 0; round < MAX_DECODINGS; round += 1) {
    if (/(^|[/\\])\.\.?($|[/\\])/.test(current)) return true;
    let decoded: string;
    try {
      decoded = decodeURIComponent(current);
    } catch {
      return true;
    }
    if (decoded === current) return false;
    current = decoded;
  }
  return true;
}

/** A path as it stands in a URL: its names are data, so each is encoded by itself. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/');
}
