/** The definition of an API: the text that stands in its descriptor and the name of its language. */
export interface ApiDefinition {
  type: 'openapi' | 'asyncapi' | 'graphql' | 'grpc';
  text: string;
}
