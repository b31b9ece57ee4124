export { createOutboundFetch, type OutboundFetch, type OutboundRequest } from './outbound-fetch.ts';
export { OutboundError, type OutboundErrorCode } from './outbound-error.ts';
export { allowedHostsOf, type AllowedHost, type ReadingSettings } from './configured-hosts.ts';
export { createIntegrations, type Integration, type Integrations, type RemoteKind } from './integrations.ts';
export { createAllowedHosts, type AllowedHosts } from './allowed-hosts.ts';
export { demandPublicAddress } from './public-address.ts';
export { encodePath, hasDotSegment } from './url-path.ts';
