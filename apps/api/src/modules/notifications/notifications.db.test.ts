import {
  getEntityByName,
  getNotificationStatus,
  listNotifications,
  updateNotifications,
} from '@waymark/contracts';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '../../platform/auth/caller.ts';
import { eventually, useScaffolderServer } from '../../testing/scaffolder-server.ts';
import { openNotificationSender, type NotificationSender } from './index.ts';
import { createNotificationsRepository, type NotificationsRepository } from './notifications.repository.ts';

const server = useScaffolderServer();
const GUEST = 'user:default/guest';
const caller: Caller = { actor: { ref: GUEST }, requestId: 'request-1' };
const plain = { origin: 'scaffolder', severity: 'normal' } as const;
let sender: NotificationSender;
let repository: NotificationsRepository;

function entity(kind: string, name: string, spec: Record<string, unknown>): string {
  return JSON.stringify({ apiVersion: 'backstage.io/v1alpha1', kind, metadata: { name }, spec });
}

/** A circle of three groups, told from both ends, with members told from both ends; and what a group owns. */
const PEOPLE = [
  entity('Group', 'all', { type: 'team', children: ['platform'] }),
  entity('Group', 'platform', { type: 'team', children: [], members: ['bo'] }),
  entity('Group', 'inner', { type: 'team', parent: 'platform', children: ['all'] }),
  entity('Group', 'empty', { type: 'team', children: [] }),
  entity('User', 'ada', { memberOf: ['all'] }),
  entity('User', 'bo', { memberOf: [] }),
  entity('User', 'cy', { memberOf: ['inner'] }),
  entity('User', 'di', { memberOf: [] }),
  entity('Component', 'shop', { type: 'service', lifecycle: 'production', owner: 'inner' }),
].join('\n---\n');

beforeAll(async () => {
  sender = openNotificationSender(server.database);
  repository = createNotificationsRepository(server.database);
  await server.folder.write('people/catalog-info.yaml', PEOPLE);
  await eventually(() =>
    server.api.call(getEntityByName, {
      params: { kind: 'component', namespace: 'default', name: 'shop' },
      query: {},
    }),
  );
});

beforeEach(async () => {
  await server.database.pool.query('DELETE FROM notification');
});

const send = (title: string, more: Partial<Parameters<NotificationSender['send']>[0]> = {}, refs = [GUEST]) =>
  sender.send({ ...plain, title, ...more }, { entityRefs: refs }, caller);
const tellAll = (title: string, more: Partial<Parameters<NotificationSender['send']>[0]> = {}) =>
  sender.send({ ...plain, title, ...more }, { everybody: true }, caller);
const own = async (query: { offset?: number; limit?: number; read?: 'true' | 'false' } = {}) =>
  server.api.call(listNotifications, { query });
const titlesOf = (list: readonly { payload: { title: string } }[]) =>
  list.map(({ payload }) => payload.title);
const titlesFor = async (userRef: string) =>
  titlesOf(await repository.listOwn(userRef, { isRead: undefined, offset: 0, limit: 100 }));
const mark = (ids: string[], read: boolean) => server.api.call(updateNotifications, { body: { ids, read } });

describe('the people behind entities', () => {
  it.each([
    ['user:default/ada', ['ada']],
    ['user:default/not-in-the-catalog', ['not-in-the-catalog']],
    ['group:default/all', ['ada', 'bo', 'cy']],
    ['group:default/inner', ['ada', 'bo', 'cy']],
    ['component:default/shop', ['ada', 'bo', 'cy']],
    ['group:default/empty', []],
    ['component:default/nowhere', []],
  ])('%s: %j', async (ref, people) => {
    const sent = await send('Hello', {}, [ref]);
    expect(sent?.people ?? 0).toBe(people.length);
    for (const name of ['ada', 'bo', 'cy', 'di', 'not-in-the-catalog']) {
      expect(await titlesFor(`user:default/${name}`)).toEqual(people.includes(name) ? ['Hello'] : []);
    }
  });

  it('get one notification each, however often they are meant', async () => {
    await send('Hello', {}, ['user:default/ada', 'group:default/all', 'component:default/shop']);
    expect(await titlesFor('user:default/ada')).toEqual(['Hello']);
  });
});

describe('one’s notifications', () => {
  it('are those to oneself and to everybody, the newest first, in Backstage’s shape', async () => {
    await send('For somebody else', {}, ['user:default/ada']);
    await send('First');
    await tellAll('Second', {
      ...{ description: 'More', link: '/catalog', severity: 'high', topic: 'news', scope: 'a' },
    });
    const { notifications, totalCount } = await own();
    expect(totalCount).toBe(2);
    expect(notifications).toEqual([
      {
        ...{ id: expect.any(String), user: null, origin: 'scaffolder', created: expect.any(String) },
        payload: {
          ...{ title: 'Second', description: 'More', link: '/catalog', severity: 'high' },
          ...{ topic: 'news', scope: 'a' },
        },
      },
      {
        ...{ id: expect.any(String), user: GUEST, origin: 'scaffolder', created: expect.any(String) },
        payload: { title: 'First', severity: 'normal' },
      },
    ]);
  });

  it('come page by page', async () => {
    for (const title of ['1', '2', '3']) await send(title);
    const pages = await Promise.all([own({ limit: 2 }), own({ limit: 2, offset: 2 })]);
    expect(pages.map((page) => [titlesOf(page.notifications), page.totalCount])).toEqual([
      [['3', '2'], 3],
      [['1'], 3],
    ]);
  });

  it('are read and unread again, those to everybody for each person alone', async () => {
    await send('Mine');
    await tellAll('For all');
    const ids = (await own()).notifications.map(({ id }) => id);
    expect(await server.api.call(getNotificationStatus, {})).toEqual({ unread: 2, read: 0 });
    const marked = await mark(ids, true);
    expect(marked.map(({ read }) => typeof read)).toEqual(['string', 'string']);
    expect(await server.api.call(getNotificationStatus, {})).toEqual({ unread: 0, read: 2 });
    expect(await repository.countOwn('user:default/ada')).toEqual({ unread: 1, read: 0 });
    expect(await mark(ids, true)).toEqual(marked);
    await mark(ids.slice(0, 1), false);
    expect(titlesOf((await own({ read: 'false' })).notifications)).toEqual(['For all']);
    expect(await own({ read: 'true' })).toMatchObject({ totalCount: 1, notifications: [{ user: GUEST }] });
  });

  it('are nobody else’s to mark', async () => {
    const sent = await send('Hers', {}, ['user:default/ada']);
    expect(await mark([sent?.id ?? ''], true)).toEqual([]);
    expect(await repository.countOwn('user:default/ada')).toEqual({ unread: 1, read: 0 });
    expect(await repository.countOwn(GUEST)).toEqual({ unread: 0, read: 0 });
  });

  it.each([
    { ids: [], read: true },
    { ids: ['1'], read: true },
    { ids: ["' OR 1=1"], read: true },
    { read: true },
  ])('are not marked by %j', async (body) => {
    const response = await fetch(`${server.url}${updateNotifications.path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(400);
  });
});

describe('a notification', () => {
  it('is sent once for one purpose, whoever asks first', async () => {
    const all = await Promise.all(Array.from({ length: 8 }, () => send('Once', { sentFor: 'run-1' })));
    expect(new Set(all.map((sent) => sent?.id)).size).toBe(1);
    expect(await titlesFor(GUEST)).toEqual(['Once']);
  });

  it('takes the place of an earlier one with its scope, for the people who get it', async () => {
    await send('Old', { scope: 'build' }, ['user:default/ada', 'user:default/di']);
    await send('Other scope', { scope: 'deploy' }, ['user:default/ada']);
    await send('Other origin', { scope: 'build', origin: 'other' }, ['user:default/ada']);
    await send('New', { scope: 'build' }, ['user:default/ada']);
    expect(await titlesFor('user:default/ada')).toEqual(['New', 'Other origin', 'Other scope']);
    expect(await titlesFor('user:default/di')).toEqual(['Old']);
    await send('Newest', { scope: 'build' }, ['user:default/di']);
    expect(await titlesFor('user:default/di')).toEqual(['Newest']);
    const { rows } = await server.database.pool.query('SELECT title FROM notification ORDER BY title');
    expect(rows.map(({ title }: { title: string }) => title)).toEqual([
      ...['New', 'Newest', 'Other origin', 'Other scope'],
    ]);
  });

  it('to everybody is unread again when a later one takes its place', async () => {
    await tellAll('Old', { scope: 'release' });
    await send('Mine', { scope: 'release' });
    await mark(
      (await own()).notifications.map(({ id }) => id),
      true,
    );
    await tellAll('New', { scope: 'release' });
    expect(titlesOf((await own()).notifications)).toEqual(['New', 'Mine']);
    expect(titlesOf((await own({ read: 'false' })).notifications)).toEqual(['New']);
  });

  it('that is withdrawn is gone for everybody, and a second time does no harm', async () => {
    const sent = await tellAll('Wrong');
    await sender.withdraw(sent?.id ?? '', caller);
    await sender.withdraw(sent?.id ?? '', caller);
    expect(await titlesFor(GUEST)).toEqual([]);
    const { rows } = await server.database.pool.query(
      'SELECT action FROM audit_entry WHERE target = $1 ORDER BY id',
      [`notification:${sent?.id}`],
    );
    expect(rows).toEqual([{ action: 'notification.send' }, { action: 'notification.withdraw' }]);
  });

  it('is kept for a year', async () => {
    await send('Old');
    await server.database.pool.query("UPDATE notification SET created_at = now() - interval '367 days'");
    await send('New');
    expect(await titlesFor(GUEST)).toEqual(['New']);
  });
});
