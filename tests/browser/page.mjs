// What the scripts in this folder share: Debian's Chromium on the page, with an eye on everything that the page does.
import assert from 'node:assert/strict';
import { existsSync, mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import readline from 'node:readline';

export const settings = JSON.parse(process.env.GABLE_BROWSER);
const library = createRequire(`${settings.source}/tools/dashboard/package.json`);
export const mqtt = library('mqtt');
export const axe_source = library('axe-core').source;
const { chromium } = library('playwright-core');

export const kSizes = { phone: [390, 844], desktop: [1440, 900], wall: [1920, 1080] };
const kArguments = ['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking',
  '--disable-component-update', '--disable-sync'];
// Everything that the page itself may be made of; whatever else is in it came from a name.
const kOwnTags = new Set(['html', 'head', 'body', 'meta', 'title', 'link', 'script', 'noscript', 'gable-app', 'div', 'span', 'a', 'bdi', 'b', 'i', 'p', 'br', 'h1', 'h2', 'h3', 'header', 'main', 'nav', 'section',
  'button', 'input', 'select', 'option', 'label', 'form', 'details', 'summary', 'dl', 'dt', 'dd', 'ol', 'li', 'time', 'table', 'tbody', 'tr', 'td', 'pre', 'code', 'canvas', 'dialog', 'datalist', 'img', 'svg', 'path', 'rect', 'circle', 'style']);

const opened = [];  // for what to say when something fails

export class Watched {
  static async open(options = {}) {
    const browser = await chromium.launch({ executablePath: settings.chromium, args: kArguments });
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, locale: 'en-GB', ignoreHTTPSErrors: options.ignore_tls ?? false });
    const page = await context.newPage();
    page.setDefaultTimeout(settings.patience);
    const watched = new Watched(browser, context, page, options);
    await watched.watch();
    opened.push(watched);
    return watched;
  }

  constructor(browser, context, page, { base = settings.base, expected = [] } = {}) {
    Object.assign(this, { browser, context, page, base, expected, wrong: [] });
  }

  async watch() {
    const allowed = [this.base, this.base.replace(/^http/, 'ws'), `blob:${this.base}`, ...this.expected];
    const foreign = (url) => { if (!allowed.some((one) => url.startsWith(one.replace(/\/$/, '')))) this.wrong.push(`a request left for ${url.slice(0, 200)}`); };
    this.page.on('request', (request) => foreign(request.url()));
    this.page.on('websocket', (socket) => foreign(socket.url()));
    this.page.on('pageerror', (error) => this.wrong.push(`an error: ${error.stack ?? error.message}`));
    this.page.on('dialog', (dialog) => { this.wrong.push(`a dialog: ${dialog.message()}`); dialog.dismiss(); });
    this.page.on('console', (message) => {
      if (message.type() === 'error' && !/ERR_CONNECTION_REFUSED|ERR_INTERNET_DISCONNECTED|WebSocket connection|WebSocket is already in CLOSING|ERR_FAILED|404/.test(message.text())) this.wrong.push(`on the console: ${message.text()}`);
    });
    await this.page.addInitScript(() => addEventListener('securitypolicyviolation', (event) => console.error(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`)));
  }

  async go(path, query = '') {
    await this.page.goto(`${this.base}${query}#/${path}`);
    await this.page.locator('main').waitFor();
  }

  // Another page of the same document, as a click does it.
  async turn(path) {
    await this.page.evaluate((to) => { location.hash = `#/${to}`; }, path);
  }

  tile(id) {
    return this.page.locator(`g-tile:has(a[data-entity="${id}"])`);
  }

  async shot(name, sizes = Object.keys(kSizes)) {
    mkdirSync(settings.shots, { recursive: true });
    for (const size of sizes) {
      const [width, height] = kSizes[size];
      await this.page.setViewportSize({ width, height });
      await this.page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
      await this.page.screenshot({ path: `${settings.shots}/${name}-${size}.png` });
    }
    await this.page.setViewportSize({ width: 1440, height: 900 });
  }

  // Names of elements that the page is not made of, in all shadows.
  async strangers() {
    const tags = await this.page.evaluate(() => {
      const found = new Set();
      const look = (root) => { for (const element of root.querySelectorAll('*')) { found.add(element.localName); if (element.shadowRoot) look(element.shadowRoot); } };
      look(document);
      return [...found];
    });
    return tags.filter((tag) => !kOwnTags.has(tag) && !tag.startsWith('g-'));
  }

  // Down the list of everything; the median of the frames' times in ms. Never is more drawn than what is near.
  async scroll_all() {
    const { page } = this;
    await this.turn('all');
    await page.locator('g-all g-tile').first().waitFor();
    const frames = await page.evaluate(async () => {
      const times = [];
      let last = performance.now();
      for (let step = 0; step < 60; ++step) {
        scrollBy(0, 400);
        await new Promise(requestAnimationFrame);
        times.push(performance.now() - last);
        last = performance.now();
      }
      return times.sort((a, b) => a - b);
    });
    const drawn = await page.locator('g-tile').count(), median = frames[frames.length / 2];
    say(`scrolling: median frame ${median.toFixed(1)} ms, longest ${frames.at(-1).toFixed(0)} ms, ${drawn} tiles drawn`);
    assert.ok(drawn > 0 && drawn < 600, `${drawn} tiles are drawn at once`);
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.locator('g-tile').last().waitFor();
    return median;
  }

  // What a screen reader or a weak eye would stumble over, as axe-core sees it.
  async barriers() {
    await this.page.evaluate(axe_source);
    const result = await this.page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
    return result.violations.map((one) => `${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.target.flat().join(' ')} ${node.any[0]?.message ?? ''}`).join(' | ')}`);
  }

  async close() {
    await this.browser.close();
    assert.deepEqual(this.wrong, []);
  }
}

// Asks the test around this script to do something with the house's processes, and waits until it is done.
const lines = readline.createInterface({ input: process.stdin });
const answers = [];
const waiting = [];
lines.on('line', (line) => (waiting.length ? waiting.shift()(line) : answers.push(line)));
export function outside(what) {
  process.stdout.write(`ask ${what}\n`);
  return answers.length ? Promise.resolve(answers.shift()) : new Promise((done) => waiting.push(done));
}

export function say(text) {
  process.stdout.write(`${text}\n`);
}

export async function until(check, what, patience = settings.patience) {
  for (const end = Date.now() + patience; ;) {
    const found = await check();
    if (found) return found;
    assert.ok(Date.now() < end, typeof what === 'function' ? await what() : what);
    await new Promise((done) => setTimeout(done, 25));
  }
}

// Runs the script's parts one after another and ends the process with what came of it.
export async function run(parts) {
  if (!existsSync(settings.chromium)) throw new Error(`${settings.chromium} is not here`);
  for (const part of parts) {
    const began = Date.now();
    try {
      await part();
    } catch (error) {
      for (const one of opened) say(`seen before: ${one.wrong.slice(0, 5).join('\n')}`);
      throw error;
    }
    say(`${part.name.replaceAll('_', ' ')}: ${Date.now() - began} ms`);
  }
  lines.close();
  process.exit(0);
}
