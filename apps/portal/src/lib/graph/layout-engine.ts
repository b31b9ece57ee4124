import ELK, { type ELK as Engine, type ElkNode } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';

let engine: Engine | undefined;

/**
 * Lays a graph out in a worker, so that the page stays usable meanwhile. The worker is started with the
 * first picture and kept: reading its 1.5 MB again for each would cost more than the layout.
 */
export function layoutInWorker(task: ElkNode): Promise<ElkNode> {
  engine ??= new ELK({ workerFactory: () => new Worker(workerUrl) });
  return engine.layout(task);
}
