import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/**
 * Why a server could not listen there, in words for the person who started it.
 *
 * @param {{ host: string, port: number }} address port 0 is always free
 * @returns {Promise<{ message: string, hint: string } | undefined>} undefined when it could
 */
export async function explainIfTaken({ host, port }) {
  const code = await tryListen({ host, port });
  if (code === undefined) return undefined;
  const address = `${host}:${port}`;
  if (code === 'EADDRINUSE') {
    const holder = findHolder(port);
    const by = holder === undefined ? 'another program' : `process ${holder.pid} (${holder.command})`;
    return {
      message: `Port ${port} on ${host} is taken by ${by}.`,
      hint: `Choose another one: PORT=${port + 1} npm start, or server.port in waymark.yaml.`,
    };
  }
  if (code === 'EACCES') {
    return {
      message: `This user may not listen on ${address}.`,
      hint: 'Ports below 1024 need special rights. Choose another one: PORT=7100 npm start.',
    };
  }
  return {
    message: `Nothing can listen on ${address} (${code}).`,
    hint: 'HOST (server.host) has to be an address of this machine: 127.0.0.1 for this machine alone, 0.0.0.0 for all.',
  };
}

/**
 * A port of this machine that nothing listens on at the moment.
 *
 * @returns {Promise<number>}
 */
export function findFreePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function tryListen(address) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ ...address, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}

/** The process that listens on a port, if this user may know. */
function findHolder(port) {
  try {
    return process.platform === 'linux' ? findInProc(port) : findByLsof(port);
  } catch {
    return undefined;
  }
}

function findInProc(port) {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  const LISTENING = '0A';
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
      readFileSync(table, 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter((fields) => fields[1]?.endsWith(`:${hexPort}`) && fields[3] === LISTENING)
        .map((fields) => `socket:[${fields[9]}]`),
    ),
  );
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    if (openFilesOf(pid).some((target) => inodes.has(target))) {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
      return { pid: Number(pid), command: command.slice(0, 80) };
    }
  }
  return undefined;
}

/** Empty for processes of other users. */
function openFilesOf(pid) {
  try {
    const folder = `/proc/${pid}/fd`;
    return readdirSync(folder).map((fd) => {
      try {
        return readlinkSync(`${folder}/${fd}`);
      } catch {
        return '';
      }
    });
  } catch {
    return [];
  }
}

function findByLsof(port) {
  const answer = execFileSync('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'], { encoding: 'utf8' });
  const pid = Number(/^p(\d+)$/m.exec(answer)?.[1]);
  return Number.isInteger(pid) ? { pid, command: /^c(.+)$/m.exec(answer)?.[1] ?? 'unknown' } : undefined;
}
