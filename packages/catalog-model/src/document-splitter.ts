/** One YAML document of a stream, not parsed yet. */
export interface DocumentText {
  /** The text of the document, with its directives and with a marker line that holds content. */
  text: string;
  /** Line of the file on which the text begins, counted from 1. */
  line: number;
}

const blankOrComment = /^[ \t\r]*(?:#|$)/;

/**
 * Splits a YAML stream at its document markers (`---` and `...` at the beginning of a line, where YAML allows nothing
 * else), so that an error in one document leaves the others alone. Texts without content are left out.
 * Looks at lines only: linear in time, and a marker in the middle of a line is none.
 */
export function splitDocuments(stream: string): DocumentText[] {
  const splitter = new StreamSplitter(stream);
  let start = 0;
  while (start < stream.length) {
    const newline = stream.indexOf('\n', start);
    const end = newline < 0 ? stream.length : newline + 1;
    splitter.takeLine(start, end);
    start = end;
  }
  splitter.close(stream.length);
  return splitter.documents;
}

class StreamSplitter {
  readonly documents: DocumentText[] = [];
  private readonly stream: string;
  private line = 0;
  private start = 0;
  private startLine = 1;
  /** Before the first content, and after `...`: where `%` begins a directive that belongs to the next document. */
  private isBetween = true;
  private hasDirective = false;
  private hasContent = false;

  constructor(stream: string) {
    this.stream = stream;
  }

  takeLine(start: number, end: number): void {
    this.line++;
    const marker = this.stream.charCodeAt(start) === byteOrderMark ? start + 1 : start;
    const first = this.stream.charCodeAt(marker);
    if (first === dash && this.isMarker(marker, '---')) this.beginDocument(start, marker, end);
    else if (first === dot && this.isMarker(start, '...')) this.endDocument(start, end);
    else if (this.isBetween && first === percent) this.takeDirective(start);
    else if (!this.hasContent) this.takePossibleContent(start, end);
  }

  close(end: number): void {
    if (this.hasContent || this.hasDirective) {
      this.documents.push({ text: this.stream.slice(this.start, end), line: this.startLine });
    }
    this.hasContent = false;
    this.hasDirective = false;
  }

  private beginDocument(start: number, marker: number, end: number): void {
    const hasInlineContent = !blankOrComment.test(this.lineFrom(marker + 3, end));
    if (this.isBetween && this.hasDirective) {
      // The directives and this marker belong to one document.
      this.hasContent = true;
    } else {
      this.close(start);
      this.beginAt(hasInlineContent ? marker : end, hasInlineContent ? this.line : this.line + 1);
      this.hasContent = hasInlineContent;
    }
    this.isBetween = false;
  }

  private endDocument(start: number, end: number): void {
    if (!blankOrComment.test(this.lineFrom(start + 3, end))) {
      // Nothing may follow "..." on its line: the document keeps the line, and the parser reports it.
      this.hasContent = true;
      return;
    }
    this.close(start);
    this.beginAt(end, this.line + 1);
    this.isBetween = true;
  }

  private takeDirective(start: number): void {
    if (!this.hasDirective && !this.hasContent) this.beginAt(start, this.line);
    this.hasDirective = true;
  }

  private takePossibleContent(start: number, end: number): void {
    if (blankOrComment.test(this.lineFrom(start, end))) return;
    this.hasContent = true;
    this.isBetween = false;
  }

  private beginAt(start: number, line: number): void {
    this.start = start;
    this.startLine = line;
  }

  private isMarker(start: number, marker: string): boolean {
    if (!this.stream.startsWith(marker, start)) return false;
    const next = this.stream.charAt(start + 3);
    return next === '' || next === ' ' || next === '\t' || next === '\n' || next === '\r';
  }

  private lineFrom(start: number, end: number): string {
    return this.stream.slice(start, end).replace(/\r?\n$/, '');
  }
}

/** Between documents it means nothing; files that were put together have one in front of each. */
const byteOrderMark = 0xfeff;
const dash = 0x2d;
const dot = 0x2e;
const percent = 0x25;
