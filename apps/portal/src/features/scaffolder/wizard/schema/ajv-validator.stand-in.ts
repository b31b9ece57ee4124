/**
 * In place of `@rjsf/validator-ajv8`, which the form library imports for a helper of tests. It makes code at run time,
 * which the page's policy forbids, so it is not installed; the portal validates with `form-validator.ts`.
 */
const notInstalled = undefined;

// eslint-disable-next-line no-restricted-exports -- the form library imports the default
export default notInstalled;
