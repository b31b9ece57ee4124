import {
  cancelTask,
  checkTemplateDraft,
  createTask,
  dryRunTemplate,
  getRun,
  getTask,
  getTemplateDetails,
  getTemplateFiles,
  getTemplateParameterSchema,
  idempotencyHeader,
  listActions,
  listRepositoryHosts,
  listRuns,
  listTaskEvents,
  listTasks,
  listTemplates,
  listTemplatingExtensions,
  noteVisit,
  planRun,
  previewRun,
  previewTemplate,
  retryTask,
  streamTaskEvents,
  undoRun,
} from '@waymark/contracts';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { AppError } from '../../platform/errors/app-error.ts';
import { startEventStream } from '../../platform/http/event-stream.ts';
import { serve, serveRaw, type CallContext } from '../../platform/http/serve.ts';
import type { RunFollower } from './run-follower.ts';
import { MAX_EVENTS_AT_ONCE } from './runs/run-record.ts';
import type { ScaffolderService } from './scaffolder.service.ts';

/** Mounts Backstage's scaffolder protocol and Waymark's own paths beside it. */
export function scaffolderRoutes(
  app: FastifyInstance,
  service: ScaffolderService,
  follower: RunFollower,
): void {
  serve(app, listActions, (_, caller) => service.actions(caller));
  serve(app, listTemplatingExtensions, (_, caller) => service.extensions(caller));
  serve(app, getTemplateParameterSchema, ({ params }, caller) => service.parameterSchema(caller, params));
  serve(app, listTemplates, (_, caller) => service.listTemplates(caller));
  serve(app, getTemplateDetails, ({ params }, caller) => service.template(caller, params));
  serve(app, listRepositoryHosts, (_, caller) => service.hosts(caller));
  serve(app, planRun, ({ body }, caller) => service.plan(caller, body));
  serve(app, previewRun, ({ body }, caller) => service.preview(caller, body, untilClosed(caller.reply)));
  serve(app, previewTemplate, ({ params }, caller) =>
    service.previewTemplate(caller, params, untilClosed(caller.reply)),
  );
  serve(app, dryRunTemplate, ({ body }, caller) => service.dryRun(caller, body, untilClosed(caller.reply)));
  serve(app, getTemplateFiles, ({ params }, caller) =>
    service.templateFiles(caller, params, untilClosed(caller.reply)),
  );
  serve(app, checkTemplateDraft, ({ body }, caller) =>
    service.checkDraft(caller, body, untilClosed(caller.reply)),
  );
  serve(app, createTask, ({ body }, caller) => service.start(caller, body, idempotencyKeyOf(caller)));
  serve(app, listTasks, ({ query }, caller) => service.listTasks(caller, query));
  serve(app, getTask, ({ params }, caller) => service.task(caller, params.taskId));
  serve(app, cancelTask, ({ params }, caller) => service.cancel(caller, params.taskId));
  serve(app, retryTask, ({ params, body }, caller) => service.retry(caller, params.taskId, body?.secrets));
  serve(app, listRuns, ({ query }, caller) => service.listRuns(caller, query));
  serve(app, getRun, ({ params }, caller) => service.run(caller, params.taskId));
  serve(app, undoRun, ({ params }, caller) => service.undo(caller, params.taskId));
  serve(app, noteVisit, async ({ params, body }, caller) => {
    await service.noteVisit(caller, params.visitId, body);
    return null;
  });
  serveEvents(app, service, follower);
}

function serveEvents(app: FastifyInstance, service: ScaffolderService, follower: RunFollower): void {
  serve(app, listTaskEvents, async ({ params, query: { after = 0 } }, caller) => {
    const events = await service.events(caller, params.taskId, after);
    if (events.length > 0) return events;
    await follower.news(params.taskId, untilClosed(caller.reply));
    return service.events(caller, params.taskId, after);
  });

  serveRaw(app, streamTaskEvents, async ({ params: { taskId }, query }, caller) => {
    const after = query.after ?? lastEventIdOf(caller) ?? 0;
    // Waiting begins before reading: what comes in between is not missed.
    const news = follower.news(taskId, untilClosed(caller.reply));
    const first = await service.events(caller, taskId, after);
    const stream = startEventStream(caller.reply);
    for (const event of first) stream.send({ id: event.id, name: event.type, data: event });
    const isMore = first.length >= MAX_EVENTS_AT_ONCE;
    void forward(first.at(-1)?.id ?? after, isMore ? Promise.resolve() : news);

    async function forward(from: number, since: Promise<void>): Promise<void> {
      const read = (last: number) => service.events(caller, taskId, last);
      const { signal } = stream;
      try {
        for await (const event of follower.follow(read, { taskId, after: from, signal, news: since })) {
          stream.send({ id: event.id, name: event.type, data: event });
        }
      } catch (error) {
        caller.reply.log.warn({ err: error, taskId }, 'scaffolder: a log is not followed any more');
      } finally {
        stream.end();
      }
    }
  });
}

/** Aborted when whoever asked is gone. */
function untilClosed(reply: FastifyReply): AbortSignal {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  return gone.signal;
}

function idempotencyKeyOf({ reply }: CallContext): string | undefined {
  const { name, maxLength } = idempotencyHeader;
  const key = reply.request.headers[name];
  if (key === undefined) return undefined;
  if (typeof key === 'string' && key !== '' && key.length <= maxLength) return key;
  throw new AppError('request.invalid', `The header Idempotency-Key must have 1 to ${maxLength} characters.`);
}

/** What a browser sends when it comes back to a stream. */
function lastEventIdOf({ reply }: CallContext): number | undefined {
  const id = Number(reply.request.headers['last-event-id']);
  return Number.isSafeInteger(id) && id >= 0 ? id : undefined;
}
