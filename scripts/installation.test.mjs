import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { installedNode, isInstalled } from './installation.mjs';

const PACKAGES = {
  '': { name: 'clone' },
  'packages/db': { version: '1.0.0' },
  'node_modules/pg': { version: '8.0.0', integrity: 'sha512-a' },
  'node_modules/only-on-mac': { version: '1.0.0', integrity: 'sha512-b', optional: true },
};

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'waymark-install-'));
});
afterEach(() => {
  rmSync(root, { recursive: true, force: true });
});

function write(path, content) {
  mkdirSync(dirname(join(root, path)), { recursive: true });
  writeFileSync(join(root, path), typeof content === 'string' ? content : JSON.stringify(content));
}

/** As npm leaves it: its own list of packages is written last. */
function installAs(packages) {
  write(installedNode('').replace(/^[/\\]?/, ''), 'a program');
  write('node_modules/.package-lock.json', { packages });
}

describe('isInstalled', () => {
  test('is false on a fresh clone', () => {
    write('package-lock.json', { packages: PACKAGES });
    expect(isInstalled(root)).toBe(false);
  });

  test('is false after an installation that was cut short', () => {
    write('package-lock.json', { packages: PACKAGES });
    write(installedNode('').replace(/^[/\\]?/, ''), 'a program');
    expect(isInstalled(root)).toBe(false);
  });

  test('accepts what `npm install` by hand has installed, packages of other platforms left out', () => {
    write('package-lock.json', { packages: PACKAGES });
    const { 'node_modules/only-on-mac': _, ...installed } = PACKAGES;
    installAs(installed);
    expect(isInstalled(root)).toBe(true);
  });

  test.each([
    ['a package is missing', { 'node_modules/pg': undefined }],
    ['a version differs', { 'node_modules/pg': { version: '7.0.0', integrity: 'sha512-a' } }],
    ['a content differs', { 'node_modules/pg': { version: '8.0.0', integrity: 'sha512-x' } }],
  ])('is false when %s', (_, difference) => {
    write('package-lock.json', { packages: PACKAGES });
    installAs({ ...PACKAGES, ...difference });
    expect(isInstalled(root)).toBe(false);
  });

  test('notices a changed lockfile', () => {
    write('package-lock.json', { packages: PACKAGES });
    installAs(PACKAGES);
    expect(isInstalled(root)).toBe(true);
    // The stamp alone decides as long as the lockfile is the same.
    rmSync(join(root, 'node_modules/.package-lock.json'));
    expect(isInstalled(root)).toBe(true);
    const changed = readFileSync(join(root, 'package-lock.json'), 'utf8').replace('8.0.0', '8.0.1');
    write('package-lock.json', changed);
    expect(isInstalled(root)).toBe(false);
  });
});
