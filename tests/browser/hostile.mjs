// 10,000 hostile names and values through every view: none of them becomes an element, a script or a request. The
// script plays the hub, since a hub would refuse most of it.
import assert from 'node:assert/strict';
import { mqtt, run, say, settings, until, Watched } from './page.mjs';

const kCount = 2_500;  // each with at least seven hostile names and values
const kEvil = [
  '<img src=x onerror="globalThis.pwned=1">', '<script>globalThis.pwned=1</script>', '"><svg onload=globalThis.pwned=1>', "javascript:globalThis.pwned=1", '<iframe src="http://evil.invalid/"></iframe>',
  '<link rel=stylesheet href=//evil.invalid/x.css>', '<a href="http://evil.invalid/">click</a>', '{{constructor.constructor("globalThis.pwned=1")()}}', '${globalThis.pwned=1}', '</title><script src=//evil.invalid></script>', '<meta http-equiv=refresh content="0;url=http://evil.invalid/">', '<base href="http://evil.invalid/">',
  'url(http://evil.invalid/x.png)', '; background: url(//evil.invalid/y)', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '\u202e\u2066gnp.exe\u2069', 'a\u0000b\u0007c\u001b[31mred', '\r\n\r\nHTTP/1.1 200', '\ufeff\u200f\u200e', 'Z\u0334\u0321\u0322\u034f\u0324'.repeat(4), '👩‍👩‍👧‍👦'.repeat(4), 'x'.repeat(300), '<!--', ']]>', '&lt;b&gt;&#x3c;b&#x3e;', '%3Cscript%3E', '../../../etc/passwd', 'data:text/html,<script>globalThis.pwned=1</script>', 'mdi:../../x', '<style>*{display:none}</style>', '<form action=//evil.invalid><input name=q>', '\ud83d', 'ﷺ'.repeat(12),
];
const kHuge = `<img src=//evil.invalid/${'A'.repeat(64 * 1024)}>`;
const kDomains = ['light', 'sensor', 'binary_sensor', 'cover', 'climate', 'media_player', 'select', 'text', 'event', 'lock', 'automation', 'person', 'no_such_domain', 'update', 'input_select', 'number', 'scene', 'vacuum', 'alarm_control_panel', 'weather'];
const evil = (number) => (number % 2_499 === 0 ? kHuge : kEvil[number % kEvil.length]);
const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${settings.port}`, { protocolVersion: 5 });
const retained = { qos: 1, retain: true };
const publish = (topic, document) => client.publishAsync(topic, JSON.stringify(document), retained);

// Every name and every value is hostile; in each tenth entity everything is.
function meta(number, domain) {
  const bad = kEvil[number % kEvil.length];
  const some = { schema: 'entity/1', name: evil(number), area: number % 3 ? `room_${number % 30}` : bad, domain, unit: bad, device_class: bad, features: ['brightness', 'effect', 'set_position', 'open', 'close'] };
  if (number % 10) return some;
  return { ...some, device: { id: `x/${number % 400 ? number : bad}`, name: bad, manufacturer: bad, model: bad, via: bad, sw_version: bad }, source: bad, origin: bad, icon: bad, entity_category: number % 50 ? '' : bad, options: [bad, `${bad}!`], min: bad, max: 1e308, step: -1,
    features: ['brightness', 'color_temp', 'hs', 'effect', 'set_position', 'open', 'close', 'stop', 'target_temperature', 'play', 'pause', 'select_source', 'preset_mode', bad], capabilities: { effect_list: [bad], hvac_modes: [bad], source_list: [bad], preset_modes: [bad], min_temp: bad } };
}

function state(number) {
  const bad = kEvil[(number + 1) % kEvil.length];
  const some = { state: number % 7 ? evil(number + 1) : number % 2 ? 1e300 : { nested: bad }, brightness: bad, _by: bad, _since: bad };
  if (number % 10) return some;
  return { ...some, options: [bad], effect: bad, media_title: bad, source: bad, hs_color: [bad, bad], current_temperature: bad, temperature: bad, code_format: bad, event_type: bad, [bad]: bad, _at: bad, _seq: bad };
}

async function publish_the_house() {
  for (let at = 0; at < kCount; at += 100) {
    await Promise.all(Array.from({ length: 100 }, (_, index) => at + index).flatMap((number) => {
      const domain = kDomains[number % kDomains.length], path = `${domain}/e_${number}`;
      // A few of 64 kB are enough: each is read and looked at like the others.
      return [publish(`gable/meta/${path}`, meta(number, domain)), publish(`gable/state/${path}`, state(number)),
        ...(number % 4 ? [] : [publish(`gable/availability/${path}`, { status: number % 8 ? 'stale' : 'offline', reason: evil(number), since: evil(number) })])];
    }));
  }
  await Promise.all(Array.from({ length: 200 }, (_, number) => publish(`gable/problem/p${number}`, { severity: evil(number), text: evil(number + 1), help: evil(number + 2), since: evil(number) })));
  for (const id of ['x', 'y', '__proto__', 'constructor']) {
    await publish(`gable/bridge/${id}/status`, { status: kEvil[0], reason: kHuge });
    await publish(`gable/bridge/${id}/info`, { program: kEvil[1], version: kEvil[2], summary: kHuge });
    await publish(`gable/bridge/${id}/inventory`, { devices: [kEvil[0]] });
    await publish(`gable/bridge/${id}/health`, { uptime: kEvil[0], messages_in: kHuge, errors: 1e300 });
  }
  await publish('gable/hub/status', { status: 'online', session: kEvil[0] });
  await publish('gable/hub/info', { program: kEvil[0], version: kEvil[1] });
  for (const broken of ['{', '[]', '"x"', 'null', '{"state":'.repeat(2_000), '\u0000', kHuge]) await client.publishAsync('gable/state/light/e_0', broken, retained);
  await publish('gable/state/light/e_0', state(0));
}

// Answers as no hub would give them.
const trace = (number) => ({ t: kEvil[0], k: 'trace', rule: 'automation.e_10', name: evil(number), verdict: number % 3 ? evil(number) : 'finished', run: number, began: '2026-11-22T10:00:00.000Z', _at: evil(number), called_by: evil(number),
  trigger: { platform: evil(number), description: evil(number), entity_id: 'light.e_0', from_state: { state: evil(number) }, to_state: { state: number ? kEvil[2] : kHuge }, payload: evil(number), topic: evil(number) }, conditions: [{ condition: evil(number), result: evil(number + 1), members: [{ condition: evil(number), [evil(number + 1).slice(0, 50)]: kEvil[number % kEvil.length], result: 'false' }] }],
  steps: kEvil.map((bad, index) => ({ path: `sequence/${index}`, step: bad, alias: index % 2 ? bad : '', at: bad, call: { service: `${bad}.${bad}`, target: { entity_id: [bad, bad] }, data: { [bad]: bad } }, variables: { x: bad }, error: index % 4 ? '' : bad, conditions: [{ condition: bad, result: bad }], other: bad })) });
const lines = kEvil.flatMap((bad, index) => ['change', 'command', 'result', 'availability', 'trace', 'rename', bad].map((k) => ({ t: index % 2 ? bad : '2026-11-22T10:00:00.000Z', k, e: index % 3 ? 'light.e_0' : bad, from: bad, to: bad, a: { [bad]: bad }, by: bad, service: bad, status: bad, reason: bad, rule: bad, name: bad, verdict: bad })));
const findings = kEvil.map((bad, index) => ({ severity: index % 2 ? 'error' : bad, file: index % 3 ? 'f' : bad, line: index + 1, column: bad, code: bad, message: bad, suggestion: bad }));
const rule = (id, index) => ({ rule: id, name: kEvil[index % kEvil.length], file: 'f', line: 3, status: index % 2 ? 'ok' : 'refused', mode: kEvil[index % 5], enforcement: kEvil[1], moved: true, last_triggered: kEvil[2], current: kEvil[3], findings: findings.slice(index % 30, (index % 30) + 3) });
const kAnswers = {
  house: () => ({ name: kEvil[0], language: kEvil[1], floors: kEvil.slice(0, 6).map((bad, index) => ({ id: bad, name: bad, level: index % 2 ? bad : index })), areas: Array.from({ length: 30 }, (_, index) => ({ id: `room_${index}`, name: evil(index), floor: kEvil[index % 6], icon: kEvil[index % 9] })) }),
  history: () => ({ entity: kEvil[0], points: kEvil.map((bad, index) => ({ t: index % 3 ? `2026-11-22T${10 + (index % 9)}:00:00.000Z` : bad, state: bad, a: { current_temperature: bad }, by: bad })), more: kEvil[0] }),
  logbook: () => ({ lines: lines.filter((_, index) => index % 7 === 0), more: true }), why: () => ({ entity: kEvil[0], chain: lines.filter((_, index) => index % 8 === 3) }), rules: () => ({ rules: [...kEvil.map((bad, index) => rule(index % 3 ? `automation.${bad}` : bad, index)), rule('automation.e_10', 1)], next: null, mode: kEvil[0], findings }),
  trace: () => ({ rule: kEvil[0], traces: Array.from({ length: 4 }, (_, index) => trace(index)), now: rule('automation.e_10', 1) }), rule_text: () => ({ text: kEvil.join('\n') + kHuge }),
  shadow: () => ({ rules: kEvil.map((bad) => ({ rule: bad, decisions: bad, done: 3, missed: 1 })) }), entities: () => ({ entities: kEvil.map((bad) => ({ entity_id: bad, name: bad, state: bad, attributes: bad, description: bad })), next: kEvil[0] }),
};

async function play_the_hub() {
  client.on('message', (topic, _, packet) => {
    const method = topic.split('/').at(-1), to = packet.properties?.responseTopic;
    const make = Object.hasOwn(kAnswers, method) ? kAnswers[method] : null;
    const answer = make ? { ok: true, data: make() } : { ok: false, code: kEvil[0], reason: kHuge };
    if (to) client.publish(to, JSON.stringify(answer), { qos: 1, properties: { correlationData: packet.properties.correlationData } });
  });
  await client.subscribeAsync(['gable/hub/request/+', 'gable/set/#'], { qos: 1 });
}

let watched;

async function read_it() {
  watched = await Watched.open();
  watched.page.setDefaultTimeout(60_000);
  await watched.go('');
  await until(() => watched.page.evaluate(() => document.querySelector('gable-app').page.house.loaded), async () => `the house is not read: ${await watched.page.evaluate(() => { const { house, link } = document.querySelector('gable-app').page; return `${house.entities.size} entities, ${link.status}, ${link.reason}`; })} ${watched.wrong.slice(0, 5)}`, 100_000);
  const size = await watched.page.evaluate(() => document.querySelector('gable-app').page.house.entities.size);
  assert.equal(size, kCount);
}

async function every_view() {
  const { page } = watched;
  const views = ['', 'area/room_4', 'area/%3Cb%3Ex', 'rules', 'rule/automation.e_10', 'rule/%3Cimg%20src%3Dx%3E', 'devices', 'device/x%2F7', 'device/%3Cb%3E', 'problems', 'settings', 'boards', 'all', 'entity/%3Cscript%3E', ...kDomains.map((domain, index) => `entity/${domain}.e_${index}`)];
  for (const view of views) {
    await watched.turn(view);
    await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 120)));
    for (const details of await page.locator('details').all()) await details.evaluate((element) => { element.open = true; });
    assert.deepEqual(await watched.strangers(), [], view);
  }
  // A command that is refused with 64 kB of reason.
  await watched.turn('entity/light.e_20');
  await page.locator('g-switch button').first().click();
  await page.locator('g-toasts .toast').first().waitFor();
  assert.deepEqual(await watched.strangers(), []);
  await watched.turn('');
  await page.locator('g-tile').first().waitFor();
  await page.evaluate(() => scrollTo(0, document.body.scrollHeight / 2));
  await watched.shot('hostile', ['desktop']);
}

async function they_scroll() {
  assert.ok((await watched.scroll_all()) < settings.frame);
}

async function nothing_came_of_it() {
  const { page } = watched;
  assert.equal(await page.evaluate(() => globalThis.pwned), undefined);
  assert.equal(await page.evaluate(() => Object.prototype.x), undefined);
  assert.equal(page.url().startsWith(settings.base), true);
  assert.equal(await page.title(), 'Gable');
  await watched.close();
  say('no element, no script, no request');
}

await run([publish_the_house, play_the_hub, read_it, every_view, they_scroll, nothing_came_of_it]);
