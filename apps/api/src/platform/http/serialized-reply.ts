/**
 * A reply that is text already, JSON unless its headers say otherwise. Only for hot paths whose text is made of
 * documents that were validated when they came in, and for other media types; their API tests parse what they get.
 */
export class SerializedReply {
  readonly text: string;
  readonly headers: Readonly<Record<string, string>>;

  constructor(text: string, headers: Readonly<Record<string, string>> = {}) {
    this.text = text;
    this.headers = headers;
  }
}
