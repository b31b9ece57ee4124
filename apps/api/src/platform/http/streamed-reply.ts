import { Readable } from 'node:stream';

/**
 * A reply that is made piece by piece while it is sent, so that all of it never stands in memory. A failure in the
 * middle cuts the connection: the receiver sees that the answer is not whole.
 */
export class StreamedReply {
  readonly body: Readable;
  readonly headers: Readonly<Record<string, string>>;

  private constructor(pieces: AsyncIterable<string>, headers: Readonly<Record<string, string>>) {
    // A buffer of one byte: a piece is made when the one before has gone out.
    this.body = Readable.from(pieces, { objectMode: false, highWaterMark: 1 });
    this.headers = headers;
  }

  /** Makes the first piece before anything is sent, so that a failure there is still answered as a problem. */
  static async start(
    pieces: AsyncGenerator<string>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<StreamedReply> {
    const first = await pieces.next();
    return new StreamedReply(resume(first, pieces), headers);
  }
}

async function* resume(first: IteratorResult<string>, rest: AsyncGenerator<string>): AsyncGenerator<string> {
  if (first.done) return;
  yield first.value;
  yield* rest;
}
