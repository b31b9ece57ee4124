import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nextInGraph, readingOrder } from './graph-steps.ts';

const positions = new Map([
  ['web', { x: 0, y: 0 }],
  ['job', { x: 0, y: 60 }],
  ['api', { x: 300, y: 50 }],
  ['queue', { x: 300, y: 400 }],
  ['db', { x: 600, y: 55 }],
]);
const edges = [
  { source: 'web', target: 'api', type: 'consumesApi' },
  { source: 'job', target: 'api', type: 'consumesApi' },
  { source: 'job', target: 'queue', type: 'dependsOn' },
  { source: 'api', target: 'db', type: 'dependsOn' },
];

test('right follows a relation, left goes back, to the nearest in height where there are several', () => {
  expect(nextInGraph('ArrowRight', 'job', edges, positions)).toBe('api');
  expect(nextInGraph('ArrowLeft', 'api', edges, positions)).toBe('job');
  expect(nextInGraph('ArrowRight', 'db', edges, positions)).toBeUndefined();
  expect(nextInGraph('ArrowLeft', 'web', edges, positions)).toBeUndefined();
});

test('down and up go through the columns and stop at the ends', () => {
  expect(nextInGraph('ArrowDown', 'job', edges, positions)).toBe('api');
  expect(nextInGraph('ArrowUp', 'job', edges, positions)).toBe('web');
  expect(nextInGraph('ArrowUp', 'web', edges, positions)).toBeUndefined();
  expect(nextInGraph('Home', 'db', edges, positions)).toBe('web');
  expect(nextInGraph('End', 'web', edges, positions)).toBe('db');
});

test('a relation of a thing to itself does not catch the reader', () => {
  const loop = [{ source: 'db', target: 'db', type: 'dependsOn' }];
  expect(nextInGraph('ArrowRight', 'db', loop, positions)).toBeUndefined();
});

test('whatever the picture, down reaches every box from the first one', () => {
  const place = fc.record({ x: fc.integer({ min: 0, max: 2000 }), y: fc.integer({ min: 0, max: 2000 }) });
  fc.assert(
    fc.property(fc.array(place, { minLength: 1, maxLength: 40 }), (places) => {
      const picture = new Map(places.map((at, index) => [`box-${index}`, at]));
      const reached: string[] = [];
      let current = nextInGraph('Home', '', [], picture);
      while (current !== undefined && reached.length <= picture.size) {
        reached.push(current);
        current = nextInGraph('ArrowDown', current, [], picture);
      }
      expect(reached).toEqual(readingOrder(picture));
      expect(new Set(reached).size).toBe(picture.size);
    }),
  );
});
