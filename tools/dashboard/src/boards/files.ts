// Boards that people write: YAML files in the folder `dashboards` beside the page, listed in its index.yaml. They are
// read again every few seconds while one is shown, so that saving a file is enough.
import { parseDocument } from 'yaml';

export interface Place { entity: string; x: number; y: number; label: string }  // x, y: percent of the picture
export type Card =
  | { type: 'heading' | 'text'; text: string }
  | { type: 'tiles'; title: string; entities: string[] }
  | { type: 'area'; area: string }
  | { type: 'chart'; title: string; entity: string; range: string }
  | { type: 'figure'; title: string; entity: string }
  | { type: 'problems' }
  | { type: 'plan'; title: string; image: string; places: Place[] };
export interface Board { file: string; title: string; columns: number; cards: Card[]; error: string }

const kBytes = 256 * 1024;
const kCards = 200;
const kFile = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,80}$/;

class Wrong extends Error {}

type Plain = Record<string, unknown>;

function is_map(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(map: Plain, key: string, fallback?: string): string {
  const value = map[key];
  if (typeof value === 'string' || typeof value === 'number') return String(value);
  if (value === undefined && fallback !== undefined) return fallback;
  throw new Wrong(`${key}: a text is expected here`);
}

function texts(map: Plain, key: string): string[] {
  const value = map[key];
  if (!Array.isArray(value) || !value.every((one) => typeof one === 'string')) throw new Wrong(`${key}: a list of entity ids is expected here`);
  return value.slice(0, 1_000) as string[];
}

function percent(map: Plain, key: string): number {
  const value = map[key];
  if (typeof value !== 'number' || value < 0 || value > 100) throw new Wrong(`${key}: a number from 0 to 100 is expected here`);
  return value;
}

function file_name(name: string): string {
  if (!kFile.test(name)) throw new Wrong(`“${name}” is not the name of a file in this folder`);
  return name;
}

function card_of(value: unknown): Card {
  if (!is_map(value)) throw new Wrong('cards: each one needs a type');
  const type = text(value, 'type'), title = text(value, 'title', '');
  switch (type) {
    case 'heading':
    case 'text': return { type, text: text(value, 'text') };
    case 'tiles': return { type, title, entities: texts(value, 'entities') };
    case 'area': return { type, area: text(value, 'area') };
    case 'chart': return { type, title, entity: text(value, 'entity'), range: text(value, 'range', '24h') };
    case 'figure': return { type, title, entity: text(value, 'entity') };
    case 'problems': return { type };
    case 'plan': {
      const places = value['places'];
      if (!Array.isArray(places) || !places.every(is_map)) throw new Wrong('places: a list of {entity, x, y} is expected here');
      return { type, title, image: file_name(text(value, 'image')), places: places.slice(0, 500).map((place) => ({ entity: text(place, 'entity'), x: percent(place, 'x'), y: percent(place, 'y'), label: text(place, 'label', '') })) };
    }
    default: throw new Wrong(`type: there is no card “${type}”; there are heading, text, tiles, area, chart, figure, problems and plan`);
  }
}

async function read(name: string): Promise<string> {
  const answer = await fetch(`dashboards/${name}`, { cache: 'no-store' });
  if (!answer.ok) throw new Wrong(`${answer.status}`);
  const size = Number(answer.headers.get('content-length') ?? 0);
  const body = size > kBytes ? '' : await answer.text();
  if (size > kBytes || body.length > kBytes) throw new Wrong('longer than 256 KiB');
  return body;
}

function parsed(source: string): unknown {
  const document = parseDocument(source, { prettyErrors: true });
  const [error] = document.errors;
  if (error) throw new Wrong(error.message);
  return document.toJS({ maxAliasCount: 50 }) as unknown;
}

async function board_of(file: string): Promise<Board> {
  const board: Board = { file, title: file.replace(/\.ya?ml$/, ''), columns: 1, cards: [], error: '' };
  try {
    const map = parsed(await read(file_name(file)));
    if (!is_map(map)) throw new Wrong('title: and cards: are expected here');
    board.title = text(map, 'title', board.title);
    const columns = map['columns'];
    board.columns = typeof columns === 'number' ? Math.min(6, Math.max(1, Math.round(columns))) : 1;
    const cards = map['cards'];
    if (!Array.isArray(cards)) throw new Wrong('cards: a list is expected here');
    cards.slice(0, kCards).forEach((card, index) => {
      try {
        board.cards.push(card_of(card));
      } catch (error) {
        throw new Wrong(`card ${index + 1}: ${(error as Error).message}`);
      }
    });
  } catch (error) {
    board.error = (error as Error).message;
  }
  return board;
}

// No index: no boards, and no mistake.
export async function read_boards(): Promise<Board[]> {
  let index: unknown;
  try {
    index = parsed(await read('index.yaml'));
  } catch (error) {
    return /^\d+$/.test((error as Error).message) || error instanceof TypeError ? [] : [{ file: 'index.yaml', title: 'index.yaml', columns: 1, cards: [], error: (error as Error).message }];
  }
  const names = is_map(index) && Array.isArray(index['dashboards']) ? index['dashboards'] : [];
  return Promise.all(names.filter((name): name is string => typeof name === 'string').slice(0, 50).map(board_of));
}

// A picture as an address of the page's own: it is shown as an image, in which nothing runs and nothing is loaded.
export async function read_picture(name: string): Promise<string> {
  const answer = await fetch(`dashboards/${name}`, { cache: 'no-store' });
  if (!answer.ok) throw new Wrong(`${name}: ${answer.status}`);
  const type = name.endsWith('.svg') ? 'image/svg+xml' : name.endsWith('.png') ? 'image/png' : 'image/jpeg';
  return URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type }));
}
