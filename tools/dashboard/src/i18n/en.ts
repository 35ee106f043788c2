// Every text of the page in English; the other languages have the same keys.
export const en = {
  'app.home': 'Home', 'app.rules': 'Rules', 'app.devices': 'Devices', 'app.all': 'Everything', 'app.problems': 'Problems',
  'app.settings': 'Settings', 'app.boards': 'Boards', 'app.main_navigation': 'Main navigation',
  'app.skip': 'To the content', 'app.back': 'Back', 'app.close': 'Close', 'app.cancel': 'Cancel', 'app.search': 'Search', 'app.loading': 'Reading the house …',
  'app.try_again': 'Try again',

  'link.connecting': 'Connecting to the broker …', 'link.lost': 'The connection to the broker is lost. What you see is as it was; trying again.',
  'link.unreachable': 'No broker answers at {url}. Trying again.', 'link.hub_offline': 'The hub is offline: states stand still and commands are not carried out.',
  'link.denied': 'This user may not read {what}.', 'link.nothing': 'Nothing here yet',
  'link.nothing_help': 'Either no hub runs on this broker below “{root}”, or this user may not read it.',

  'login.title': 'Who is it?', 'login.help': 'A user of the broker, as “gable setup” or your broker’s password file has it.',
  'login.user': 'User', 'login.password': 'Password', 'login.broker': 'Broker', 'login.root': 'First level of the tree',
  'login.keep': 'Keep the password in this browser', 'login.in': 'Log in', 'login.out': 'Log out', 'login.wrong': 'The broker does not accept this user and password.',
  'login.needed': 'The broker wants a user and a password.', 'login.bad_address': 'An address begins with ws:// or wss:// and has no password in it.',
  'login.more': 'Another broker',

  'home.lights_on.one': '{n} light on', 'home.lights_on.other': '{n} lights on', 'home.open.one': '{n} open', 'home.open.other': '{n} open',
  'home.unlocked.one': '{n} unlocked', 'home.unlocked.other': '{n} unlocked', 'home.problems.one': '{n} problem', 'home.problems.other': '{n} problems',
  'home.offline.one': '{n} not reachable', 'home.offline.other': '{n} not reachable', 'home.all_off': 'All off', 'home.lights_off': 'All off in {area}',
  'home.house': 'The house', 'home.other_areas': 'Elsewhere',
  'home.morning': 'Good morning', 'home.day': 'Good day', 'home.evening': 'Good evening', 'home.night': 'Good night',

  'entity.unavailable': 'Not reachable', 'entity.unknown': 'Not known yet', 'entity.stale': 'Not heard of lately', 'entity.assumed': 'assumed',
  'entity.pending': 'being carried out', 'entity.controls': 'Controls', 'entity.history': 'History', 'entity.logbook': 'What happened', 'entity.why': 'Why is it so?',
  'entity.details': 'Details', 'entity.attributes': 'Attributes', 'entity.device': 'Device', 'entity.topics': 'Topics', 'entity.area': 'Room', 'entity.source': 'Source',
  'entity.since': 'since {time}', 'entity.by': 'by {who}', 'entity.last_changed': 'Last changed', 'entity.last_reported': 'Last reported', 'entity.gone': 'There is no {id}',
  'entity.gone_help': 'It may have been renamed or forgotten.', 'entity.no_history': 'Nothing recorded in this time.',
  'entity.more': 'There is more than fits here.', 'entity.rename': 'Rename the id', 'entity.forget': 'Forget',
  'entity.new_id': 'New id', 'entity.renamed': 'It is {id} now', 'entity.renamed_rules': 'It is {id} now. These rules still have the former id and wait: {rules}', 'entity.forgotten.one': 'Forgotten', 'entity.forgotten.other': '{n} entities forgotten',
  'entity.code': 'Code', 'entity.value': 'Value', 'entity.send': 'Set', 'entity.message': 'Message',
  'range.1h': '1 hour', 'range.6h': '6 hours', 'range.24h': '1 day', 'range.7d': '7 days',

  'why.change': '{name} became {to}', 'why.change_from': '{name} went from {from} to {to}', 'why.command': '{service} was sent to {name}', 'why.trace': 'Rule {name}',
  'why.running': 'Rule {name} is running', 'why.nothing': 'The journal holds no change of it.', 'why.manual': 'Somebody did this over MQTT or on this page.', 'why.page': 'a page like this', 'why.device': 'The device reported it by itself.',
  'why.availability': '{name} became {to}', 'why.end': 'This is how far the journal goes back.', 'why.result': 'The command ended: {status}', 'why.rename': 'Renamed to {to}',

  'rules.enabled': 'Enabled', 'rules.run': 'Run now', 'rules.ran': 'Started', 'rules.never': 'never ran', 'rules.last': 'ran {time}', 'rules.running': 'running',
  'rules.live': 'Live', 'rules.shadow': 'Shadow', 'rules.off': 'Off', 'rules.as_file': 'As the file says', 'rules.enforcement': 'Who acts', 'rules.refused': 'Refused', 'rules.faulty': 'Faulty', 'rules.waits': 'Waits for something',
  'rules.house_mode': 'The whole house is in {mode}: the configuration says so.', 'rules.none': 'No rules yet', 'rules.none_help': 'Put YAML files into the hub’s rules folder; a saved file is in force within a second.',
  'rules.runs': 'Last runs', 'rules.no_runs': 'It has not been triggered as far as the journal goes back.', 'rules.text': 'Its file', 'rules.findings': 'What is wrong with it', 'rules.why_not': 'Why did it not run?',
  'rules.automations': 'Automations', 'rules.scripts': 'Scripts', 'rules.others': 'Scenes and templates', 'rules.moved': 'moved by hand', 'rules.mode': 'Mode', 'rules.line': 'line {line}',
  'rules.file_findings': 'What is wrong with the files', 'rules.shadow_title': 'What rules in shadow would have done', 'rules.shadow_help': 'In the last day, compared with what happened.',
  'rules.decisions': '{n} decided', 'rules.done': '{n} also happened', 'rules.already': '{n} were so already', 'rules.missed': '{n} did not happen', 'rules.uncompared': '{n} not comparable', 'rules.gone': 'There is no rule {id}',
  'rules.disabled_now': 'It is turned off: nothing triggers it.', 'rules.off_now': 'It is off: it neither triggers nor runs.', 'rules.refused_now': 'It is refused: see what is wrong with it.', 'rules.ready_now': 'It is ready and waits for its trigger.',
  'rules.ready_script': 'It is ready and runs when something calls it.',
  'rules.shadow_now': 'It is in shadow: it decides, but nothing is carried out.',

  'trace.triggered_by': 'Triggered by', 'trace.called_by': 'Called by {who}', 'trace.finished': 'finished', 'trace.running': 'running', 'trace.stopped': 'was stopped', 'trace.aborted': 'was aborted', 'trace.failed': 'failed',
  'trace.dropped': 'dropped: the rule was changed while the hub was down', 'trace.refused': 'did not run: its mode did not let it begin', 'trace.conditions': 'did not run: conditions not met',
  'trace.guard': 'held back: it sets itself off again and again', 'trace.error': 'did not run: an error', 'trace.withheld': 'withheld (shadow)', 'trace.waited': 'waited {n} s', 'trace.left_out': '{n} steps left out', 'trace.took': 'took {time}',
  'trace.true': 'true', 'trace.false': 'false', 'trace.by_hand': 'By hand',

  'devices.bridges': 'Bridges', 'devices.hub': 'Hub', 'devices.devices': 'Devices', 'devices.of_bridge': '{n} devices', 'devices.entities.one': '{n} entity', 'devices.entities.other': '{n} entities', 'devices.new': 'New: without a room',
  'devices.new_help': 'Give them a name and a room, and they are where you look for them.', 'devices.forget': 'Forget this device', 'devices.forget_sure': 'Forget {name}? Its history stays; it comes back if it is announced again.', 'devices.refresh': 'Ask for everything again',
  'devices.refreshed': 'Asked', 'devices.uptime': 'up for {time}', 'devices.messages': '{n} messages in', 'devices.errors': 'errors: {n}', 'devices.none': 'No bridge has said anything yet', 'devices.model': 'Model', 'devices.via': 'via {name}',
  'devices.gone': 'There is no device {id}', 'devices.memory': '{n} MB', 'devices.name': 'Name', 'devices.version': 'Version',
  'customize.title': 'Name and room', 'customize.help': 'Empty takes back what was said before. What the house’s files say goes before it.', 'customize.save': 'Save', 'customize.done': 'Saved', 'customize.icon': 'Icon (as in mdi:lamp)', 'customize.in_files': 'Saved; but the house’s files say otherwise for {n} of its entities.',
  'entity.hide': 'Hide', 'entity.show': 'Show', 'entity.disable': 'Switch off for good', 'entity.enable': 'Switch on again', 'entity.disabled': 'Switched off', 'entity.rename_help': 'The topics move with it, and rules that name it want the new one.',
  'problems.none': 'Nothing is wrong', 'problems.none_help': 'What goes wrong with devices, bridges, rules and the hub appears here, with what to do about it.', 'problems.todo': 'What to do',

  'settings.look': 'Look', 'settings.theme': 'Colours', 'settings.auto': 'As the device', 'settings.light': 'Light', 'settings.dark': 'Dark', 'settings.language': 'Language', 'settings.account': 'Connection', 'settings.about': 'About',
  'settings.kiosk': 'Wall tablet', 'settings.kiosk_help': 'Open this address on the tablet. It has no way to rules, devices and settings.', 'settings.wake': 'Wakes on', 'settings.nobody': 'nobody in particular (anonymous)', 'settings.as': 'as {user}', 'settings.browser': 'As the browser',
  'boards.none': 'No boards', 'boards.none_help': 'Put YAML files and their list, index.yaml, into the folder “dashboards” beside this page.', 'boards.wrong': '{file} cannot be shown', 'boards.unknown_entity': 'there is no {id}', 'boards.plan': 'Floor plan',
  'all.count.one': '{n} entity', 'all.count.other': '{n} entities', 'all.nothing': 'Nothing is called “{text}”', 'all.filter': 'Name, id, room or state',

  'failure.not_allowed': 'Not allowed: the broker does not let this user do that.', 'failure.timeout': 'No answer. Is the hub running?', 'failure.offline': 'Not sent: there is no connection to the broker.', 'failure.failed': 'That did not work.', 'failure.of': '{name}: {reason}',
  'kiosk.touch': 'Touch to wake',
  'time.now': 'just now', 'unit.colour': 'Colour',
} as const;

export type Key = keyof typeof en;
