import type { GrpcOutline } from '@waymark/contracts';
import { matchKeys, type ChangeList } from './change-list.ts';

type Service = GrpcOutline['services'][number];
type Procedure = Service['procedures'][number];
type Message = GrpcOutline['messages'][number];
type Field = Message['fields'][number];
type Enumeration = GrpcOutline['enumerations'][number];

/** Types that are written alike on the wire, as the language guide of Protocol Buffers lists them. */
const wireTypes: readonly (readonly string[])[] = [
  ['int32', 'uint32', 'int64', 'uint64', 'bool'],
  ['sint32', 'sint64'],
  ['string', 'bytes'],
  ['fixed32', 'sfixed32'],
  ['fixed64', 'sfixed64'],
];

/** Compares two proto files by what they mean for programs made of the old one: on the wire and in their code. */
export function compareGrpc(before: GrpcOutline, after: GrpcOutline, changes: ChangeList): void {
  if (before.package !== after.package) {
    const message = `The package changed from "${before.package}" to "${after.package}": every call has another path.`;
    changes.add('breaking', 'package', message);
  }
  matchKeys(byName(before.services), byName(after.services), {
    removed: (name) => changes.add('breaking', name, 'The service is gone.'),
    added: (name) => changes.add('compatible', name, 'The service is new.'),
    kept: (_name, left, right) => compareServices(left, right, changes),
  });
  matchKeys(byName(before.messages), byName(after.messages), {
    removed: (name) => changes.add('breaking', name, 'The message is gone.'),
    added: (name) => changes.add('compatible', name, 'The message is new.'),
    kept: (_name, left, right) => compareMessages(left, right, { before, after }, changes),
  });
  matchKeys(byName(before.enumerations), byName(after.enumerations), {
    removed: (name) => changes.add('breaking', name, 'The enumeration is gone.'),
    added: (name) => changes.add('compatible', name, 'The enumeration is new.'),
    kept: (_name, left, right) => compareEnumerations(left, right, changes),
  });
}

function byName<Named extends { name: string }>(all: readonly Named[]): Map<string, Named> {
  return new Map(all.map((one) => [one.name, one]));
}

function compareServices(before: Service, after: Service, changes: ChangeList): void {
  matchKeys(byName(before.procedures), byName(after.procedures), {
    removed: (name) => changes.add('breaking', `${after.name}.${name}`, 'The procedure is gone.'),
    added: (name) => changes.add('compatible', `${after.name}.${name}`, 'The procedure is new.'),
    kept: (name, left, right) => compareProcedures(left, right, `${after.name}.${name}`, changes),
  });
}

function compareProcedures(before: Procedure, after: Procedure, path: string, changes: ChangeList): void {
  const changed = (what: string, left: string, right: string) => {
    if (left !== right) changes.add('breaking', path, `The ${what} changed from ${left} to ${right}.`);
  };
  changed('request', before.request, after.request);
  changed('reply', before.reply, after.reply);
  changed('request side', streamWords(before.streamsRequests), streamWords(after.streamsRequests));
  changed('reply side', streamWords(before.streamsReplies), streamWords(after.streamsReplies));
  noteDeprecation(before, after, path, changes);
}

function streamWords(isStream: boolean): string {
  return isStream ? 'a stream' : 'a single message';
}

function noteDeprecation(
  before: { isDeprecated: boolean },
  after: { isDeprecated: boolean },
  path: string,
  changes: ChangeList,
): void {
  if (after.isDeprecated && !before.isDeprecated) changes.add('compatible', path, 'Is deprecated now.');
}

interface Files {
  before: GrpcOutline;
  after: GrpcOutline;
}

function compareMessages(before: Message, after: Message, files: Files, changes: ChangeList): void {
  const byNumber = (fields: readonly Field[]) =>
    new Map(fields.map((field) => [String(field.number), field]));
  const newNames = new Set(after.fields.map(({ name }) => name));
  matchKeys(byNumber(before.fields), byNumber(after.fields), {
    removed: (_number, field) => {
      const path = `${after.name}.${field.name}`;
      if (newNames.has(field.name))
        changes.add('breaking', path, `The number is not ${field.number} any more.`);
      else addRemovedField(field, after, path, changes);
    },
    added: (_number, field) => addNewField(field, before, `${after.name}.${field.name}`, changes),
    kept: (_number, left, right) => compareFields(left, right, `${after.name}.${right.name}`, files, changes),
  });
  for (const name of before.reservedNames) {
    if (!after.reservedNames.includes(name) && !newNames.has(name)) {
      changes.add('unclear', after.name, `The name "${name}" is not reserved any more.`);
    }
  }
}

function addRemovedField(field: Field, after: Message, path: string, changes: ChangeList): void {
  const isReserved = isReservedNumber(after, field.number);
  const message = isReserved
    ? 'The field is gone; its number is reserved.'
    : `The field is gone, and its number ${field.number} is not reserved: a later field may be read as it.`;
  changes.add('breaking', path, message);
}

function isReservedNumber({ reservedNumbers }: Message, number: number): boolean {
  return reservedNumbers.some(([from, to]) => number >= from && number <= to);
}

function addNewField(field: Field, before: Message, path: string, changes: ChangeList): void {
  if (isReservedNumber(before, field.number)) {
    changes.add('breaking', path, `The field takes the number ${field.number}, which was reserved.`);
  } else if (before.reservedNames.includes(field.name)) {
    changes.add('breaking', path, 'The field takes a name that was reserved.');
  } else if (field.label === 'required') {
    changes.add('breaking', path, 'A new field is required.');
  } else if (!before.fields.some(({ name }) => name === field.name)) {
    changes.add('compatible', path, 'The field is new.');
  }
}

function compareFields(before: Field, after: Field, path: string, files: Files, changes: ChangeList): void {
  if (before.name !== after.name) {
    const message = `The field ${before.number} is not called "${before.name}" any more: code and JSON name it differently.`;
    changes.add('breaking', path, message);
  }
  compareFieldTypes(before, after, path, files, changes);
  if (before.label !== after.label) compareLabels(before, after, path, changes);
  if (before.oneof !== after.oneof) {
    const where = (oneof: string | undefined) => (oneof === undefined ? 'no oneof' : `the oneof ${oneof}`);
    changes.add('breaking', path, `The field moved from ${where(before.oneof)} to ${where(after.oneof)}.`);
  }
  noteDeprecation(before, after, path, changes);
}

function compareFieldTypes(
  before: Field,
  after: Field,
  path: string,
  files: Files,
  changes: ChangeList,
): void {
  const [left, right] = [fullType(before, files.before), fullType(after, files.after)];
  if (left === right) return;
  const isAlike = wireTypes.some((group) => group.includes(left) && group.includes(right));
  const message = `The type changed from ${left} to ${right}${isAlike ? ', which is written alike but read differently' : ''}.`;
  changes.add(isAlike ? 'unclear' : 'breaking', path, message);
}

/** The type without the package of its own file: `acme.v1.Order` and `Order` are one there. */
function fullType({ type, keyType }: Field, outline: GrpcOutline): string {
  const plain = type.replace(/^\./, '');
  const own = `${outline.package}.`;
  const local = outline.package !== '' && plain.startsWith(own) ? plain.slice(own.length) : plain;
  return keyType === undefined ? local : `map<${keyType}, ${local}>`;
}

function compareLabels(before: Field, after: Field, path: string, changes: ChangeList): void {
  const presence = new Set(['single', 'optional']);
  const isPresenceOnly = presence.has(before.label) && presence.has(after.label);
  const message = `The field changed from ${before.label} to ${after.label}.`;
  changes.add(isPresenceOnly ? 'unclear' : 'breaking', path, message);
}

function compareEnumerations(before: Enumeration, after: Enumeration, changes: ChangeList): void {
  const byNumber = ({ values }: Enumeration) => {
    const names = new Map<string, string>();
    // An alias is a second name; the first one counts.
    for (const { name, number } of values) if (!names.has(String(number))) names.set(String(number), name);
    return names;
  };
  matchKeys(byNumber(before), byNumber(after), {
    removed: (number, name) =>
      changes.add('breaking', `${after.name}.${name}`, `The value ${number} is gone.`),
    added: (_number, name) =>
      // Programs made of the old file meet a number that they do not know.
      changes.add('unclear', `${after.name}.${name}`, 'The value is new.'),
    kept: (number, left, right) => {
      if (left === right) return;
      changes.add('breaking', `${after.name}.${right}`, `The value ${number} was called ${left}.`);
    },
  });
}
