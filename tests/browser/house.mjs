// Through the page as people go, in the virtual house with its hub and its rules.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { extname, join } from 'node:path';
import { mqtt, outside, run, settings, until, Watched } from './page.mjs';

let client;
const states = new Map();
const watched = await Watched.open({ expected: ['http://localhost', 'ws://localhost'] });
const { page } = watched;

async function listen() {
  client = await mqtt.connectAsync(`mqtt://127.0.0.1:${settings.port}`, { protocolVersion: 5 });
  client.on('message', (topic, payload) => { try { states.set(topic, JSON.parse(payload.toString())); } catch { states.delete(topic); } });
  await client.subscribeAsync(['gable/+/+/+', 'gable/bridge/virtual/response/+'], { qos: 1 });
}

const state = (id) => states.get(`gable/state/${id.replace('.', '/')}`);
const reached = (id, check) => until(() => { const now = state(id); return now && check(now); }, () => `${id} is ${JSON.stringify(state(id))}`);
const set = (id, command) => client.publishAsync(`gable/set/${id.replace('.', '/')}`, typeof command === 'string' ? command : JSON.stringify(command), { qos: 1 });
const toggle = (id) => watched.tile(id).locator('g-switch button').first().click();
let asked = 0;
async function request(method, document) {
  const id = `t-${++asked}`, topic = `gable/bridge/virtual/response/${method}`;
  await client.publishAsync(`gable/bridge/virtual/request/${method}`, JSON.stringify({ ...document, _id: id }), { qos: 1 });
  const answer = await until(() => (states.get(topic)?.id === id ? states.get(topic) : null), `the bridge does not answer ${method}`);
  assert.equal(answer.ok, true, JSON.stringify(answer));
}
// Through all shadows below an element; styles are no text.
const said = (locator) => locator.first().evaluate((top) => {
  const read = (node) => (node.nodeType === Node.TEXT_NODE ? node.data : node.localName === 'style' ? '' : [...(node.shadowRoot?.childNodes ?? []), ...node.childNodes].map(read).join(''));
  return read(top).replace(/\s+/g, ' ');
});
const shows = (locator, text) => until(async () => (await said(locator)).includes(text), async () => `expected “${text}”, found: ${await said(locator)}`);

async function rooms_and_controls() {
  await listen();
  await page.setViewportSize({ width: 1440, height: 5000 });  // so that every tile is drawn
  await watched.go('');
  const kitchen = page.locator('section[data-area=kitchen]');
  await kitchen.waitFor();
  await page.locator('section[data-area=garage] g-tile').waitFor();
  assert.deepEqual((await page.locator('section.room h2').allInnerTexts()).slice(0, 3), ['Living room', 'Kitchen', 'Hall']);  // the file's order
  await toggle('light.kitchen_ceiling');
  await reached('light.kitchen_ceiling', (now) => now.state === 'on');
  await shows(watched.tile('light.kitchen_ceiling'), 'On');
  // The keyboard, on a slider.
  const slider = watched.tile('light.kitchen_ceiling').locator('input[type=range]');
  await slider.focus();
  await page.keyboard.press('End');
  await reached('light.kitchen_ceiling', (now) => now.brightness === 255);
  assert.equal(await watched.tile('light.hall_ceiling').locator('input[type=range]').count(), 0);  // it cannot be dimmed
  await kitchen.locator('button.lights').click();
  await reached('light.kitchen_ceiling', (now) => now.state === 'off');
  await watched.tile('cover.living_room_blind').getByRole('button', { name: 'Close' }).click();
  await reached('cover.living_room_blind', (now) => now.state === 'closing' && now.current_position < 100);
  await watched.tile('cover.living_room_blind').getByRole('button', { name: 'Stop' }).click();
  await reached('cover.living_room_blind', (now) => now.state === 'open' && now.current_position < 100);
  await watched.tile('climate.living_room_thermostat').getByRole('button', { name: '+' }).click();
  await reached('climate.living_room_thermostat', (now) => now.temperature === 21.5);
  await watched.tile('lock.front_door_lock').getByRole('button').click();
  await reached('lock.front_door_lock', (now) => now.state === 'unlocked' || now.state === 'jammed');
  await watched.tile('button.coffee_machine_brew').getByRole('button').click();
  await reached('binary_sensor.coffee_machine_brewing', (now) => now.state === 'on');
  for (const id of ['switch.kitchen_fridge', 'fan.bathroom_fan', 'input_boolean.guests', 'switch.garden_fairy_lights']) {
    const before = state(id).state;
    await toggle(id);
    await reached(id, (now) => now.state === (before === 'on' ? 'off' : 'on'));
  }
  await watched.tile('valve.water_main').getByRole('button', { name: 'Close' }).click();
  await reached('valve.water_main', (now) => now.state === 'closing' || now.state === 'closed');
  await watched.tile('timer.laundry').getByRole('button', { name: 'Start' }).click();
  await reached('timer.laundry', (now) => now.state === 'active');
  await watched.tile('input_number.evening_brightness').locator('input').focus();
  await page.keyboard.press('ArrowRight');
  await reached('input_number.evening_brightness', (now) => now.state === 5);
  await watched.tile('counter.doorbell').getByRole('button', { name: 'More' }).click();
  await reached('counter.doorbell', (now) => now.state === 1);
  // Settings of devices are on their device's page, not in the room.
  await watched.turn('device/virtual%2Fgarden_watering_mode');
  await watched.tile('select.garden_watering_mode').locator('select').selectOption('summer');
  await reached('select.garden_watering_mode', (now) => now.state === 'summer');
  await watched.turn('device/virtual%2Fgarden_watering_minutes');
  await watched.tile('number.garden_watering_minutes').locator('input').focus();
  await page.keyboard.press('ArrowRight');
  await reached('number.garden_watering_minutes', (now) => now.state === 25);
  await watched.turn('');
}

// Shown as pending while it is under way; back where it was, with the reason, when it fails.
async function commands_that_fail() {
  await request('fault', { device: 'hall_ceiling', kind: 'refuse' });
  await toggle('light.hall_ceiling');
  const tile = watched.tile('light.hall_ceiling');
  await until(async () => (await tile.locator('.failed').count()) === 1, 'the failure is not shown');
  assert.equal(await tile.locator('g-switch button').getAttribute('aria-checked'), 'false');
  const reason = await tile.locator('.state').innerText();
  assert.ok(reason.length > 5 && !/^Off/.test(reason), reason);
  await shows(page.locator('g-toasts'), 'Hall ceiling');
  await request('fault', { device: 'bedroom_ceiling', kind: 'delay', seconds: 4 });
  await toggle('light.bedroom_ceiling');
  await watched.tile('light.bedroom_ceiling').locator('.pending').waitFor();
  await request('fault', { device: 'bedroom_ceiling', kind: 'clear' });
  await request('fault', { device: 'office_lamp', kind: 'offline' });
  await shows(watched.tile('light.office_lamp'), 'Not reachable');
  assert.equal(await watched.tile('light.office_lamp').locator('g-switch button').isDisabled(), true);
}

async function one_entity() {
  await set('light.living_room_mood', { brightness: 90, hs_color: [280, 60] });
  await watched.turn('entity/light.living_room_mood');
  await page.locator('g-entity .hero').waitFor();
  await page.getByRole('slider', { name: 'Colour temperature' }).focus();
  await page.keyboard.press('End');
  await reached('light.living_room_mood', (now) => now.color_temp_kelvin === 6500);
  await page.getByRole('slider', { name: 'Colour', exact: true }).focus();
  await page.keyboard.press('ArrowRight');
  await reached('light.living_room_mood', (now) => Array.isArray(now.hs_color));
  await shows(page.locator('[data-part=why]'), 'was sent to');
  await shows(page.locator('[data-part=logbook]'), 'Living room mood');
  await page.locator('[data-part=history] .band').waitFor();
  await page.getByText('Topics').click();
  await shows(page.locator('g-entity'), 'gable/set/light/living_room_mood');
  await watched.turn('entity/light.hall_ceiling');
  await shows(page.locator('g-entity .hero'), 'Hall ceiling');
  assert.equal(await page.locator('g-colour, g-slider').count(), 0);  // no colour, no brightness: nothing to show
  await watched.turn('entity/climate.living_room_thermostat');
  await page.getByRole('radio', { name: 'Off' }).click();
  await reached('climate.living_room_thermostat', (now) => now.state === 'off');
  await watched.turn('entity/media_player.living_room_speaker');
  await page.locator('g-switch button').first().click();
  await reached('media_player.living_room_speaker', (now) => now.state !== 'off');
  await page.getByRole('slider', { name: 'Volume' }).focus();
  await page.keyboard.press('Home');
  await reached('media_player.living_room_speaker', (now) => now.volume_level === 0);
  await watched.turn('entity/sensor.kitchen_climate_temperature');
  await request('set_sensor', { device: 'kitchen_climate', entity: 'temperature', state: 24, seconds: 60 });
  await page.locator('[data-part=history] canvas').waitFor();
  await watched.turn('entity/cover.bedroom_shutter');
  await page.getByRole('slider', { name: 'Position' }).focus();
  await page.keyboard.press('ArrowLeft');
  await reached('cover.bedroom_shutter', (now) => now.current_position < 100);
  await watched.turn('entity/fan.bathroom_fan');
  await page.getByRole('radio', { name: 'Sleep' }).click();
  await reached('fan.bathroom_fan', (now) => now.preset_mode === 'sleep');
}

// One of each domain that the furnished house lacks.
async function every_other_domain() {
  const control = page.locator('g-entity .controls');
  const view = async (id) => {
    await watched.turn(`entity/${id}`);
    await page.locator(`g-entity`).getByText(id, { exact: true }).waitFor({ state: 'attached' });
  };
  const press = (name) => control.getByRole('button', { name: new RegExp(`${name}$`) }).first().click();
  const choose = (name) => control.getByRole('radio', { name }).click();
  const fill = async (text) => {
    await control.locator('input:not([type=range])').fill(text);
    await control.getByRole('button', { name: 'Set' }).click();
  };
  const is = (id, key, value) => reached(id, (now) => now[key] === value);
  await view('vacuum.vacuum');
  await press('Start');
  await is('vacuum.vacuum', 'state', 'cleaning');
  await choose('strong');
  await is('vacuum.vacuum', 'fan_speed', 'strong');
  await press('To the dock');
  await is('vacuum.vacuum', 'state', 'docked');
  await view('lawn_mower.mower');
  await press('Mow');
  await is('lawn_mower.mower', 'state', 'mowing');
  await view('alarm_control_panel.alarm');
  await press('Night');
  await is('alarm_control_panel.alarm', 'state', 'armed_night');
  await press('Disarm');
  await is('alarm_control_panel.alarm', 'state', 'disarmed');
  await view('siren.siren');
  await choose('burglar');
  await is('siren.siren', 'state', 'on');
  await control.locator('g-switch button').click();
  await is('siren.siren', 'state', 'off');
  await view('humidifier.humidifier');
  await control.locator('g-switch button').click();
  await is('humidifier.humidifier', 'state', 'on');
  await control.getByRole('slider').focus();
  await page.keyboard.press('ArrowRight');
  await is('humidifier.humidifier', 'humidity', 46);
  await choose('Eco');
  await is('humidifier.humidifier', 'mode', 'eco');
  await view('water_heater.boiler');
  await control.getByRole('button', { name: '+' }).click();
  await reached('water_heater.boiler', (now) => now.temperature > 50);
  await choose(/performance/i);
  await is('water_heater.boiler', 'state', 'performance');
  await control.locator('g-switch button').click();
  await is('water_heater.boiler', 'away_mode', 'on');
  await view('camera.door_camera');
  await press('Turn on');
  await is('camera.door_camera', 'state', 'recording');
  await press('Watch for motion');
  await is('camera.door_camera', 'motion_detection', true);
  await view('remote.tv_remote');
  await choose('Music');
  await is('remote.tv_remote', 'current_activity', 'Music');
  await view('text.door_plate');
  await fill('Anna & Ben');
  await is('text.door_plate', 'state', 'Anna & Ben');
  await view('date.bin_day');
  await fill('2026-12-24');
  await is('date.bin_day', 'state', '2026-12-24');
  await view('time.night_begins');
  await fill('21:30');
  await reached('time.night_begins', (now) => now.state.startsWith('21:30'));
  await view('datetime.party');
  await fill('2026-12-31T20:00');
  await reached('datetime.party', (now) => now.state.startsWith('2026-12-31T'));
  await view('update.router_firmware');
  await press('Install');
  await is('update.router_firmware', 'installed_version', '1.1');
  await view('scene.dinner');
  await press('Turn on');
  await until(() => states.get('gable/set/scene/dinner')?.service === 'turn_on', 'the scene is not called');
  await view('notify.house_voice');
  await fill('Dinner is ready');
  await until(() => states.get('gable/set/notify/house_voice')?.message === 'Dinner is ready', 'nothing is said');
  assert.equal(await page.locator('g-entity .note.bad').count(), 0);
}

// A camera that announces itself over MQTT: its picture is where it says, and read from there.
async function a_picture() {
  const keep = { qos: 1, retain: true };
  await client.publishAsync('porch/picture', readFileSync(join(settings.folder, 'icon-512.png')), keep);
  await client.publishAsync('homeassistant/camera/porch/config', JSON.stringify({ name: 'Porch', unique_id: 'porch', topic: 'porch/picture', device: { identifiers: ['porch'], name: 'Porch', suggested_area: 'Garden' } }), keep);
  await until(() => [...states.keys()].some((topic) => topic.startsWith('gable/meta/camera/porch')), 'the camera is not announced');
  const id = [...states.keys()].find((topic) => topic.startsWith('gable/meta/camera/porch')).split('/').slice(2).join('.');
  await watched.turn(`entity/${id}`);
  await until(() => page.locator('g-picture img').evaluate((picture) => picture.naturalWidth === 512).catch(() => false), 'the picture is not shown');
}

// What is new gets a name and a room; an entity is hidden, switched off and on again.
async function names_and_rooms() {
  await watched.turn('devices');
  const fresh = page.locator('[data-new="virtual/fresh"]');
  await fresh.waitFor();
  await watched.shot('new', ['phone', 'desktop']);
  await fresh.getByRole('button').click();
  await page.locator('dialog').getByLabel('Name').fill('Bicycle charger');
  await page.locator('dialog').getByLabel('Room').fill('Garage');
  await watched.shot('dialog', ['phone', 'desktop']);
  await page.locator('dialog').getByRole('button', { name: 'Save' }).click();
  await fresh.waitFor({ state: 'detached' });
  const meta = () => states.get('gable/meta/switch/fresh');
  await until(() => meta()?.area === 'garage' && meta().device.name === 'Bicycle charger', () => JSON.stringify(meta()));
  await watched.turn('area/garage');
  await watched.tile('switch.fresh').waitFor();
  await watched.turn('entity/switch.fresh');
  await page.locator('[data-flag=disabled]').click();
  await until(() => meta()?.disabled === true && !states.has('gable/state/switch/fresh'), 'it is not switched off');
  await shows(page.locator('g-entity .hero'), 'Switched off');
  await page.locator('[data-flag=disabled]').click();
  await reached('switch.fresh', () => true);
  await page.locator('[data-flag=hidden]').click();
  await until(() => meta()?.hidden === true, 'it is not hidden');
  await page.locator('[data-flag=hidden]').click();
  await until(() => !meta()?.hidden, 'it is still hidden');
}

async function rules_and_traces() {
  await watched.turn('rules');
  const row = page.locator('[data-rule="automation.hall_light"]');
  await row.waitFor();
  await row.locator('g-switch button').click();
  await reached('automation.hall_light', (now) => now.state === 'off');
  await watched.turn('rule/automation.hall_light');
  await shows(page.locator('[data-part=why-not]'), 'turned off');
  await page.locator('g-rule g-switch button').click();
  await reached('automation.hall_light', (now) => now.state === 'on');
  // A trigger whose conditions are not met, then a run.
  await set('input_boolean.guests', 'off');
  await reached('input_boolean.guests', (now) => now.state === 'off');
  await set('input_select.mode', 'Away');
  await shows(page.locator('[data-part=trace]'), 'conditions not met');
  await shows(page.locator('[data-part=trace]'), 'false');
  await set('input_boolean.guests', 'on');
  await reached('input_boolean.guests', (now) => now.state === 'on');
  await set('input_select.mode', 'Home');
  await set('input_select.mode', 'Away');
  await until(async () => (await page.locator('g-rule .runs button').count()) >= 2, 'the run is not listed');
  await page.locator('g-rule .runs button').first().click();
  await shows(page.locator('[data-part=trace]'), 'Garden path');
  await shows(page.locator('[data-part=trace]'), 'finished');
  await page.getByRole('button', { name: 'Run now' }).click();
  await shows(page.locator('g-toasts'), 'Started');
  await page.getByRole('radio', { name: 'Shadow' }).click();
  await reached('automation.hall_light', (now) => now.enforce === 'shadow');
  await shows(page.locator('[data-part=why-not]'), 'in shadow');
  await shows(page.locator('g-rule .file'), 'alias: Hall light');
  await watched.turn('rules');
  await shows(page.locator('[data-rule="automation.broken"]'), 'Refused');
  await watched.turn('rule/automation.broken');
  await shows(page.locator('g-rule .file .bad'), 'no_such_trigger');
  await watched.turn('rule/script.goodnight');
  await page.getByRole('button', { name: 'Run now' }).click();
  await reached('input_select.mode', (now) => now.state === 'Night');
}

async function devices_and_problems() {
  await watched.turn('devices');
  await shows(page.locator('[data-bridge=virtual]'), 'Online');
  await watched.turn('device/virtual%2Fkitchen_fridge');
  await shows(page.locator('g-device'), 'virtual/kitchen_fridge');
  await until(async () => (await page.locator('g-device g-tile').count()) === 3, 'not three entities are shown');
  await page.getByRole('button', { name: 'Forget this device' }).click();
  await page.locator('dialog').getByRole('button', { name: 'Forget' }).click();
  await shows(page.locator('g-toasts'), 'still announces');
  await client.publishAsync('gable/problem/test.one', JSON.stringify({ severity: 'error', text: 'The roof leaks.', help: 'Fetch a bucket.', since: new Date().toISOString() }), { qos: 1, retain: true });
  await watched.turn('problems');
  await shows(page.locator('[data-problem="test.one"]'), 'Fetch a bucket.');
  await watched.shot('problems', ['phone', 'desktop']);
  await client.publishAsync('gable/problem/test.one', '', { qos: 1, retain: true });
  await watched.turn('all');
  await page.getByRole('searchbox').fill('front door');
  await until(async () => (await page.locator('g-all g-tile').count()) === 2, 'not two are found');
}

async function plan_and_boards() {
  await watched.turn('boards');
  const lamp = page.locator('g-plan [data-entity="light.garden_path"]');
  const before = state('light.garden_path').state;
  await lamp.click();
  await reached('light.garden_path', (now) => now.state !== before);
  await page.locator('g-plan img').waitFor();
  await watched.turn('board/comfort.yaml');
  await page.locator('g-chart canvas').first().waitFor();
  const file = join(settings.folder, 'dashboards', 'comfort.yaml'), text = readFileSync(file, 'utf8');
  writeFileSync(file, text.replace('title: Comfort', 'title: Cosy'));
  await shows(page.locator('g-boards h1'), 'Cosy');
  writeFileSync(file, 'title: Cosy\ncards:\n  - {type: wizard}\n');
  await shows(page.locator('g-boards .note'), 'there is no card “wizard”');
  writeFileSync(file, text);
  await shows(page.locator('g-boards h1'), 'Comfort');
}

async function pictures() {
  await set('light.kitchen_worktop', { brightness: 200 });
  await set('light.living_room_mood', { brightness: 120, hs_color: [280, 60] });
  await request('set_sensor', { device: 'kitchen_window', state: 'on' });
  const views = { home: '', entity: 'entity/light.living_room_mood', climate: 'entity/climate.living_room_thermostat', sensor: 'entity/sensor.kitchen_climate_temperature', rules: 'rules', trace: 'rule/automation.hall_light', devices: 'devices', plan: 'boards', board: 'board/comfort.yaml', all: 'all', settings: 'settings' };
  const wanted = { plan: 'g-plan img', board: 'g-chart canvas', sensor: 'g-chart canvas', trace: '[data-part=trace] li', devices: '[data-bridge=virtual]' };
  const barriers = [];
  for (const [name, path] of Object.entries(views)) {
    await watched.turn(path);
    if (wanted[name]) await page.locator(wanted[name]).first().waitFor();
    await page.evaluate(() => new Promise((done) => setTimeout(() => requestAnimationFrame(done), 150)));
    if (['home', 'entity', 'trace'].includes(name)) barriers.push(...(await watched.barriers()).map((one) => `${name}: ${one}`));
    await watched.shot(name, ['home', 'trace', 'plan', 'board', 'entity'].includes(name) ? ['phone', 'desktop', 'wall'] : ['phone', 'desktop']);
  }
  await watched.turn('settings');
  await page.getByRole('radio', { name: 'Dark' }).click();
  await watched.turn('');
  await page.locator('g-tile').first().waitFor();
  barriers.push(...(await watched.barriers()).map((one) => `dark: ${one}`));
  await watched.shot('dark', ['phone', 'desktop']);
  await watched.turn('settings');
  await page.getByRole('radio', { name: 'As the device' }).click();
  assert.deepEqual(barriers, []);
}

async function german() {
  await watched.go('', '?lang=de');
  await shows(page.locator('nav').first(), 'Regeln');
  await shows(watched.tile('climate.living_room_thermostat'), 'Aus');
  await watched.shot('german', ['phone']);
}

async function kiosk() {
  await watched.go('', '?kiosk');
  await page.locator('g-tile').first().waitFor();
  await watched.shot('kiosk', ['wall']);
  await watched.go('settings', '?kiosk&wake=binary_sensor.hall_motion&idle=2');
  await page.locator('g-home').waitFor();  // and no settings
  assert.equal(await page.locator('nav').count(), 0);
  assert.equal(await page.locator('a[href^="#/rule"], a[href^="#/device"], a[href="#/settings"], a[href="#/problems"]').count(), 0);
  const box = await watched.tile('light.kitchen_ceiling').locator('g-switch button').boundingBox();
  assert.ok(box.height >= 44, `a switch is ${box.height} px high`);
  await page.locator('g-kiosk .shade').waitFor();
  await watched.shot('dimmed', ['wall']);
  await request('walk', { area: 'hall' });
  await page.locator('g-kiosk .shade').waitFor({ state: 'detached' });
  await request('set_sensor', { device: 'hall_motion', state: 'off' });
  await page.locator('g-kiosk .shade').waitFor();
  await page.locator('g-kiosk .shade').click();
  await page.locator('g-kiosk .shade').waitFor({ state: 'detached' });
}

async function broker_lost_and_back() {
  await page.setViewportSize({ width: 1440, height: 5000 });
  await watched.go('', '?lang=en');
  // The tiles are there at once, as they were seen last; the connection is when there is nothing to say about it.
  await watched.tile('light.bathroom_mirror').waitFor();
  await page.locator('.banner').waitFor({ state: 'detached' });
  await outside('broker-stop');
  await shows(page.locator('.banner'), 'connection to the broker is lost');
  assert.equal(await watched.tile('light.bathroom_mirror').locator('g-switch button').isDisabled(), true);
  await watched.shot('lost', ['phone']);
  await page.setViewportSize({ width: 1440, height: 5000 });
  await outside('broker-start');
  await page.locator('.banner').waitFor({ state: 'detached' });
  const before = state('light.bathroom_mirror').state;
  await toggle('light.bathroom_mirror');
  await reached('light.bathroom_mirror', (now) => now.state !== before);
  await outside('hub-stop');
  await shows(page.locator('.banner'), 'hub is offline');
  // Without a hub, the broker tells what it holds.
  await page.evaluate(() => { localStorage.clear(); Storage.prototype.setItem = () => {}; });
  await page.reload();
  await watched.tile('light.bathroom_mirror').waitFor();
  await shows(page.locator('.banner'), 'hub is offline');
}

// Any static server will do, on another address than the broker's; with types it can keep the page offline.
async function another_server_and_offline() {
  const types = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.json': 'application/json', '.png': 'image/png', '.webmanifest': 'application/manifest+json' };
  const server = createServer((question, answer) => {
    const path = new URL(question.url, 'http://x').pathname;
    try {
      const body = readFileSync(join(settings.folder, path === '/' ? 'index.html' : path));
      answer.writeHead(200, { 'content-type': types[extname(path) || '.html'] ?? 'text/plain' }).end(body);
    } catch {
      answer.writeHead(404).end();
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const address = `http://localhost:${server.address().port}/`;
  await page.goto(`${address}?broker=${encodeURIComponent(settings.base.replace('http', 'ws'))}`);
  await watched.tile('light.bathroom_mirror').waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await page.reload();
  await watched.tile('light.bathroom_mirror').waitFor();
  // Nor the broker: the house as it was seen last.
  await outside('broker-stop');
  await page.reload();
  await watched.tile('light.bathroom_mirror').waitFor();
  assert.equal(await watched.tile('light.bathroom_mirror').locator('g-switch button').isDisabled(), true);
  await watched.close();
}

await run([rooms_and_controls, commands_that_fail, one_entity, every_other_domain, a_picture, names_and_rooms, rules_and_traces, devices_and_problems, plan_and_boards, pictures, german, kiosk, broker_lost_and_back, another_server_and_offline]);
