// Names, rooms and switches that people give to entities and devices: asked for in a dialog, kept by the hub.
import type { Page } from '../page';
import { ask, type Field } from './dialog';
import { error_text } from './failures';
import type { Device } from '../store/devices';
import { type JsonObject, is_object, list_at, text_at } from '../store/documents';
import type { Entity } from '../store/house';
import { name_of } from '../domain/text';
import { t } from '../i18n';

export async function customize(page: Page, words: JsonObject): Promise<void> {
  try {
    const answer = await page.asks.request('customize', words);
    const in_files = is_object(answer) ? list_at(answer, 'in_files').length : 0;
    page.toast({ kind: 'info', text: in_files ? t('customize.in_files', { n: in_files }) : t('customize.done') });
  } catch (error) {
    page.toast({ kind: 'bad', text: error_text(error) });
  }
}

// Only what was changed; empty takes back what was said before.
async function ask_words(page: Page, target: JsonObject, fields: Field[]): Promise<void> {
  const given = await ask({ heading: t('customize.title'), help: t('customize.help'), action: t('customize.save'), fields });
  if (!given) return;
  const changed = fields.filter((field) => given[field.key] !== field.value).map((field) => [field.key, given[field.key] || null]);
  if (changed.length > 0) await customize(page, { ...target, ...(Object.fromEntries(changed) as JsonObject) });
}

function name_and_room(page: Page, name: string, area: string): Field[] {
  const { house } = page;
  return [
    { key: 'name', label: t('devices.name'), value: name },
    { key: 'area', label: t('entity.area'), value: area ? house.area_name(area) : '', choices: [...house.areas.values()].map((one) => one.name) },
  ];
}

export function ask_about_device(page: Page, device: Device): Promise<void> {
  const area = device.entities.map((entity) => page.house.area_of(entity)).find(Boolean) ?? '';
  return ask_words(page, { device: device.id }, name_and_room(page, device.name, area));
}

export function ask_about_entity(page: Page, entity: Entity): Promise<void> {
  const fields = name_and_room(page, name_of(entity), page.house.area_of(entity));
  return ask_words(page, { entity: entity.id }, [...fields, { key: 'icon', label: t('customize.icon'), value: text_at(entity.meta, 'icon') }]);
}
