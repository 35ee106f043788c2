// The page on one host, the broker on another, the hub on a third: TLS, a password, and what this user may not do.
import assert from 'node:assert/strict';
import { run, settings, until, Watched } from './page.mjs';

const watched = await Watched.open({ expected: [settings.broker], ignore_tls: true });
const { page } = watched;

// Anybody can make a link. With the kept password the broker would say that it does not accept it.
async function a_link_takes_no_password_along() {
  await page.goto(`${settings.base}?broker=${encodeURIComponent(settings.broker)}`);
  await page.getByText('The broker wants a user and a password.').waitFor();
  const kept = { url: 'wss://house.example/mqtt', user: 'anna', password: 'SECRET', keep: true };
  await page.evaluate((text) => localStorage.setItem('gable.page', text), JSON.stringify(kept));
  await page.reload();
  await page.getByText('The broker wants a user and a password.').waitFor();
  assert.equal(await page.getByLabel('User').inputValue(), '');
  await page.evaluate(() => localStorage.clear());
}

// The address that deploy/up prints: for the page's own broker, and gone from the address line.
async function a_login_in_the_address_is_for_its_own_broker() {
  const open = async (address) => {
    await page.goto('about:blank');
    await page.goto(address);
    await page.waitForFunction(() => location.hash === '' && localStorage.getItem('gable.page') !== undefined);
    return page.evaluate(() => localStorage.getItem('gable.page') ?? '');
  };
  assert.equal((await open(`${settings.base}?broker=${encodeURIComponent(settings.broker)}#login=anna:SECRET`)).includes('SECRET'), false);
  const kept = JSON.parse(await open(`${settings.base}#login=anna:SECRET`));
  assert.deepEqual([kept.user, kept.password, kept.url], ['anna', 'SECRET', `${settings.base.replace('http', 'ws').replace(/\/$/, '')}/mqtt`]);
  await page.evaluate(() => localStorage.clear());
}

async function a_wrong_password_is_said() {
  await page.goto(`${settings.base}?broker=${encodeURIComponent(settings.broker)}`);
  await page.getByText('The broker wants a user and a password.').waitFor();
  await page.getByLabel('User').fill('anna');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.getByRole('button', { name: 'Log in' }).click();
  await page.getByText('does not accept').waitFor();
  assert.equal((await page.evaluate(() => localStorage.getItem('gable.page'))).includes('wrong'), false);
}

async function the_right_one_opens_the_house() {
  await page.getByLabel('Password', { exact: true }).fill(settings.password);
  await page.getByRole('button', { name: 'Log in' }).click();
  await watched.tile('light.hall_lamp').waitFor();
  await watched.tile('light.hall_lamp').locator('g-switch button').click();
  await until(async () => (await watched.tile('light.hall_lamp').locator('g-switch button').getAttribute('aria-checked')) === 'true', 'the lamp is not on');
  await watched.shot('remote', ['desktop']);
}

async function what_is_not_allowed_is_said() {
  await watched.turn('entity/light.hall_lamp');
  await page.locator('[data-part=why]').getByText('anna').first().waitFor();
  await watched.turn('');
  await watched.tile('light.attic_lamp').locator('g-switch button').click();
  await watched.tile('light.attic_lamp').getByText('Not allowed').waitFor();
  assert.equal(await watched.tile('light.attic_lamp').locator('g-switch button').getAttribute('aria-checked'), 'false');
  await watched.close();
}

await run([a_link_takes_no_password_along, a_login_in_the_address_is_for_its_own_broker, a_wrong_password_is_said, the_right_one_opens_the_house, what_is_not_allowed_is_said]);
