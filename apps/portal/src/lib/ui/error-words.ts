import { ApiError } from '@waymark/api-client';

/** An error in words for the person who sees it: what happened and what to try. */
export interface ErrorWords {
  title: string;
  advice: string;
  requestId: string | undefined;
}

type Words = [title: string, advice: string];

const wordsByCode: Partial<Record<ApiError['code'], Words>> = {
  'client.offline': [
    'The server cannot be reached',
    'Check that it runs and that you are connected, then try again.',
  ],
  'client.bad-reply': [
    'The server gave an answer that the portal does not understand',
    'Something between you and the server may have changed it, or the two are of different versions. Reload the page.',
  ],
  'catalog.not-ready': [
    'The catalog is still loading',
    'It reads its sources now. Try again in a few seconds.',
  ],
  'catalog.bad-filter': [
    'This filter is not valid',
    'The address may be incomplete. Clear the filters and start again.',
  ],
  'catalog.bad-order': ['This order is not valid', 'Choose another column to sort by.'],
  'catalog.bad-cursor': ['The list has changed meanwhile', 'Load it again from its beginning.'],
  'server.overloaded': ['The server is busy', 'Wait a moment and try again.'],
  'server.unavailable': [
    'The server cannot reach its database',
    'Nothing is lost. Whoever runs the portal sees the reason at /readyz.',
  ],
  'server.unexpected': [
    'Something went wrong on our side',
    'Try again. If it stays, report it with the request id below.',
  ],
  'actor.unauthenticated': ['You are not signed in', 'Sign in and open this page again.'],
  'actor.forbidden': ['You may not see this', 'Ask an administrator of the portal for access.'],
};

/** Puts any error into words. Switches on the code, never on the text. */
export function errorWords(error: unknown): ErrorWords {
  if (!(error instanceof ApiError)) {
    return {
      title: 'This page has failed',
      advice: 'It is a fault of the portal, not yours. Reload the page; if it stays, report what you did.',
      requestId: undefined,
    };
  }
  const [title, advice] = wordsByCode[error.code] ?? [error.message, 'Try again or go back.'];
  return { title, advice, requestId: error.requestId };
}

/** Did the server say that the thing itself is not there. */
export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404 && error.code !== 'route.not-found';
}
