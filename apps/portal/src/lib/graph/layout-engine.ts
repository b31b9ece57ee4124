import ELK, { type ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';

// Started with the first page that may show a picture, so that the 1.6 MB of the engine are read while
// the relations are still on their way; kept, because reading them again would cost more than a layout.
const engine = new ELK({ workerFactory: () => new Worker(workerUrl) });

/** Lays a graph out in a worker, so that the page stays usable meanwhile. */
export function layoutInWorker(task: ElkNode): Promise<ElkNode> {
  return engine.layout(task);
}
