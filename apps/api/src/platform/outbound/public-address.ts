import { lookup as systemLookup, type LookupAddress } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { OutboundError } from './outbound-error.ts';

/** Resolves a name to all of its addresses. */
export type LookupAll = (
  hostname: string,
  callback: (error: Error | null, addresses: LookupAddress[]) => void,
) => void;

/** The resolver of the system. */
export const lookupWithSystem: LookupAll = (hostname, callback) =>
  systemLookup(hostname, { all: true, verbatim: true }, callback);

/**
 * Whether an address is one of the public internet: not loopback, private, link-local, carrier-grade NAT, multicast,
 * a translation of IPv4 into IPv6, or anything else that is reserved.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}

/** @throws OutboundError for an address that is not public. */
export function demandPublicAddress(hostname: string, address: string): void {
  if (isPublicAddress(address)) return;
  throw new OutboundError(
    'outbound.private-address',
    `${hostname} leads to ${address === hostname ? 'an address' : 'a machine'} that is not on the public internet.`,
    'If this server shall read it, name the host in backend.reading.allow or integrations of the configuration.',
  );
}

/**
 * A lookup for sockets that gives public addresses or an error. What it checked is what the socket connects to, so a
 * name that changes its mind between check and use gains nothing. One bad address among several refuses them all.
 */
export function createPublicLookup(lookupAll: LookupAll): LookupFunction {
  return (hostname, options, callback) => {
    lookupAll(hostname, (error, addresses) => {
      if (error) return callback(error, '', 0);
      try {
        for (const { address } of addresses) demandPublicAddress(hostname, address);
      } catch (refusal) {
        return callback(asError(refusal), '', 0);
      }
      answer(hostname, addresses, options.all === true, callback);
    });
  };
}

/** The same without a check, for hosts that the operator put on the list. */
export function createPlainLookup(lookupAll: LookupAll): LookupFunction {
  return (hostname, options, callback) => {
    lookupAll(hostname, (error, addresses) => {
      if (error) return callback(error, '', 0);
      answer(hostname, addresses, options.all === true, callback);
    });
  };
}

function answer(
  hostname: string,
  addresses: LookupAddress[],
  isAllWanted: boolean,
  callback: Parameters<LookupFunction>[2],
): void {
  const [first] = addresses;
  if (!first) return callback(new Error(`No address for ${hostname}.`), '', 0);
  if (isAllWanted) return callback(null, addresses);
  callback(null, first.address, first.family);
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error(String(thrown));
}
