import { expect, test } from 'vitest';
import { paintLine } from './ansi-pieces.ts';

const escape = '\u001B';
const colours = (raw: string) =>
  (paintLine(raw, '').pieces ?? []).map(({ text, colour, marks }) => [text, colour, marks]);

test('a plain line has no pieces', () => {
  expect(paintLine('npm install\t3 packages', '')).toEqual({
    text: 'npm install\t3 packages',
    pieces: undefined,
    carried: '',
  });
});

test('colours and marks are read, and the text is what one sees', () => {
  expect(colours(`a ${escape}[1;31mb${escape}[0m c`)).toEqual([
    ['a ', undefined, ''],
    ['b', 'red', 'bold'],
    [' c', undefined, ''],
  ]);
  expect(paintLine(`a ${escape}[1;31mb${escape}[0m c`, '').text).toBe('a b c');
});

test.each([
  ['38;5;9', 'red'],
  ['38;5;46', 'green'],
  ['38;5;21', 'blue'],
  ['38;2;250;20;20', 'red'],
  ['38;2;20;240;240', 'cyan'],
  ['38;5;244', undefined],
  ['96', 'cyan'],
])('the colour %s is shown as %s', (code, colour) => {
  expect(colours(`${escape}[${code}mx`)).toEqual(colour === undefined ? [] : [['x', colour, '']]);
});

test('titles, links, cursor moves and bells are left out', () => {
  const raw = `${escape}]0;title\u0007${escape}]8;;https://example.com${escape}\\link${escape}]8;;${escape}\\ ${escape}[2K${escape}[1Gdone\u0007`;
  expect(paintLine(raw, '').text).toBe('link done');
});

test('after a return the line is written over', () => {
  expect(paintLine('10%\r50%\r100%', '').text).toBe('100%');
  expect(paintLine('done\r', '').text).toBe('done');
});

test('markup is text', () => {
  expect(paintLine(`${escape}[31m<img src=x onerror=alert(1)>`, '').pieces?.[0]?.text).toBe(
    '<img src=x onerror=alert(1)>',
  );
});

test('colours that are on go on; a reset ends them; too many are forgotten', () => {
  expect(paintLine(`${escape}[31mred`, '').carried).toBe(`${escape}[31m`);
  expect(paintLine(`red${escape}[m`, `${escape}[31m`).carried).toBe('');
  expect(paintLine(`${escape}[31m`.repeat(100), '').carried).toBe('');
});
