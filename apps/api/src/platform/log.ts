import { pino, type Logger } from 'pino';

export interface LogOptions {
  level: string;
  /** One coloured line for people instead of JSON. */
  isPretty: boolean;
}

/** Headers and fields that may carry a secret, wherever they are logged. */
const SECRETS = [
  'req.headers.authorization',
  'req.headers.cookie',
  'res.headers["set-cookie"]',
  '*.password',
  '*.token',
  '*.secret',
  '*.databaseUrl',
  'databaseUrl',
];

/** The process's logger: JSON lines to stdout, or readable lines for a terminal; secrets replaced. */
export function createLogger({ level, isPretty }: LogOptions): Logger {
  return pino({
    level,
    redact: { paths: SECRETS, censor: '[redacted]' },
    ...(isPretty
      ? {
          transport: {
            target: 'pino-pretty',
            options: { ignore: 'pid,hostname', translateTime: 'HH:MM:ss' },
          },
        }
      : {}),
  });
}
