import { notificationLimits, notificationSeverities } from '@waymark/contracts';
import { parseRef, stringifyRef } from '@waymark/catalog-model';
import { z } from 'zod';
import type { Audience, NotificationSender } from '../../notifications/index.ts';
import type { JsonObject } from '../engine/json.ts';
import { ActionFailure, defineAction, NothingMadeFailure, textIn, type ScaffolderAction } from './action.ts';

/** What notifications of runs come from; Backstage's word for it. */
const ORIGIN = 'scaffolder';
const MAX_REFS = 200;
const MAX_REF_LENGTH = 500;

const text = (name: keyof typeof notificationLimits) => z.string().max(notificationLimits[name]);

const input = z
  .object({
    recipients: z.enum(['broadcast', 'entity']).describe('Everybody, or the people behind entityRefs'),
    entityRefs: z
      .array(z.string().min(1).max(MAX_REF_LENGTH))
      .max(MAX_REFS)
      .optional()
      .describe('People, groups, or things whose owners are told'),
    title: text('title').min(1),
    info: text('description').optional().describe('More than the title says'),
    link: text('link').optional().describe('A path of the portal, or an address of http or https'),
    severity: z.enum(notificationSeverities).default('normal'),
    scope: text('scope').optional().describe('It takes the place of an earlier one with the same scope'),
    topic: text('topic').optional(),
    optional: z.boolean().default(false).describe('Go on when it cannot be sent'),
  })
  .refine(({ recipients, entityRefs = [] }) => recipients === 'broadcast' || entityRefs.length > 0, {
    error: 'give entityRefs, or make recipients "broadcast"',
    path: ['entityRefs'],
  });
type Input = z.output<typeof input>;

/** Tells people something in the portal. */
export function createNotificationAction(sender: NotificationSender): ScaffolderAction {
  return defineAction({
    id: 'notification:send',
    description: 'Sends a notification that people find in the portal.',
    input,
    output: z.object({}),
    examples: [
      {
        description: 'Tell whoever started the run that it is ready',
        example:
          'action: notification:send\ninput:\n  recipients: entity\n  entityRefs:\n    - ${{ user.ref }}\n  title: ${{ parameters.name }} is ready\n  info: Its repository and its page in the catalog are there.\n  link: ${{ steps.publish.output.remoteUrl }}\n',
      },
      {
        description: 'Tell everybody',
        example:
          'action: notification:send\ninput:\n  recipients: broadcast\n  title: There is a new service, ${{ parameters.name }}\n  severity: low\n',
      },
    ],
    workspace: 'none',
    dryRun: 'skips',
    plan: (values) => [planOf(values)],
    async run(values, context) {
      const { effects, actor, taskId, log, signal } = context;
      const caller = { actor, requestId: taskId };
      const { title, link } = values;
      const effect = {
        key: title,
        kind: 'notification',
        title: `Notification "${title}"`,
        details: {},
      } as const;
      try {
        await effects.once(effect, async ({ idempotencyKey }) => {
          const sent = await sender.send(notificationOf(values, idempotencyKey), audienceOf(values), caller);
          if (sent === undefined) throw nobodyThere();
          log.info(`Sent "${title}" to ${wordsFor(sent.people)}`);
          return { ...(link === undefined ? {} : { url: link }), details: { id: sent.id } };
        });
      } catch (error) {
        if (!values.optional || signal.aborted || !(error instanceof ActionFailure)) throw error;
        log.warn(`Not sent: ${error.message}`);
      }
      return {};
    },
    async undo({ details }, { actor }) {
      const { id } = details;
      if (typeof id === 'string') await sender.withdraw(id, { actor, requestId: `undo-${id}` });
    },
  });
}

function planOf(values: JsonObject): string {
  const title = textIn(values, 'title');
  const what = title === undefined ? 'a notification' : `the notification "${title}"`;
  if (values['recipients'] === 'broadcast') return `Sends ${what} to everybody`;
  const refs = Array.isArray(values['entityRefs']) ? values['entityRefs'] : [];
  const names = refs.filter((ref) => typeof ref === 'string');
  return names.length === 0 ? `Sends ${what}` : `Sends ${what} to ${names.join(', ')}`;
}

function notificationOf({ title, info, link, severity, scope, topic }: Input, sentFor: string) {
  return {
    ...{ origin: ORIGIN, title, description: info, severity, scope, topic, sentFor },
    link: link === undefined ? undefined : demandLink(link),
  };
}

/** The first slash of `//host` would lead away from the portal. */
function demandLink(link: string): string {
  if (/^\/(?![/\\])/.test(link)) return link;
  const url = URL.canParse(link) ? new URL(link) : undefined;
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return link;
  throw new NothingMadeFailure(
    `The link ${JSON.stringify(link)} is neither a path of the portal nor an address of http or https.`,
    'Begin it with /, http:// or https://.',
  );
}

function audienceOf({ recipients, entityRefs = [] }: Input): Audience {
  if (recipients === 'broadcast') return { everybody: true };
  return { entityRefs: entityRefs.map(canonical) };
}

function canonical(ref: string): string {
  try {
    return stringifyRef(parseRef(ref));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new NothingMadeFailure(
      `${JSON.stringify(ref)} in entityRefs is not a reference: ${why}`,
      'Write it as kind:namespace/name, for example group:default/team-a.',
      error,
    );
  }
}

function nobodyThere(): NothingMadeFailure {
  return new NothingMadeFailure(
    'There is nobody behind entityRefs: no person, no group with members, and nothing that somebody owns.',
    'Check that the references are in the catalog and that the groups have members.',
  );
}

function wordsFor(people: number | 'everybody'): string {
  if (people === 'everybody') return people;
  return people === 1 ? 'one person' : `${people} people`;
}
