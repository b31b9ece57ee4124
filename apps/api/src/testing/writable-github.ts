import { createEmulator } from 'emulate';
import { findFreePort } from './server-process.ts';

const TOKEN = 'emulator-token';

/** GitHub's API with a token that may do everything, as the emulator has it. */
export interface WritableGitHub extends AsyncDisposable {
  /** Base URL of the API. */
  readonly url: string;
  readonly token: string;
  /** Asks as the owner of the token. @throws Error with the status of an answer that is no success */
  readonly ask: <Reply>(path: string, method?: string, body?: unknown) => Promise<Reply>;
}

/** Starts one whose organisation is `acme`, with the members `admin`, who has the token, and `alex`. */
export async function startWritableGitHub(): Promise<WritableGitHub> {
  const emulator = await createEmulator({
    service: 'github',
    port: await findFreePort(),
    seed: {
      tokens: { [TOKEN]: { login: 'admin', scopes: ['repo', 'admin:org', 'delete_repo', 'workflow'] } },
      github: {
        users: ['admin', 'alex'].map((login) => ({ login, name: login, email: `${login}@example.com` })),
        orgs: [{ login: 'acme', members: [{ login: 'admin', role: 'admin' }, { login: 'alex' }] }],
      },
    },
  });
  return {
    url: emulator.url,
    token: TOKEN,
    async ask<Reply>(path: string, method = 'GET', body?: unknown) {
      const answer = await fetch(`${emulator.url}${path}`, {
        method,
        headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      if (!answer.ok) throw new Error(`The emulator answered ${answer.status} to ${method} ${path}.`);
      // The shape is what the emulator promises; a wrong one fails the expectation.
      return (answer.status === 204 ? undefined : await answer.json()) as Reply;
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}
