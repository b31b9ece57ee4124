import { ApiError } from '@waymark/api-client';
import { expect, test } from 'vitest';
import { errorWords, isNotFound } from './error-words.ts';

test('an error of the API is told in words, with its request', () => {
  const words = errorWords(new ApiError('server.unexpected', 'Boom', { status: 500, requestId: 'r-1' }));
  expect(words).toMatchObject({ title: 'Something went wrong on our side', requestId: 'r-1' });
});

test('a code without words of its own shows what the server said', () => {
  expect(errorWords(new ApiError('request.too-large', 'The body has 9 MB.', { status: 413 })).title).toBe(
    'The body has 9 MB.',
  );
});

test('a fault of the portal never shows its own text', () => {
  const words = errorWords(new TypeError("Cannot read properties of undefined (reading 'map')"));
  expect(JSON.stringify(words)).not.toContain('undefined');
});

test('a missing thing is not a missing route', () => {
  expect(isNotFound(new ApiError('catalog.entity-not-found', '', { status: 404 }))).toBe(true);
  expect(isNotFound(new ApiError('route.not-found', '', { status: 404 }))).toBe(false);
  expect(isNotFound(new Error())).toBe(false);
});
