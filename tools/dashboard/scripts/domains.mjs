// Reads schemas/domains.yaml and writes src/generated/domains.ts: what the page knows of domains, so that a control
// that names a service, a parameter or an attribute that is not there does not compile.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const source = join(here, '../../../schemas/domains.yaml');
const target = join(here, '../src/generated/domains.ts');

const kShape = ['type', 'unit', 'min', 'max', 'options', 'needs', 'range_from', 'options_from', 'sets', 'required'];

const pick = (from, keys) => Object.fromEntries(keys.filter((key) => from[key] !== undefined).map((key) => [key, from[key]]));

// A parameter that sets an attribute is declared as that attribute is.
function parameter(domain, spec) {
  const declared = domain.attributes?.[spec.sets] ?? {};
  return pick({ ...declared, ...spec }, kShape);
}

function service(domain, spec) {
  const params = Object.entries(spec.params ?? {}).map(([name, param]) => [name, parameter(domain, param ?? {})]);
  return { ...pick(spec, ['needs', 'expects', 'toggles']), params: Object.fromEntries(params) };
}

function domain(spec) {
  const map = (object, make) => Object.fromEntries(Object.entries(object ?? {}).map(([key, value]) => [key, make(value ?? {})]));
  return {
    title: spec.title,
    states: spec.states,
    features: Object.keys(spec.features ?? {}),
    attributes: map(spec.attributes, (attribute) => pick(attribute, kShape)),
    services: map(spec.services, (one) => service(spec, one)),
  };
}

const all = parse(readFileSync(source, 'utf8'));
const table = Object.fromEntries(Object.entries(all).map(([name, spec]) => [name, domain(spec)]));
mkdirSync(dirname(target), { recursive: true });
writeFileSync(target, `// Made by scripts/domains.mjs from schemas/domains.yaml.\nexport const kDomains = ${JSON.stringify(table, null, 1)} as const;\n`);
