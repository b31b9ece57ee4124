import { lookup } from 'node:dns/promises';
import { demandPublicAddress, OutboundError, type AllowedHosts } from '../../../platform/outbound/index.ts';
import { SourceReadError } from './source-reader.ts';

/**
 * Settings for git that hold it to one server: the addresses that were checked here are those that it connects to,
 * and it follows no redirect and no alternate. For repositories that people, not the operator, name.
 *
 * @throws SourceReadError for a URL that may not be read
 */
export async function guardedGitSettings(repositoryUrl: string, hosts: AllowedHosts): Promise<string[]> {
  try {
    const url = hosts.demand(repositoryUrl);
    const hostname = url.hostname.replace(/^\[(.*)\]$/, '$1');
    const addresses = (await lookup(hostname, { all: true, verbatim: true })).map(({ address }) => address);
    if (!hosts.isPrivateAllowed(url.hostname, url.port, url.protocol)) {
      for (const address of addresses) demandPublicAddress(hostname, address);
    }
    const port = url.port || (url.protocol === 'https:' ? '443' : '80');
    return [
      ...['-c', 'http.followRedirects=false', '-c', 'http.proxy='],
      ...['-c', `http.curloptResolve=${hostname}:${port}:${addresses.map(bracketed).join(',')}`],
    ];
  } catch (error) {
    if (error instanceof OutboundError) {
      throw new SourceReadError(error.code, error.message, error.hint, error);
    }
    throw new SourceReadError(
      'git.unreachable',
      'The Git server cannot be found.',
      'Check the host name and the network. Until then the last good entities stay.',
      error,
    );
  }
}

function bracketed(address: string): string {
  return address.includes(':') ? `[${address}]` : address;
}
