import { describe, expect, it } from 'vitest';
import { workspacePath, WorkspacePathError } from './workspace-path.ts';

describe('a path in a workspace', () => {
  it.each([
    ['README.md', 'README.md'],
    ['./docs//index.md', 'docs/index.md'],
    ['docs/', 'docs'],
    ['.', ''],
    ['.github/workflows/ci.yaml', '.github/workflows/ci.yaml'],
    ['.gitignore', '.gitignore'],
    ['Grüße/こんにちは.md', 'Grüße/こんにちは.md'],
  ])('%j means %j', (written, path) => {
    expect(workspacePath(written)).toBe(path);
  });

  it.each([
    ...['..', '../x', 'a/../../x', 'a/..', '/etc/passwd', '//server/share', 'C:\\x', 'c:x', '..\\x', 'a\\b'],
    ...['a\0b', 'a\u202eb.txt', 'a\u200bb', 'name.', 'name ', 'dir./x', 'e\u0301.md'],
    ...[
      '.git',
      '.git/config',
      '.GIT/hooks/pre-commit',
      'a/.Git/x',
      'git~1/config',
      '.git::$INDEX_ALLOCATION',
    ],
    ...['x'.repeat(300), Array.from({ length: 400 }, () => 'abc').join('/')],
  ])('%j is refused', (written) => {
    expect(() => workspacePath(written)).toThrow(WorkspacePathError);
  });
});
