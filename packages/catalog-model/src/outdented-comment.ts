/**
 * Whether a comment line is less indented than the content line that follows it. There `yaml` (2.9) takes the lines
 * after a plain text for a part of that text, so that only `yaml` itself knows what it makes of the document.
 * Looks at lines alone, so lines of a block text that begin with "#" count as well. Linear in time.
 */
export function hasOutdentedComment(text: string): boolean {
  let position = text.indexOf('#');
  while (position >= 0) {
    const lineStart = text.lastIndexOf('\n', position) + 1;
    let next = lineEnd(text, position);
    if (indentOf(text, lineStart) === position - lineStart) {
      let commentIndent = position - lineStart;
      // Walks over further comments and blank lines to the next content.
      for (; next < text.length; next = lineEnd(text, next)) {
        const indent = indentOf(text, next);
        const first = text.charAt(next + indent);
        if (first === '#') commentIndent = Math.min(commentIndent, indent);
        else if (first !== '\n' && first !== '') {
          if (commentIndent < indent) return true;
          break;
        }
      }
    }
    position = text.indexOf('#', next);
  }
  return false;
}

function indentOf(text: string, lineStart: number): number {
  let end = lineStart;
  while (text.charCodeAt(end) === 0x20) end++;
  return end - lineStart;
}

/** The beginning of the line after the one that holds the position. */
function lineEnd(text: string, position: number): number {
  const newline = text.indexOf('\n', position);
  return newline < 0 ? text.length : newline + 1;
}
