import { DockerfileParser } from 'dockerfile-ast';
import { validate } from 'dockerfile-utils';

/** What is wrong with a Dockerfile by its syntax and by our rules. */
export function dockerfileFindings(text: string): string[] {
  const dockerfile = DockerfileParser.parse(text);
  const stages = dockerfile.getFROMs();
  const images = stages.map((from) => from.getImage() ?? '');
  const users = dockerfile.getInstructions().filter((one) => one.getKeyword() === 'USER');
  const lastStage = stages.at(-1)?.getRange().start.line ?? 0;
  const lastUser = users.findLast((user) => user.getRange().start.line > lastStage);
  const rules = {
    'more than one stage': stages.length > 1,
    'versions of base images': images.every(
      (image) => image === 'scratch' || /:\d+\.\d+[\w.-]*$/.test(image),
    ),
    'a numeric user that is not root, so that the cluster can tell': /^[1-9]\d*:[1-9]\d*$/.test(
      lastUser?.getArgumentsContent() ?? '',
    ),
    'no secret in ARG or ENV': !/^(ARG|ENV).*(PASSWORD|SECRET|TOKEN)/im.test(text),
    'no ADD': !/^ADD /m.test(text),
    'a command without a shell, which would keep the signals': /^(CMD|ENTRYPOINT) \[/m.test(text),
  };
  return [
    ...validate(text).map(({ message, range }) => `line ${range.start.line + 1}: ${JSON.stringify(message)}`),
    ...Object.entries(rules).flatMap(([rule, holds]) => (holds ? [] : [rule])),
  ];
}
