"""Rules in a running hub: a trigger switches a device, files are read again when saved, what was begun goes on after
kill -9, scripts, scenes and template entities are entities like all others."""
import time

from gable_house import HouseTest, main

SECONDS = 30
TRIGGERED = {"last_triggered": lambda when: when is not None}
LAMPS = """
devices:
  hall_lamp: {kind: light, name: Hall lamp, features: [brightness], transition: 0}
  desk_lamp: {kind: light, name: Desk lamp, features: [brightness], transition: 0}
"""
HELPERS = """
input_boolean: {motion: {name: Motion}, door: {name: Door}, again: {name: Again}}
input_number: {level: {min: 0, max: 255, initial: 80}}
timer: {short: {duration: 1}}
"""
MOTION = """
automation:
  - alias: Motion light
    triggers: {trigger: state, entity_id: input_boolean.motion, to: "on"}
    actions:
      - action: light.turn_on
        target: {entity_id: light.hall_lamp}
        data: {brightness: "{{ states('input_number.level') | int }}"}
"""


class Rules(HouseTest):
    def begin(self, rules, **hub):
        self.house.start_broker()
        self.house.start_bridge("virtual", config=LAMPS)
        self.house.start_hub(config=HELPERS, rules=rules, **hub)
        self.house.wait_state("input_boolean.motion", "off", SECONDS)
        self.house.wait_state("light.hall_lamp", "off", SECONDS)

    def rules(self, text):
        (self.house.directory / "rules" / "rules.yaml").write_text(text)

    def restart(self):
        self.house["hub"].kill()
        self.house.start_hub(config=HELPERS)

    def test_a_trigger_switches_a_lamp(self):
        self.begin(MOTION)
        self.house.wait_state("automation.motion_light", "on", SECONDS)
        self.house.publish("gable/set/input_boolean/motion", "on")
        state = self.house.wait_state("light.hall_lamp", {"state": "on", "brightness": 80}, SECONDS)
        self.assertEqual(state["_by"], "automation.motion_light")
        shown = self.house.wait_state("automation.motion_light", TRIGGERED, SECONDS)
        self.assertEqual((shown["mode"], shown["current"]), ("single", 0))

    def test_an_automation_is_turned_off_like_any_entity(self):
        self.begin(MOTION)
        self.house.publish("gable/set/automation/motion_light", "off")
        self.house.wait_state("automation.motion_light", "off", SECONDS)
        self.restart()
        self.house.wait_state("automation.motion_light", "off", SECONDS)
        self.house.publish("gable/set/automation/motion_light", "on")
        self.house.wait_state("automation.motion_light", "on", SECONDS)
        self.house.publish("gable/set/input_boolean/motion", "on")
        self.house.wait_state("light.hall_lamp", "on", SECONDS)

    def test_a_saved_file_is_in_force_within_seconds_and_a_bad_rule_stops_no_other(self):
        self.begin("automation: []")
        self.rules(MOTION + """
  - alias: Broken
    triggers: {trigger: state, entity_id: input_boolean.motion, too: "on"}
    actions: []
""")
        self.house.wait_state("automation.motion_light", "on", SECONDS)
        problem = self.house.watcher.wait_for("gable/problem/+", {"severity": "error"}, SECONDS).json
        self.assertIn("rules.yaml:11:65", problem["text"])
        self.assertIn("did you mean 'to'", problem["text"])
        self.house.publish("gable/set/input_boolean/motion", "on")
        self.house.wait_state("light.hall_lamp", "on", SECONDS)
        self.rules("automation: []")
        self.house.watcher.wait_latest("gable/state/automation/motion_light", lambda message: not message.payload, SECONDS)

    def test_a_hold_a_delay_and_a_script_go_on_after_kill_9(self):
        self.begin("""
script:
  slow:
    sequence:
      - delay: 4
      - action: light.turn_on
        target: {entity_id: light.desk_lamp}
automation:
  - alias: Held
    triggers: {trigger: state, entity_id: input_boolean.door, to: "on", for: 4}
    actions: {action: light.turn_on, target: {entity_id: light.hall_lamp}}
  - alias: Delayed
    triggers: {trigger: state, entity_id: input_boolean.door, to: "on"}
    actions:
      - action: script.slow
      - action: input_boolean.turn_on
        target: {entity_id: input_boolean.again}
""")
        begun = time.monotonic()
        self.house.publish("gable/set/input_boolean/door", "on")
        self.house.wait_state("script.slow", "on", SECONDS)
        self.restart()
        self.house.wait_state("light.hall_lamp", "on", SECONDS)
        self.assertGreater(time.monotonic() - begun, 3.5)
        self.house.wait_state("light.desk_lamp", "on", SECONDS)
        self.house.wait_state("input_boolean.again", "on", SECONDS)
        self.house.wait_state("script.slow", "off", SECONDS)

    def test_scripts_scenes_timers_topics_and_templates(self):
        self.begin("""
script:
  light_it:
    fields: {level: {required: true}}
    sequence:
      - action: light.turn_on
        target: {entity_id: light.desk_lamp}
        data: {brightness: "{{ level }}"}
scene:
  - name: Night
    entities:
      light.desk_lamp: "off"
      light.hall_lamp: {state: "on", brightness: 10}
template:
  - sensor:
      - name: Lit
        state: "{{ states.light | selectattr('state', 'eq', 'on') | list | count }}"
automation:
  - alias: Timer
    triggers: {trigger: event, event_type: timer.finished, event_data: {entity_id: timer.short}}
    actions: {action: mqtt.publish, data: {topic: elsewhere/timer, payload: "over"}}
  - alias: Topic
    triggers: {trigger: mqtt, topic: elsewhere/button/+}
    actions: {action: scene.turn_on, target: {entity_id: scene.night}}
""")
        self.house.wait_state("sensor.lit", "0", SECONDS)
        self.house.publish("gable/call/script/light_it", '{"data": {"level": 33}}')
        self.house.wait_state("light.desk_lamp", {"state": "on", "brightness": 33}, SECONDS)
        self.house.wait_state("sensor.lit", "1", SECONDS)
        since = self.house.watcher.mark()
        self.house.publish("gable/call/timer/start", '{"target": {"entity_id": "timer.short"}}')
        self.house.watcher.wait_for("elsewhere/timer", "over", SECONDS, since=since)
        self.house.publish("elsewhere/button/7", "press")
        self.house.wait_state("light.desk_lamp", "off", SECONDS)
        self.house.wait_state("light.hall_lamp", {"state": "on", "brightness": 10}, SECONDS)

    def test_a_rule_in_shadow_decides_and_does_nothing(self):
        self.begin(MOTION.replace("alias: Motion light", "alias: Motion light\n    enforce: shadow"))
        since = self.house.watcher.mark()
        self.house.publish("gable/set/input_boolean/motion", "on")
        self.house.wait_state("automation.motion_light", TRIGGERED, SECONDS)
        self.house.watcher.barrier(SECONDS)
        self.assertEqual(self.house.watcher.seen("gable/bridge/virtual/set/#", since=since), [])


main()
