import { useTestDatabase } from '@waymark/testing';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase, type Database } from './database.ts';
import type { NotificationListener } from './notifications.ts';

const testDatabase = useTestDatabase('empty');
const NAME = 'notifications-test';
let database: Database;
let heard: string[];

beforeEach(() => {
  heard = [];
  database = openDatabase({
    ...{ url: testDatabase().url, applicationName: NAME, maxConnections: 1 },
    onIdleError: () => {},
  });
});
afterEach(() => database.close());

function listen(channel: string, name = channel): NotificationListener {
  return database.listen(channel, {
    onNotification: (payload) => heard.push(`${name}: ${payload}`),
    onConnected: () => heard.push(`${name} connected`),
    onConnectionLost: () => heard.push(`${name} lost`),
  });
}

const notify = (channel: string, payload: string) =>
  database.pool.query('SELECT pg_notify($1, $2)', [channel, payload]);

async function listeningProcesses(): Promise<number[]> {
  const { rows } = await database.pool.query<{ pid: number }>(
    'SELECT pid FROM pg_stat_activity WHERE application_name = $1',
    [`${NAME}-listen`],
  );
  return rows.map(({ pid }) => pid);
}

describe('whoever listens', () => {
  it('hears his channel alone, on one connection for all', async () => {
    listen('first');
    listen('second');
    listen('first', 'also first');
    await expect.poll(() => heard).toEqual(['first connected', 'second connected', 'also first connected']);
    listen('late');
    await expect.poll(() => heard).toContain('late connected');
    heard = [];
    await notify('first', 'one');
    await notify('late', 'two');
    await notify('nobody', 'three');
    await expect.poll(() => heard).toEqual(['first: one', 'also first: one', 'late: two']);
    expect(await listeningProcesses()).toHaveLength(1);
  });

  it('hears nothing any more when he has left, and the others do', async () => {
    const leaving = listen('same', 'leaving');
    listen('same', 'staying');
    await expect.poll(() => heard).toHaveLength(2);
    await leaving.close();
    await notify('same', 'one');
    await expect.poll(() => heard.slice(2)).toEqual(['staying: one']);
  });

  it('is told when the connection was lost and when it is there again', async () => {
    listen('first');
    listen('second');
    await expect.poll(() => heard).toHaveLength(2);
    heard = [];
    await database.pool.query('SELECT pg_terminate_backend($1)', await listeningProcesses());
    await expect
      .poll(() => heard)
      .toEqual(['first lost', 'second lost', 'first connected', 'second connected']);
    await notify('second', 'one');
    await expect.poll(() => heard.slice(4)).toEqual(['second: one']);
  });

  it('leaves no connection behind, and finds another when he comes back', async () => {
    const only = listen('first');
    await expect.poll(() => heard).toEqual(['first connected']);
    await only.close();
    await expect.poll(listeningProcesses).toEqual([]);
    listen('first', 'again');
    await expect.poll(() => heard).toEqual(['first connected', 'again connected']);
  });

  it('may leave before anything stands', async () => {
    await listen('first').close();
    listen('second');
    await expect.poll(() => heard).toEqual(['second connected']);
  });
});
