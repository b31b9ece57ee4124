/** Protocols that git may use; `ext` and friends run commands and are never possible. */
const ALLOWED_PROTOCOLS = 'file:git:http:https:ssh';

/** Settings that keep a repository's own configuration and hooks from running anything. */
export const SAFE_GIT_SETTINGS: readonly string[] = [
  '-c', 'core.hooksPath=/dev/null',
  '-c', 'core.fsmonitor=false',
  '-c', 'protocol.ext.allow=never',
  '-c', 'credential.helper=',
  '-c', 'gc.auto=0',
  '-c', 'maintenance.auto=false',
]; // prettier-ignore

/** An environment made from nothing but what git needs to find its parts, and what keeps it from asking anybody. */
export function localGitEnvironment(): NodeJS.ProcessEnv {
  // eslint-disable-next-line waymark/no-process-env -- because it belongs to the machine, not to the product
  const { PATH } = process.env;
  return {
    PATH,
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
  };
}

/** The same for a git that may also talk to other servers. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  // eslint-disable-next-line waymark/no-process-env -- because these belong to the machine, not to the product
  const { SSH_AUTH_SOCK, HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE } = process.env;
  return {
    ...localGitEnvironment(),
    ...{ SSH_AUTH_SOCK, HTTPS_PROXY, HTTP_PROXY, NO_PROXY, SSL_CERT_FILE },
    GIT_SSH_COMMAND: 'ssh -oBatchMode=yes -oConnectTimeout=10',
    GIT_ALLOW_PROTOCOL: ALLOWED_PROTOCOLS,
    GIT_HTTP_LOW_SPEED_LIMIT: '1000',
    GIT_HTTP_LOW_SPEED_TIME: '30',
  };
}
