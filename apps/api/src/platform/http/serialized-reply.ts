/**
 * A reply that is JSON text already. Only for hot paths whose text is made of documents that were
 * validated when they came in; their API tests parse it with the contract.
 */
export class SerializedReply {
  readonly json: string;

  constructor(json: string) {
    this.json = json;
  }
}
