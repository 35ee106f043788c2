// Texts that nothing shows, and {places} that one language fills and the other does not. That every language has every
// key, the compiler sees.
import { readFileSync, readdirSync } from 'node:fs';

const read = (path) => readFileSync(new URL(`../src/${path}`, import.meta.url), 'utf8');
const texts = (language) => new Map([...read(`i18n/${language}.ts`).matchAll(/'([a-z]+\.[\w.]+)': '((?:[^'\\]|\\.)*)'/g)].map(([, key, text]) => [key, text]));
const sources = readdirSync(new URL('../src', import.meta.url), { recursive: true, withFileTypes: true })
  .filter((file) => file.isFile() && file.name.endsWith('.ts') && !/^(en|de|words|domains)\.ts$/.test(file.name))
  .map((file) => readFileSync(`${file.path ?? file.parentPath}/${file.name}`, 'utf8')).join('\n');

const english = texts('en'), german = texts('de'), wrong = [];
const places = (text) => [...text.matchAll(/\{(\w+)\}/g)].map(([place]) => place).sort().join();
for (const [key, text] of english) {
  if (places(text) !== places(german.get(key) ?? '')) wrong.push(`${key}: the places differ`);
  const base = key.replace(/\.(one|other)$/, '');
  const family = key.slice(0, key.indexOf('.') + 1);
  if (!sources.includes(`'${base}'`) && !sources.includes(`\`${family}\${`)) wrong.push(`${key}: nothing shows it`);
}
if (wrong.length > 0) {
  console.error(`texts of the page:\n  ${wrong.join('\n  ')}`);
  process.exit(1);
}
