/** The document of one operation, `POST /orders`, with what a case is about put in. */
export function orderDocument(parts: {
  operation?: object;
  request?: object;
  response?: object;
  root?: object;
  schemas?: object;
}): string {
  const { operation, request, response, root, schemas } = parts;
  return JSON.stringify({
    openapi: '3.0.3',
    info: { title: 'Orders', version: '1' },
    paths: {
      '/orders': {
        post: {
          ...(request && {
            requestBody: { required: true, content: { 'application/json': { schema: request } } },
          }),
          responses: {
            200: {
              description: 'ok',
              ...(response && { content: { 'application/json': { schema: response } } }),
            },
          },
          ...operation,
        },
      },
    },
    ...(schemas && { components: { schemas } }),
    ...root,
  });
}

/** An object schema. */
export const object = (properties: object, required: string[] = [], more: object = {}) => ({
  type: 'object',
  properties,
  required,
  ...more,
});
export const text = { type: 'string' };
export const whole = { type: 'integer' };
