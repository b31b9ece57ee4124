import type { Socket } from 'node:net';

const granted = new WeakSet<Socket>();

/**
 * Lets the request that comes over a socket now take longer than the server's time for requests, which is meant for
 * small bodies. Whoever asks for this sets a limit of its own. Ends with {@link endLongRequest}.
 */
export function allowLongRequest(socket: Socket): void {
  granted.add(socket);
}

/** The next request over the socket is like any other. */
export function endLongRequest(socket: Socket): void {
  granted.delete(socket);
}

/** Whether the request over the socket may still go on. */
export function isLongRequest(socket: Socket): boolean {
  return granted.has(socket);
}
