// Gives the verdicts of the tablet's validator. In: JSON lines, { "bundle", "schema" } once for each instrument and
// { "bundle", "answers" } for each case. Out: a line per case, "valid" or "not valid".
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';

const { Validator } = await import(pathToFileURL(process.argv[2]));
const validators = new Map();
for await (const line of createInterface({ input: process.stdin, crlfDelay: Infinity })) {
  const { bundle, schema, answers } = JSON.parse(line);
  if (schema) validators.set(bundle, new Validator(schema, '2020-12', true));
  else console.log(validators.get(bundle).validate(answers).valid ? 'valid' : 'not valid');
}
