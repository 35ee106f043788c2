"""What explains the rules: traces of what they did and did not, causes followed through them, shadow beside others that
act, one rule moved by hand, lists and reloads. A broker's rights prove that a shadow publishes nothing elsewhere."""
import json

from gable_house import HouseTest, main, program, wait_until

SECONDS = 30
LAMPS = """
devices:
  hall_lamp: {kind: light, name: Hall lamp, features: [brightness], transition: 0}
"""
HELPERS = """
input_boolean: {motion: {name: Motion}, door: {name: Door}, allowed: {name: Allowed}}
"""
NIGHT = """
automation:
  - alias: Night light
    triggers: {trigger: state, entity_id: input_boolean.motion, to: "on"}
    conditions: {condition: state, entity_id: input_boolean.allowed, state: "on"}
    actions:
      - variables: {level: 40}
      - if: "{{ level > 3 }}"
        then:
          - action: light.turn_on
            target: {entity_id: light.hall_lamp}
            data: {brightness: "{{ level }}"}
"""
MOTION = """
automation:
  - alias: Motion light
    triggers: {trigger: state, entity_id: input_boolean.motion, to: "on"}
    actions: {action: light.turn_on, target: {entity_id: light.hall_lamp}}
"""


class Explained(HouseTest):
    def begin(self, rules, config=HELPERS, **hub):
        self.house.start_broker()
        self.house.start_bridge("virtual", config=LAMPS)
        self.house.start_hub(config=config, rules=rules, **hub)
        self.house.wait_state("input_boolean.motion", "off", SECONDS)
        self.house.wait_state("light.hall_lamp", "off", SECONDS)

    def switch(self, name, to):
        self.house.publish(f"gable/set/input_boolean/{name}", to)
        self.house.wait_state(f"input_boolean.{name}", to, SECONDS)

    def traces(self, rule, count):
        """Its last traces, newest first, when there are so many."""
        def look():
            found = self.house.gable_json("trace", rule, "--last", 50)["traces"]
            return found if len(found) >= count else None
        return wait_until(look, SECONDS, f"{rule} has less than {count} traces")

    def enforced(self, mode):
        self.house.wait_state("automation.motion_light", {"enforce": mode}, SECONDS)

    def shadow(self, decisions):
        """The answer when so many decisions are old enough to be compared."""
        def look():
            answer = self.house.gable_json("shadow")
            return answer if sum(row["decisions"] for row in answer["rules"]) >= decisions else None
        return wait_until(look, SECONDS, lambda: self.house.gable("shadow"))


class Traces(Explained):
    def test_the_text_of_a_rule_is_its_file_and_no_other(self):
        self.begin(NIGHT)
        ask = {"rule": "night_light", "file": "../hub.yaml"}
        answer = self.house.call("gable/hub/request/rule_text", json.dumps(ask), SECONDS)
        self.assertEqual(answer["data"], {"rule": "automation.night_light", "file": "rules.yaml", "text": NIGHT,
                                          "cut": False})
        answer = self.house.call("gable/hub/request/rule_text", '{"rule":"automation.no_such"}', SECONDS)
        self.assertIn("there is no rule", answer["reason"])

    def test_a_run_is_a_tree_with_values_and_what_did_not_run_says_why(self):
        self.begin(NIGHT)
        self.switch("motion", "on")
        refused, = self.traces("night_light", 1)
        self.assertEqual((refused["rule"], refused["verdict"]), ("automation.night_light", "conditions"))
        text = self.house.gable("trace", "night_light")
        self.assertIn("conditions not met", text)
        self.assertIn("input_boolean.motion: off → on", text)
        self.assertIn("state: input_boolean.allowed off  false", text)
        self.switch("motion", "off")
        self.switch("allowed", "on")
        self.switch("motion", "on")
        self.house.wait_state("light.hall_lamp", "on", SECONDS)
        run = self.traces("automation.night_light", 2)[0]
        self.assertEqual(run["verdict"], "finished")
        self.assertEqual([step["step"] for step in run["steps"]], ["variables", "if", "service"])
        text = self.house.gable("trace", "night_light")
        self.assertIn("   └─ service  light.turn_on light.hall_lamp (brightness 40)", text)
        self.assertIn("state: input_boolean.allowed on  true", text)
        self.assertIn("level 40", text)
        self.house.publish("gable/set/automation/night_light", "off")
        self.house.wait_state("automation.night_light", "off", SECONDS)
        self.assertIn("turned off", self.house.gable("trace", "night_light"))

    def test_errors_modes_and_wrong_names(self):
        self.begin("""
automation:
  - alias: Slow
    triggers: {trigger: state, entity_id: input_boolean.motion}
    actions: {delay: 3600}
  - alias: Broken
    triggers: {trigger: state, entity_id: input_boolean.motion}
    actions: {action: nowhere.at_all}
""")
        self.switch("motion", "on")
        self.switch("motion", "off")
        self.assertEqual([line["verdict"] for line in self.traces("slow", 1)], ["refused"])
        text = self.house.gable("trace", "slow")
        self.assertIn("already running (mode single)", text)
        self.assertIn("is running now", text)
        self.traces("broken", 2)
        self.assertIn("there is no service nowhere.at_all", self.house.gable("trace", "broken"))
        for wrong, hint in (("brokn", "did you mean broken?"), ("automation.brokn", "did you mean automation.broken?")):
            answer = self.house.call("gable/hub/request/trace", f'{{"rule": "{wrong}"}}', SECONDS)
            self.assertFalse(answer["ok"])
            self.assertIn(hint, answer["reason"])
            self.house.gable("trace", wrong, status=1)

    def test_a_rule_that_is_in_no_file_any_more_is_still_explained(self):
        self.begin(NIGHT)
        self.switch("motion", "on")
        self.traces("night_light", 1)
        (self.house.directory / "rules" / "rules.yaml").write_text("automation: []")
        self.house.gable("reload")
        self.assertEqual(len(self.traces("automation.night_light", 1)), 1)

    def test_why_follows_runs_to_what_began_them(self):
        self.begin("""
script:
  light_it:
    sequence: [{action: light.turn_on, target: {entity_id: light.hall_lamp}}]
automation:
  - alias: Opens
    triggers: {trigger: state, entity_id: input_boolean.motion, to: "on"}
    actions: {action: input_boolean.turn_on, target: {entity_id: input_boolean.door}}
  - alias: Lights
    triggers: {trigger: state, entity_id: input_boolean.door, to: "on"}
    actions: {action: script.light_it}
""")
        self.switch("motion", "on")
        self.house.wait_state("light.hall_lamp", "on", SECONDS)
        self.traces("lights", 1)
        chain = self.house.gable_json("why", "light.hall_lamp")["chain"]
        self.assertEqual([line.get("e") or line["rule"] for line in chain],
                         ["light.hall_lamp", "light.hall_lamp", "script.light_it", "automation.lights", "input_boolean.door",
                          "input_boolean.door", "automation.opens", "input_boolean.motion", "input_boolean.motion"])
        text = self.house.gable("why", "light.hall_lamp")
        self.assertIn("script.light_it finished, called by automation.lights", text)
        self.assertIn("automation.opens finished, triggered by input_boolean.motion: off → on", text)

    def test_why_names_a_run_that_is_not_over(self):
        self.begin(MOTION.replace("actions: {action: light.turn_on, target: {entity_id: light.hall_lamp}}",
                                  "actions: [{action: light.turn_on, target: {entity_id: light.hall_lamp}}, {delay: 3600}]"))
        self.switch("motion", "on")
        self.house.wait_state("light.hall_lamp", "on", SECONDS)
        self.assertIn("automation.motion_light is running", self.house.gable("why", "light.hall_lamp"))


class Lists(Explained):
    def test_rules_are_listed_with_places_and_reload_says_what_changed(self):
        self.begin(MOTION)
        answer = self.house.gable_json("rules")
        rule, = answer["rules"]
        self.assertEqual((rule["rule"], rule["file"], rule["line"]), ("automation.motion_light", "rules.yaml", 3))
        self.assertEqual((rule["status"], rule["enabled"], rule["mode"], rule["enforcement"], rule["current"]),
                         ("ok", True, "single", "live", 0))
        self.switch("motion", "on")
        wait_until(lambda: self.house.gable_json("rules")["rules"][0]["last_triggered"], SECONDS, "never triggered")
        self.assertIn("rules.yaml:3", self.house.gable("rules"))
        self.assertEqual(self.house.gable_json("reload")["rules"]["unchanged"], 1)
        # Whether the reload reads it, or the hub saw it first, the rule is there when the reload has ended.
        (self.house.directory / "rules" / "more.yaml").write_text("""
- alias: More
  triggers: {trigger: state, entity_id: input_boolean.door}
  actions: []
- alias: Broken
  triggers: {trigger: stat, entity_id: input_boolean.door}
  actions: []
""")
        report = self.house.gable_json("reload")["rules"]
        self.assertEqual([row["rule"] for row in report["refused"]], ["automation.broken"])
        self.assertIn("more.yaml", report["refused"][0]["findings"][0]["file"])
        rows = {row["rule"]: row for row in self.house.gable_json("rules")["rules"]}
        self.assertEqual(rows["automation.more"]["status"], "ok")
        self.assertEqual(rows["automation.broken"]["status"], "refused")
        self.assertIn("error more.yaml:6", self.house.gable("rules"))


class Shadow(Explained):
    def test_one_rule_is_moved_by_hand_and_stays_there(self):
        self.begin(MOTION, arguments=["--rules-mode", "shadow"])
        self.enforced("shadow")
        self.switch("motion", "on")
        self.assertTrue(self.traces("motion_light", 1)[0]["shadow"])
        self.house.gable("live", "motion_light")
        self.enforced("live")
        self.house["hub"].kill()
        self.house.start_hub(config=HELPERS, arguments=["--rules-mode", "shadow"])
        self.enforced("live")
        self.house.gable("reload")
        rule, = self.house.gable_json("rules")["rules"]
        self.assertEqual((rule["enforcement"], rule["moved"]), ("live", True))
        self.switch("motion", "off")
        self.switch("motion", "on")
        self.house.wait_state("light.hall_lamp", "on", SECONDS)
        self.house.gable("live", "motion_light", "--shadow")
        self.enforced("shadow")
        self.house.gable("live", "motion_light", "--file")
        self.assertNotIn("moved", self.house.gable_json("rules")["rules"][0])
        self.enforced("shadow")
        self.assertIn("did you mean", self.house.call("gable/hub/request/enforce", '{"rule": "motion_lihgt", "mode": "live"}',
                                                      SECONDS)["reason"])
        self.assertIn("expected live", self.house.call("gable/hub/request/enforce", '{"rule": "motion_light", "mode": "on"}',
                                                       SECONDS)["reason"])

    def test_the_configuration_says_the_mode_of_all_rules(self):
        self.house.start_broker()
        self.house.start_bridge("virtual", config=LAMPS)
        (self.house.directory / "rules").mkdir()
        (self.house.directory / "rules" / "rules.yaml").write_text(MOTION)
        config = HELPERS + "rules: {folder: rules, mode: MODE}\n"
        for mode, status in (("shadow", "ok"), ("off", "off"), ("live", "ok")):
            self.house.start_hub(config=config.replace("MODE", mode))
            self.house.wait_state("input_boolean.motion", "off", SECONDS)
            answer = self.house.gable_json("rules")
            self.assertEqual((answer["mode"], answer["rules"][0]["enforcement"], answer["rules"][0]["status"]),
                             (mode, mode, status))
            if mode == "off":
                self.assertIn("is off", self.house.gable("trace", "motion_light"))
                self.assertFalse(self.house.call("gable/hub/request/enforce", '{"rule": "motion_light", "mode": "live"}',
                                                 SECONDS)["ok"])
            self.house["hub"].stop()


class Rights(Explained):
    """The hub's user may publish below gable/ only; everybody else may do everything."""
    broker_options = {"users": {"gable": "secret"}, "extra": "allow_anonymous true\nlog_type all",
                      "acl": "topic readwrite #\n\nuser gable\ntopic read #\ntopic write gable/#\n"}
    RULES = MOTION + """
  - alias: Foreign lamp
    triggers: {trigger: mqtt, topic: zigbee2mqtt/button}
    actions:
      - {action: mqtt.publish, data: {topic: zigbee2mqtt/lamp/set, payload: "ON"}}
      - {action: input_boolean.turn_on, target: {entity_id: input_boolean.door}}
template:
  - triggers: {trigger: mqtt, topic: zigbee2mqtt/button}
    actions: {action: mqtt.publish, data: {topic: zigbee2mqtt/other/set, payload: "ON"}}
    sensor: {name: Button, state: "{{ trigger.payload }}"}
"""

    def start_limited(self):
        directory = self.house.directory
        (directory / "rules").mkdir()
        (directory / "rules" / "rules.yaml").write_text(self.RULES)
        (directory / "hub.yaml").write_text(HELPERS)
        self.house.run("hub", [program("gable-hub"), "--config", directory / "hub.yaml", "--broker",
                               self.house.broker.url_for("gable"), "--state", directory / "state", "--rules",
                               directory / "rules", "--rules-mode", "shadow"])
        self.house.wait_state("light.hall_lamp", "off", SECONDS)
        self.enforced("shadow")

    def denied(self):
        return [line for line in self.house.broker.output().splitlines() if "Denied PUBLISH" in line]

    def foreign(self, since):
        """What went out below no root of ours; the test's own barriers are neither."""
        return [str(message) for message in self.house.watcher.seen(since=since)
                if not message.topic.startswith(("gable/", "test/barrier/"))]

    def test_a_shadow_needs_no_rights_elsewhere_and_agrees_with_who_acts(self):
        self.house.publish("zigbee2mqtt/lamp", '{"state": "OFF"}', retain=True)
        self.house.publish("zigbee2mqtt/bridge/state", "online", retain=True)
        self.house.publish("homeassistant/status", "online", retain=True)
        self.house.start_bridge("virtual", config=LAMPS)
        self.house.watcher.barrier(SECONDS)
        since = self.house.watcher.mark()
        self.start_limited()
        # Somebody else does the same.
        self.switch("motion", "on")
        self.house.publish("gable/set/light/hall_lamp", "on")
        self.house.wait_state("light.hall_lamp", "on", SECONDS)
        row, = self.shadow(1)["rules"]
        self.assertEqual((row["rule"], row["decisions"], row["matched"], row["already"], row["missed"]),
                         ("automation.motion_light", 1, 1, 0, 0))
        # Nobody does.
        self.house.publish("zigbee2mqtt/button", "press")
        self.house.wait_state("sensor.button", "press", SECONDS)
        answer = self.shadow(4)
        rows = {row["rule"]: row for row in answer["rules"]}
        lamp = rows["automation.foreign_lamp"]
        self.assertEqual((lamp["decisions"], lamp["uncompared"], lamp["matched"], lamp["missed"]), (2, 1, 0, 1))
        missed, = answer["differences"]
        self.assertEqual((missed["rule"], missed["e"], missed["expected"], missed["found"]),
                         ("automation.foreign_lamp", "input_boolean.door", {"state": "on"}, {"state": "off"}))
        self.assertIn("withheld: mqtt.publish", self.house.gable("trace", "foreign_lamp", "--run", missed["run"]))
        self.assertIn("100 %", self.house.gable("shadow", "motion_light"))
        text = self.house.gable("shadow", "foreign_lamp")
        self.assertIn("input_boolean.door should be state on, was state off", text)
        self.assertNotIn("motion_light", text)
        # Nothing left, and nothing was refused.
        self.assertEqual(self.foreign(since), ["zigbee2mqtt/button press"])
        self.assertEqual(self.denied(), [])
        self.assertEqual([row["id"] for row in self.house.gable_json("problems")], [])
        # That this proves something: in earnest, the same rule meets the broker's refusal.
        self.house.gable("live", "foreign_lamp")
        self.house.publish("zigbee2mqtt/button", "press")
        wait_until(self.denied, SECONDS, "nothing was refused")
        self.house.wait_state("input_boolean.door", "on", SECONDS)


main()
