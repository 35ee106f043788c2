"""Rules as they lie in a Home Assistant folder, in its old and its new spelling, by hand and out of its page: automations.yaml,
scripts.yaml, scenes.yaml, templates.yaml, a package and a blueprint. Devices and entities have their ids of
home_assistant_folder.py."""
from home_assistant_folder import BY_NAME, number

# For a lamp that another integration has; and a call to a server, which is off until somebody allows it.
WAITING = {"automation.garden_lamp_at_night", "script.ring"}

# Out of the page: devices and entities by their numbers.
PAGE = """
- id: button_single
  alias: Button once
  description: ''
  triggers:
  - trigger: device
    domain: mqtt
    device_id: {button}
    type: action
    subtype: single
    discovery_id: 0x00158d0000000005 action_single
  conditions: []
  actions:
  - action: light.turn_on
    metadata: {{}}
    target: {{device_id: {ceiling}}}
    data: {{brightness_pct: 60}}
  mode: single
- id: button_double
  alias: Button twice
  trigger:
  - platform: device
    domain: mqtt
    device_id: {button}
    type: action
    subtype: double
  action:
  - service: counter.increment
    target: {{entity_id: counter.rings}}
  - service: input_boolean.turn_on
    target: {{entity_id: {e_holiday}}}
- id: button_hold
  alias: Button held
  triggers:
  - {{trigger: device, domain: mqtt, device_id: {button}, type: action, subtype: hold}}
  actions:
  - {{device_id: {hall_lamp}, domain: light, entity_id: {e_hall}, type: turn_off}}
- id: hall_motion
  alias: Somebody is in the hall
  triggers:
  - type: occupied
    device_id: {motion}
    entity_id: {e_motion}
    domain: binary_sensor
    trigger: device
  conditions:
  - condition: device
    type: is_off
    device_id: {ceiling}
    entity_id: {e_table}
    domain: light
    enabled: false
  - condition: or
    conditions:
    - {{condition: numeric_state, entity_id: sensor.hall_brightness, below: 20}}
    - {{condition: sun, after: sunset}}
  actions:
  - action: light.turn_on
    target: {{entity_id: {e_hall}}}
  mode: restart
- id: door_opened
  alias: Door was opened
  trigger: [{{platform: device, type: opened, device_id: {door}, entity_id: {e_door}, domain: binary_sensor, for: {{minutes: 5}}}}]
  action: [{{service: notify.persistent_notification, data: {{message: The door is open}}}}]
- id: blind_position
  alias: Blind is low
  trigger: [{{platform: device, type: position, device_id: {blind}, entity_id: {e_blind}, domain: cover, below: 10}}]
  action: [{{device_id: {blind}, entity_id: {e_blind}, domain: cover, type: set_position, position: 50}}]
- id: temperature_device
  alias: Living room gets warm
  trigger: [{{platform: device, type: temperature, device_id: {thermo}, entity_id: {e_temperature}, domain: sensor, above: 26}}]
  action: [{{device_id: {blind}, entity_id: {e_blind}, domain: cover, type: close}}]
- id: switch_device
  alias: Washing machine goes on
  trigger: [{{platform: device, type: turned_on, device_id: {washer}, entity_id: {e_washer}, domain: switch}}]
  condition: [{{condition: device, type: is_on, device_id: {washer}, entity_id: {e_washer}, domain: switch}}]
  action: [{{device_id: {washer}, entity_id: {e_washer}, domain: switch, type: turn_off, enabled: false}}, {{delay: '00:00:05'}}]
- id: panic
  alias: Panic
  triggers: [{{trigger: state, entity_id: input_button.panic}}]
  actions: [{{action: light.turn_on, target: {{area_id: [hall]}}}}]
- id: renamed_rule
  alias: Renamed since
  triggers: [{{trigger: time, at: '23:00:00'}}]
  actions: [{{action: light.turn_off, target: {{label_id: night_off}}}}, {{action: switch.turn_off, target: {{label_id: [night_off]}}}}]
- id: names_renamed
  alias: Stops the one that was renamed
  triggers: [{{trigger: state, entity_id: input_boolean.guests, to: 'on'}}]
  actions: [{{action: automation.turn_off, target: {{entity_id: automation.good_old_name}}}}]
- id: garden
  alias: Garden lamp at night
  triggers: [{{trigger: sun, event: sunset, offset: '-00:15:00'}}]
  actions: [{{action: light.turn_on, target: {{entity_id: light.garden}}}}]
- id: from_blueprint
  alias: Kitchen light by motion
  use_blueprint:
    path: somebody/motion.yaml
    input: {{motion: binary_sensor.somebody_in_the_hall, light: {{entity_id: light.kitchen_table}}, wait: 60}}
"""

# By hand: triggers, then conditions, then actions.
TRIGGERS = """
{platform: state, entity_id: binary_sensor.front_door, from: 'off', to: 'on'}
{platform: state, entity_id: [light.hall, light.kitchen_table], to: 'on', for: '00:30:00'}
{trigger: state, entity_id: climate.bathroom, attribute: current_temperature}
{platform: state, entity_id: person.anna, to: not_home}
{platform: numeric_state, entity_id: sensor.living_room_temperature, above: 25, for: {minutes: 10}}
{platform: numeric_state, entity_id: sensor.washing_machine_power, below: 5, for: 120}
{platform: numeric_state, entity_id: climate.bathroom, attribute: current_temperature, below: 19.5}
{platform: numeric_state, entity_id: sensor.hall_brightness, below: input_number.wake_level}
{platform: time, at: '06:30:00'}
{platform: time, at: input_datetime.alarm}
{platform: time_pattern, minutes: /15}
{platform: sun, event: sunrise, offset: '00:30:00'}
{platform: template, value_template: "{{ states('sensor.living_room_humidity') | float(0) > 65 }}"}
{platform: template, value_template: "{{ is_state('lock.front', 'unlocked') and now().hour >= 22 }}"}
{platform: mqtt, topic: doorbell/pressed}
{platform: event, event_type: bell_rang}
{platform: homeassistant, event: start}
{platform: zone, entity_id: person.anna, zone: zone.home, event: enter}
{platform: zone, entity_id: person.anna, zone: zone.work, event: leave}
{platform: webhook, webhook_id: a-long-one}
{platform: tag, tag_id: kitchen-tag}
{platform: state, entity_id: timer.stairs, from: active, to: idle}
{platform: state, entity_id: input_select.house_mode, to: [Night, Away]}
{platform: state, entity_id: schedule.heating, to: 'on'}
{platform: state, entity_id: sun.sun, to: below_horizon}
{platform: state, entity_id: cover.big_window, not_to: [unknown, unavailable]}
{platform: state, entity_id: input_boolean.holiday}
{platform: state, entity_id: sensor.comfort}
""".strip().splitlines()
CONDITIONS = """
{condition: state, entity_id: input_boolean.guests, state: 'off'}
{condition: state, entity_id: input_select.house_mode, state: [Day, Night]}
{condition: numeric_state, entity_id: sensor.hall_brightness, below: 50}
{condition: time, after: '06:00:00', before: '23:30:00', weekday: [mon, tue, wed, thu, fri]}
{condition: sun, before: sunrise}
{condition: zone, entity_id: person.anna, zone: zone.home}
"{{ not is_state('input_boolean.holiday', 'on') }}"
{condition: template, value_template: "{{ area_entities('kitchen') | count > 0 }}"}
{or: [{condition: state, entity_id: lock.front, state: locked}, {condition: state, entity_id: light.hall, state: 'on', for: '00:01:00'}]}
{condition: not, conditions: [{condition: state, entity_id: schedule.heating, state: 'on'}]}
""".strip().splitlines()
ACTIONS = """
{service: light.turn_on, data: {entity_id: light.kitchen_table, brightness: 120, transition: 2}}
{action: light.turn_on, target: {area_id: kitchen}, data: {color_temp_kelvin: 3000}}
{service: light.turn_off, target: {floor_id: ground}}
{service: light.toggle, target: {device_id: HALL_LAMP}}
{service: cover.set_cover_position, target: {entity_id: cover.big_window}, data: {position: 40}}
{service: climate.set_temperature, target: {entity_id: climate.bathroom}, data: {temperature: "{{ 22 if is_state('person.anna', 'home') else 18 }}"}}
{service: climate.set_hvac_mode, target: {area_id: bathroom}, data: {hvac_mode: heat}}
{service: lock.lock, entity_id: lock.front}
{service: fan.set_percentage, target: {entity_id: fan.bathroom}, data: {percentage: 50}}
{service: switch.turn_off, target: {entity_id: switch.washing_machine}}
{service: select.select_option, target: {entity_id: select.kitchen_after_power_cut}, data: {option: previous}}
{service: homeassistant.turn_off, target: {label_id: night_off}}
{service: input_number.set_value, target: {entity_id: input_number.wake_level}, data: {value: 35}}
{service: input_select.select_option, target: {entity_id: input_select.house_mode}, data: {option: Away}}
{service: input_text.set_value, target: {entity_id: input_text.note}, data: {value: "{{ states('sensor.living_room_temperature') }}"}}
{service: timer.start, target: {entity_id: timer.stairs}, data: {duration: '00:02:00'}}
{service: counter.reset, target: {entity_id: counter.rings}}
{service: script.goodnight}
{service: script.turn_on, target: {entity_id: script.wake}, data: {variables: {level: 20}}}
{scene: scene.evening}
{service: script.turn_off, target: {entity_id: script.air}}
{service: mqtt.publish, data: {topic: house/note, payload: "{{ trigger.platform }}"}}
{choose: [{conditions: [{condition: state, entity_id: light.hall, state: 'on'}], sequence: [{service: light.turn_off, target: {entity_id: light.hall}}]}], default: [{delay: {seconds: 5}}]}
{if: [{condition: state, entity_id: person.anna, state: home}], then: [{service: script.wake}], else: [{stop: nobody is there}]}
{repeat: {count: 3, sequence: [{service: light.toggle, target: {entity_id: light.kitchen_table}}, {delay: '00:00:01'}]}}
{parallel: [{service: light.turn_on, target: {entity_id: light.hall}}, {service: cover.open_cover, target: {entity_id: cover.big_window}}]}
{wait_for_trigger: [{platform: state, entity_id: binary_sensor.front_door, to: 'off'}], timeout: '00:10:00', continue_on_timeout: false}
{event: house_event, event_data: {who: "{{ state_attr('person.anna', 'friendly_name') }}"}}
""".strip().splitlines()

SCRIPTS = """
goodnight:
  alias: Good night
  sequence:
    - service: light.turn_off
      target: {entity_id: all}
    - service: lock.lock
      target: {entity_id: lock.front}
    - service: input_select.select_option
      target: {entity_id: input_select.house_mode}
      data: {option: Night}
wake:
  alias: Wake up
  fields:
    level: {description: How bright, default: 40, selector: {number: {min: 1, max: 100}}}
  mode: restart
  sequence:
    - variables: {steps: "{{ [level | int, 100] | min }}"}
    - service: light.turn_on
      target: {area_id: kitchen}
      data: {brightness_pct: "{{ steps }}"}
air:
  sequence:
    - condition: numeric_state
      entity_id: sensor.living_room_humidity
      above: 60
    - service: fan.turn_on
      target: {device_id: BATH_FAN}
    - wait_template: "{{ states('sensor.living_room_humidity') | int(0) < 55 }}"
      timeout: 3600
    - service: fan.turn_off
      target: {entity_id: fan.bathroom}
"""
SCENES = """
- id: evening
  name: Evening
  entities:
    light.kitchen_table: {state: 'on', brightness: 80}
    light.hall: 'off'
    cover.big_window: closed
- id: away
  name: Away
  entities:
    switch.washing_machine: 'off'
"""
TEMPLATES = """
- sensor:
    - name: Comfort
      unique_id: comfort
      unit_of_measurement: '%'
      state: "{{ (100 - (states('sensor.living_room_humidity') | float(50) - 50) | abs) | round(0) }}"
- trigger: [{platform: state, entity_id: binary_sensor.front_door}]
  binary_sensor:
    - name: Somebody came
      unique_id: came
      state: "{{ trigger.to_state.state == 'on' }}"
"""
PACKAGE = """
input_boolean:
  from_package: {name: From a package, icon: mdi:package}
group:
  downstairs: {name: Downstairs, entities: [light.hall, light.kitchen_table]}
automation:
  - alias: Package follows the group
    trigger: {platform: state, entity_id: group.downstairs, to: 'off'}
    action: {service: input_boolean.turn_off, entity_id: input_boolean.from_package}
script:
  ring:
    sequence: [{service: rest_command.doorbell}]
  package_script:
    sequence: [{service: light.turn_on, target: {entity_id: group.downstairs}}]
"""
BLUEPRINT = """
blueprint:
  name: Motion light
  domain: automation
  input:
    motion: {name: Motion, selector: {entity: {domain: binary_sensor}}}
    light: {name: Light, selector: {target: {}}}
    wait: {name: Wait, default: 120}
mode: restart
max_exceeded: silent
trigger: [{platform: state, entity_id: !input motion, from: 'off', to: 'on'}]
action:
  - service: light.turn_on
    target: !input light
  - wait_for_trigger: [{platform: state, entity_id: !input motion, from: 'on', to: 'off'}]
  - delay: !input wait
  - service: light.turn_off
    target: !input light
"""


def _by_hand():
    lines = []
    for index in range(max(len(TRIGGERS), len(ACTIONS)) + len(CONDITIONS) + 8):
        lines += [f"- id: 'by_hand_{index}'", f"  alias: Rule {index:02}",
                  f"  trigger: [{TRIGGERS[index % len(TRIGGERS)]}]"]
        if index % 2:
            lines.append(f"  condition: [{CONDITIONS[index // 2 % len(CONDITIONS)]}]")
        lines.append(f"  action: [{ACTIONS[index * 3 % len(ACTIONS)]}, {ACTIONS[(index * 3 + 1) % len(ACTIONS)]}]")
    return "\n".join(lines).replace("HALL_LAMP", BY_NAME["hall_lamp"].id) + "\n"


def files():
    """{path: text}, without configuration.yaml and secrets.yaml."""
    of = {name: BY_NAME[device].id for name, device in {
        "button": "hall_button", "ceiling": "kitchen_ceiling", "hall_lamp": "hall_lamp", "motion": "hall_motion",
        "door": "front_door", "blind": "living_blind", "thermo": "thermometer", "washer": "washer_outlet"}.items()}
    of.update({name: number(entity) for name, entity in {
        "e_holiday": "input_boolean.holiday", "e_hall": "light.hall", "e_table": "light.kitchen_table",
        "e_motion": "binary_sensor.somebody_in_the_hall", "e_door": "binary_sensor.front_door", "e_blind": "cover.big_window",
        "e_temperature": "sensor.living_room_temperature", "e_washer": "switch.washing_machine"}.items()})
    return {"automations.yaml": PAGE.format(**of) + _by_hand(), "scripts.yaml": SCRIPTS.replace("BATH_FAN", BY_NAME["bath_fan"].id),
            "scenes.yaml": SCENES, "templates.yaml": TEMPLATES, "packages/downstairs.yaml": PACKAGE,
            "blueprints/automation/somebody/motion.yaml": BLUEPRINT}
