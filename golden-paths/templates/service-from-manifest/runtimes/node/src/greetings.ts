import type { FastifyPluginAsync } from 'fastify';

/** An example to replace: one file for each noun, with its routes and their schemas. */
export const greetings: FastifyPluginAsync = async (app) => {
  app.get<{ Params: { name: string } }>('/greetings/:name', { schema }, async (request) => {
    return { message: `Hello, ${request.params.name}!` };
  });
};

const schema = {
  params: {
    type: 'object',
    properties: { name: { type: 'string', minLength: 1, maxLength: 50 } },
    required: ['name'],
  },
  response: {
    200: {
      type: 'object',
      properties: { message: { type: 'string' } },
      required: ['message'],
    },
  },
};
