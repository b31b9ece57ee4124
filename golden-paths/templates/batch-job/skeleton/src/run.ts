import { metrics, SpanStatusCode, trace } from '@opentelemetry/api';
import { type Conditions, type Outcome, processItems, type Work } from './process-items.ts';

const tracer = trace.getTracer('job');
const items = metrics.getMeter('job').createCounter('job.items', {
  description: 'Items that were taken up, by how they ended.',
});

/** One run of the job, as one trace. Its outcome is logged, and counted. */
export function run<Item>(work: Work<Item>, conditions: Conditions): Promise<Outcome> {
  return tracer.startActiveSpan('run', async (span) => {
    const began = performance.now();
    try {
      const outcome = await processItems(work, conditions);
      items.add(outcome.done, { outcome: 'done' });
      items.add(outcome.failed, { outcome: 'failed' });
      span.setAttributes({ 'job.done': outcome.done, 'job.failed': outcome.failed });
      const seconds = (performance.now() - began) / 1000;
      conditions.log.info({ ...outcome, seconds }, 'run ended');
      return outcome;
    } catch (error) {
      span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
      throw error;
    } finally {
      span.end();
    }
  });
}
