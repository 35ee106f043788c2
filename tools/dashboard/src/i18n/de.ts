// Alle Texte der Seite auf Deutsch.
import type { Key } from './en';

export const de: Record<Key, string> = {
  'app.home': 'Zuhause', 'app.rules': 'Regeln', 'app.devices': 'Geräte', 'app.all': 'Alles', 'app.problems': 'Probleme',
  'app.settings': 'Optionen', 'app.boards': 'Tafeln', 'app.main_navigation': 'Hauptnavigation',
  'app.skip': 'Zum Inhalt', 'app.back': 'Zurück', 'app.close': 'Schließen', 'app.cancel': 'Abbrechen', 'app.search': 'Suchen', 'app.loading': 'Das Haus wird gelesen …',
  'app.try_again': 'Nochmals versuchen',

  'link.connecting': 'Verbindung zum Broker …', 'link.lost': 'Die Verbindung zum Broker ist weg. Zu sehen ist der letzte Stand; es wird weiter versucht.',
  'link.unreachable': 'Unter {url} antwortet kein Broker. Es wird weiter versucht.', 'link.hub_offline': 'Der Hub ist offline: Zustände stehen still, Befehle werden nicht ausgeführt.',
  'link.denied': 'Dieser Benutzer darf {what} nicht lesen.', 'link.nothing': 'Noch nichts da',
  'link.nothing_help': 'Entweder läuft auf diesem Broker kein Hub unter „{root}“, oder dieser Benutzer darf nichts davon lesen.',

  'login.title': 'Wer ist da?', 'login.help': 'Ein Benutzer des Brokers, wie „gable setup“ oder die Passwortdatei des Brokers ihn kennt.',
  'login.user': 'Benutzer', 'login.password': 'Passwort', 'login.broker': 'Broker', 'login.root': 'Erste Ebene des Baums',
  'login.keep': 'Passwort in diesem Browser behalten', 'login.in': 'Anmelden', 'login.out': 'Abmelden', 'login.wrong': 'Der Broker nimmt diesen Benutzer mit diesem Passwort nicht an.',
  'login.needed': 'Der Broker verlangt Benutzer und Passwort.', 'login.bad_address': 'Eine Adresse beginnt mit ws:// oder wss:// und enthält kein Passwort.',
  'login.more': 'Anderer Broker',

  'home.lights_on.one': '{n} Licht an', 'home.lights_on.other': '{n} Lichter an', 'home.open.one': '{n} offen', 'home.open.other': '{n} offen',
  'home.unlocked.one': '{n} unverschlossen', 'home.unlocked.other': '{n} unverschlossen', 'home.problems.one': '{n} Problem', 'home.problems.other': '{n} Probleme',
  'home.offline.one': '{n} nicht erreichbar', 'home.offline.other': '{n} nicht erreichbar', 'home.all_off': 'Alles aus', 'home.lights_off': 'Alles aus: {area}',
  'home.house': 'Das Haus', 'home.other_areas': 'Anderswo',
  'home.morning': 'Guten Morgen', 'home.day': 'Guten Tag', 'home.evening': 'Guten Abend', 'home.night': 'Gute Nacht',

  'entity.unavailable': 'Nicht erreichbar', 'entity.unknown': 'Noch unbekannt', 'entity.stale': 'Länger nichts gehört', 'entity.assumed': 'angenommen',
  'entity.pending': 'wird ausgeführt', 'entity.controls': 'Bedienung', 'entity.history': 'Verlauf', 'entity.logbook': 'Was geschah', 'entity.why': 'Warum ist das so?',
  'entity.details': 'Einzelheiten', 'entity.attributes': 'Attribute', 'entity.device': 'Gerät', 'entity.topics': 'Topics', 'entity.area': 'Raum', 'entity.source': 'Quelle',
  'entity.since': 'seit {time}', 'entity.by': 'durch {who}', 'entity.last_changed': 'Zuletzt geändert', 'entity.last_reported': 'Zuletzt gemeldet', 'entity.gone': '{id} gibt es nicht',
  'entity.gone_help': 'Vielleicht wurde es umbenannt oder vergessen.', 'entity.no_history': 'In dieser Zeit wurde nichts aufgezeichnet.',
  'entity.more': 'Es gibt mehr, als hier Platz hat.', 'entity.rename': 'Id umbenennen', 'entity.forget': 'Vergessen',
  'entity.new_id': 'Neue Id', 'entity.renamed': 'Es heißt jetzt {id}', 'entity.renamed_rules': 'Es heißt jetzt {id}. Diese Regeln haben noch die alte Id und warten: {rules}', 'entity.forgotten.one': 'Vergessen', 'entity.forgotten.other': '{n} Entitäten vergessen',
  'entity.code': 'Code', 'entity.value': 'Wert', 'entity.send': 'Setzen', 'entity.message': 'Nachricht',
  'range.1h': '1 Stunde', 'range.6h': '6 Stunden', 'range.24h': '1 Tag', 'range.7d': '7 Tage',

  'why.change': '{name} wurde {to}', 'why.change_from': '{name}: von {from} zu {to}', 'why.command': '{service} ging an {name}', 'why.trace': 'Regel {name}',
  'why.running': 'Regel {name} läuft', 'why.nothing': 'Das Journal kennt keine Änderung davon.', 'why.manual': 'Jemand tat das über MQTT oder auf dieser Seite.', 'why.page': 'eine Seite wie diese', 'why.device': 'Das Gerät meldete es von sich aus.',
  'why.availability': '{name} wurde {to}', 'why.end': 'So weit reicht das Journal zurück.', 'why.result': 'Der Befehl endete: {status}', 'why.rename': 'Umbenannt in {to}',

  'rules.enabled': 'Eingeschaltet', 'rules.run': 'Jetzt ausführen', 'rules.ran': 'Gestartet', 'rules.never': 'lief noch nie', 'rules.last': 'lief {time}', 'rules.running': 'läuft',
  'rules.live': 'Aktiv', 'rules.shadow': 'Schatten', 'rules.off': 'Aus', 'rules.as_file': 'Wie die Datei', 'rules.enforcement': 'Wer handelt', 'rules.refused': 'Abgelehnt', 'rules.faulty': 'Fehlerhaft', 'rules.waits': 'Wartet auf etwas',
  'rules.house_mode': 'Das ganze Haus ist in {mode}: so will es die Konfiguration.', 'rules.none': 'Noch keine Regeln', 'rules.none_help': 'YAML-Dateien gehören in den Regelordner des Hubs; eine gespeicherte Datei gilt binnen einer Sekunde.',
  'rules.runs': 'Letzte Läufe', 'rules.no_runs': 'Soweit das Journal reicht, wurde sie nicht ausgelöst.', 'rules.text': 'Ihre Datei', 'rules.findings': 'Was an ihr nicht stimmt', 'rules.why_not': 'Warum lief sie nicht?',
  'rules.automations': 'Automationen', 'rules.scripts': 'Skripte', 'rules.others': 'Szenen und Vorlagen', 'rules.moved': 'von Hand verstellt', 'rules.mode': 'Modus', 'rules.line': 'Zeile {line}',
  'rules.file_findings': 'Was an den Dateien nicht stimmt', 'rules.shadow_title': 'Was Regeln im Schatten getan hätten', 'rules.shadow_help': 'Am letzten Tag, verglichen mit dem, was geschah.',
  'rules.decisions': '{n} entschieden', 'rules.done': '{n} geschahen auch so', 'rules.already': '{n} waren schon so', 'rules.missed': '{n} geschahen nicht', 'rules.uncompared': '{n} nicht vergleichbar', 'rules.gone': 'Die Regel {id} gibt es nicht',
  'rules.disabled_now': 'Sie ist ausgeschaltet: nichts löst sie aus.', 'rules.off_now': 'Sie ist aus: sie wird weder ausgelöst noch ausgeführt.', 'rules.refused_now': 'Sie ist abgelehnt: siehe, was an ihr nicht stimmt.', 'rules.ready_now': 'Sie ist bereit und wartet auf ihren Auslöser.',
  'rules.ready_script': 'Es ist bereit und läuft, wenn etwas es aufruft.',
  'rules.shadow_now': 'Sie ist im Schatten: sie entscheidet, aber nichts wird ausgeführt.',

  'trace.triggered_by': 'Ausgelöst durch', 'trace.called_by': 'Aufgerufen von {who}', 'trace.finished': 'fertig', 'trace.running': 'läuft', 'trace.stopped': 'wurde angehalten', 'trace.aborted': 'wurde abgebrochen', 'trace.failed': 'gescheitert',
  'trace.dropped': 'fallen gelassen: die Regel wurde geändert, während der Hub aus war', 'trace.refused': 'lief nicht: ihr Modus ließ sie nicht beginnen', 'trace.conditions': 'lief nicht: Bedingungen nicht erfüllt',
  'trace.guard': 'zurückgehalten: sie löst sich immer wieder selbst aus', 'trace.error': 'lief nicht: ein Fehler', 'trace.withheld': 'zurückgehalten (Schatten)', 'trace.waited': 'wartete {n} s', 'trace.left_out': '{n} Schritte ausgelassen', 'trace.took': 'dauerte {time}',
  'trace.true': 'wahr', 'trace.false': 'falsch', 'trace.by_hand': 'Von Hand',

  'devices.bridges': 'Brücken', 'devices.hub': 'Hub', 'devices.devices': 'Geräte', 'devices.of_bridge': '{n} Geräte', 'devices.entities.one': '{n} Entität', 'devices.entities.other': '{n} Entitäten', 'devices.new': 'Neu: ohne Raum',
  'devices.new_help': 'Mit Name und Raum sind sie dort, wo man sie sucht.', 'devices.forget': 'Dieses Gerät vergessen', 'devices.forget_sure': '{name} vergessen? Der Verlauf bleibt; es kommt wieder, wenn es sich neu meldet.', 'devices.refresh': 'Alles neu melden lassen',
  'devices.refreshed': 'Gefragt', 'devices.uptime': 'läuft seit {time}', 'devices.messages': '{n} Nachrichten', 'devices.errors': 'Fehler: {n}', 'devices.none': 'Noch hat sich keine Brücke gemeldet', 'devices.model': 'Modell', 'devices.via': 'über {name}',
  'devices.gone': 'Das Gerät {id} gibt es nicht', 'devices.memory': '{n} MB', 'devices.name': 'Name', 'devices.version': 'Version',
  'customize.title': 'Name und Raum', 'customize.help': 'Leer nimmt zurück, was vorher gesagt wurde. Was in den Dateien des Hauses steht, geht vor.', 'customize.save': 'Speichern', 'customize.done': 'Gespeichert', 'customize.icon': 'Symbol (wie mdi:lamp)', 'customize.in_files': 'Gespeichert; aber für {n} der Entitäten sagen die Dateien des Hauses anderes.',
  'entity.hide': 'Verbergen', 'entity.show': 'Zeigen', 'entity.disable': 'Ganz abschalten', 'entity.enable': 'Wieder einschalten', 'entity.disabled': 'Abgeschaltet', 'entity.rename_help': 'Die Topics wandern mit; Regeln, die sie nennen, brauchen die neue.',
  'problems.none': 'Alles in Ordnung', 'problems.none_help': 'Was mit Geräten, Brücken, Regeln und Hub nicht stimmt, steht hier – mit dem, was zu tun ist.', 'problems.todo': 'Was zu tun ist',

  'settings.look': 'Aussehen', 'settings.theme': 'Farben', 'settings.auto': 'Wie das Gerät', 'settings.light': 'Hell', 'settings.dark': 'Dunkel', 'settings.language': 'Sprache', 'settings.account': 'Verbindung', 'settings.about': 'Über',
  'settings.kiosk': 'Wandtablet', 'settings.kiosk_help': 'Diese Adresse auf dem Tablet öffnen. Von dort führt kein Weg zu Regeln, Geräten und Einstellungen.', 'settings.wake': 'Wacht auf durch', 'settings.nobody': 'niemand Bestimmtes (anonym)', 'settings.as': 'als {user}', 'settings.browser': 'Wie der Browser',
  'boards.none': 'Keine Tafeln', 'boards.none_help': 'YAML-Dateien und ihre Liste, index.yaml, gehören in den Ordner „dashboards“ neben dieser Seite.', 'boards.wrong': '{file} kann nicht gezeigt werden', 'boards.unknown_entity': '{id} gibt es nicht', 'boards.plan': 'Grundriss',
  'all.count.one': '{n} Entität', 'all.count.other': '{n} Entitäten', 'all.nothing': 'Nichts heißt „{text}“', 'all.filter': 'Name, Id, Raum oder Zustand',

  'failure.not_allowed': 'Nicht erlaubt: der Broker lässt das diesen Benutzer nicht tun.', 'failure.timeout': 'Keine Antwort. Läuft der Hub?', 'failure.offline': 'Nicht gesendet: keine Verbindung zum Broker.', 'failure.failed': 'Das ging nicht.', 'failure.of': '{name}: {reason}',
  'kiosk.touch': 'Zum Aufwecken berühren',
  'time.now': 'gerade eben', 'unit.colour': 'Farbe',
};
