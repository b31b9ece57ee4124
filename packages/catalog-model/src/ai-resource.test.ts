import { describe, expect, it } from 'vitest';
import { createKindRegistry, validateEntity } from './index.ts';
import { backstageRefusal } from './testing/backstage-verdict.ts';

const kinds = createKindRegistry();
const owned = { lifecycle: 'production', owner: 'team-ai', system: 'assistants' };

function resource(spec: object): Record<string, unknown> {
  return { apiVersion: 'backstage.io/v1alpha1', kind: 'AiResource', metadata: { name: 'review' }, spec };
}

describe('AiResource', () => {
  it.each([
    { ...owned, type: 'prompt-library' },
    { ...owned, type: 'skill', allowedTools: 'grep', license: 'MIT', compatibility: 'any' },
    { ...owned, type: 'rule', category: 'security', rationale: 'why' },
    { ...owned, type: 'plugin', skills: ['review'] },
    { ...owned, type: 'marketplace', plugins: ['tools'] },
    { type: 'skill', owner: 'team-ai' },
    { type: 'skill', lifecycle: 'production' },
    { ...owned, type: 'skill', compatibility: 'x'.repeat(501) },
    { ...owned, type: 'skill', allowedTools: ['grep'] },
    { ...owned, type: 'rule' },
    { ...owned, type: 'plugin' },
    { ...owned, type: 'marketplace', plugins: 'tools' },
  ])('has the verdict of Backstage on %j', async (spec) => {
    const refusal = await backstageRefusal(resource(spec));
    expect(validateEntity(resource(spec), kinds).entity === undefined, refusal ?? 'accepted').toBe(
      refusal !== undefined,
    );
  });

  it('belongs to its owner and system, and holds its skills', () => {
    const result = validateEntity(resource({ ...owned, type: 'plugin', skills: ['review'] }), kinds);
    expect(result.entity && result.relations).toEqual([
      { type: 'ownedBy', targetRef: 'group:default/team-ai' },
      { type: 'partOf', targetRef: 'system:default/assistants' },
      { type: 'hasPart', targetRef: 'airesource:default/review' },
    ]);
  });
});
