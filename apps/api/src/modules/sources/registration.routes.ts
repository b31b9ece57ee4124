import {
  addLocation,
  analyzeLocation,
  analyzeSource,
  deleteLocation,
  getLocation,
  getLocationByEntity,
  getLocations,
  previewSourceRemoval,
  queryLocations,
  registerSource,
  removeSource,
  updateLocation,
  updateSource,
} from '@waymark/contracts';
import type { FastifyInstance } from 'fastify';
import { serve } from '../../platform/http/serve.ts';
import type { RegistrationService } from './registration.service.ts';

/** Mounts what people do to the list of sources, and the same in Backstage's shape as locations. */
export function registrationRoutes(app: FastifyInstance, registration: RegistrationService): void {
  serve(app, analyzeSource, ({ body }, caller) => registration.analyze(caller, body));
  serve(app, registerSource, ({ body }, caller) => registration.register(caller, body));
  serve(app, updateSource, ({ params, body }, caller) => registration.update(caller, params.id, body));
  serve(app, previewSourceRemoval, ({ params }, caller) => registration.previewRemoval(caller, params.id));
  serve(app, removeSource, async ({ params }, caller) => {
    await registration.remove(caller, params.id);
    return null;
  });
  serve(app, getLocations, async (_, caller) =>
    (await registration.locations(caller)).map((location) => ({ data: location })),
  );
  serve(app, queryLocations, ({ body }, caller) => registration.queryLocations(caller, body));
  serve(app, getLocation, ({ params }, caller) => registration.location(caller, params.id));
  serve(app, getLocationByEntity, ({ params }, caller) => registration.locationByEntity(caller, params));
  serve(app, addLocation, (input, caller) => registration.addLocation(caller, input));
  serve(app, updateLocation, ({ params, body }, caller) =>
    registration.updateLocation(caller, params.id, body),
  );
  serve(app, deleteLocation, async ({ params }, caller) => {
    await registration.deleteLocation(caller, params.id);
    return null;
  });
  serve(app, analyzeLocation, ({ body }, caller) => registration.analyzeLocation(caller, body));
}
