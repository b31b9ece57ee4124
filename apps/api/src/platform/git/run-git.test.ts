import { pino } from 'pino';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { runGit } from './run-git.ts';
import { GitError } from './git-error.ts';

afterEach(() => vi.unstubAllEnvs());

describe('a git that cannot be started', () => {
  it('is told of without what it was called with: the URL may hold a password', async () => {
    vi.stubEnv('PATH', '/nonexistent');
    const call = runGit(['ls-remote', 'https://reader:xyzzy-19@git.example/x.git'], {
      signal: new AbortController().signal,
    });
    const error: unknown = await call.catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(GitError);
    expect(error).toMatchObject({ code: 'git.not-installed', cause: { code: 'ENOENT' } });
    const lines: string[] = [];
    const log = pino({}, { write: (line: string) => void lines.push(line) });
    log.warn({ err: error instanceof Error ? error.cause : undefined }, 'failed');
    expect(lines.join('')).toContain('ENOENT');
    expect(lines.join('')).not.toContain('xyzzy-19');
  });
});
