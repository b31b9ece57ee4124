import { demandPermission, type Can } from '../../platform/auth/authorize.ts';
import type { GitTransport } from './git-http/git-transport.service.ts';
import type { RepositoriesService } from './repositories.service.ts';

const READ = 'repositories.repository.read';
const WRITE = 'repositories.repository.write';

/** The same service, for those who may. */
export function withRepositoriesPolicy(service: RepositoriesService, can: Can): RepositoriesService {
  return {
    async list(caller, request) {
      demandPermission(can, caller, READ);
      return service.list(caller, request);
    },
    async create(caller, request) {
      demandPermission(can, caller, WRITE);
      return service.create(caller, request);
    },
    async get(caller, request) {
      demandPermission(can, caller, READ);
      return service.get(caller, request);
    },
    async branches(caller, request) {
      demandPermission(can, caller, READ);
      return service.branches(caller, request);
    },
    async tree(caller, request) {
      demandPermission(can, caller, READ);
      return service.tree(caller, request);
    },
    async file(caller, request) {
      demandPermission(can, caller, READ);
      return service.file(caller, request);
    },
    async commits(caller, request) {
      demandPermission(can, caller, READ);
      return service.commits(caller, request);
    },
  };
}

/** What git itself may fetch and push. */
export function withTransportPolicy(transport: GitTransport, can: Can): GitTransport {
  return {
    async openForFetch(caller, name) {
      demandPermission(can, caller, READ);
      return transport.openForFetch(caller, name);
    },
    async openForPush(caller, name) {
      demandPermission(can, caller, WRITE);
      return transport.openForPush(caller, name);
    },
    async finishPush(caller, access) {
      demandPermission(can, caller, WRITE);
      return transport.finishPush(caller, access);
    },
  };
}
