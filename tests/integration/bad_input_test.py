"""Messages that nobody should send. Each gets a clear answer (a result, a problem), nothing else is disturbed: the
lamp answers afterwards, the hub is the same process and has not grown."""
import os
import json
import pathlib

from gable_house import HouseTest, main

SECONDS = 60
# KiB of resident memory, whatever a test has sent; a sanitizer keeps what is freed for a while, and shadows all of it.
GROWTH = (256 if os.environ.get("GABLE_SANITIZE") else 48) << 10

LAMP = """
devices:
  kitchen_ceiling: {kind: light, name: Kitchen ceiling, features: [brightness], transition: 0}
  hall_ceiling: {kind: light, name: Hall ceiling, transition: 0}
"""


def nested(depth, inside="1"):
    return "[" * depth + inside + "]" * depth


class BadInput(HouseTest):
    def setUp(self):
        super().setUp()
        self.house.start()
        self.house.start_bridge("virtual", config=LAMP)
        self.house.wait_state("light.kitchen_ceiling", "off", SECONDS)
        self.house.wait_availability("light.kitchen_ceiling", "online", SECONDS)
        self.lamp_answers()
        self.pid, self.resident = self.house["hub"].pid, self.memory()

    def tearDown(self):
        self.lamp_answers()
        self.assertEqual(self.house["hub"].pid, self.pid)
        self.assertTrue(self.house["hub"].alive and self.house["virtual"].alive)
        self.assertLess(self.memory() - self.resident, GROWTH, "KiB more than before")
        for message in self.house.retained("gable/problem/#").values():
            self.assertLess(len(message.payload), 4096, message.topic)
            self.assertIn("text", message.json)

    # ── pieces ──

    def memory(self):
        """Resident, in KiB."""
        status = pathlib.Path(f"/proc/{self.house['hub'].pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0])

    def lamp_answers(self):
        for word in ("on", "off"):
            self.assertEqual(self.house.call("gable/set/light/kitchen_ceiling", word, SECONDS)["status"], "done")
            self.house.wait_state("light.kitchen_ceiling", word, SECONDS)

    def bridge(self, rest, document, name="odd", retain=True):
        self.house.publish(f"gable/bridge/{name}/{rest}", document, retain=retain)

    def begin_bridge(self, name="odd"):
        self.bridge("info", {"schema": "bridge/1", "program": "odd", "version": "1"}, name)
        self.bridge("status", {"status": "online", "session": "1"}, name)

    def problem(self, id, *words, seconds=SECONDS):
        """The problem, once its text says all of these words."""
        return self.house.watcher.wait_latest(
            f"gable/problem/{id}", {"text": lambda t: all(w in t for w in words)}, seconds).json

    def rejected(self, topic, payload, code, *words):
        answer = self.house.call(topic, payload, SECONDS)
        self.assertEqual((answer["status"], answer.get("code")), ("rejected", code), answer)
        for word in words:
            self.assertIn(word, answer["reason"])
        self.assertLess(len(json.dumps(answer)), 2048)
        return answer

    def entities(self):
        return sorted(t for t in self.house.retained("gable/meta/#"))


class Announcements(BadInput):
    def setUp(self):
        super().setUp()
        self.begin_bridge()
        self.before = self.entities()

    def announced(self, payload, *words, device="thing"):
        mark = self.house.watcher.mark()
        self.bridge(f"device/{device}", payload)
        self.house.watcher.wait_for(f"gable/problem/bridge.odd.{device}",
                                    {"text": lambda t: all(w in t for w in words)}, SECONDS, mark)

    def test_a_huge_document(self):
        self.announced('{"schema":"device/1","name":"' + "x" * (6 << 20) + '"}', "bytes")
        for number in range(20):
            self.bridge(f"device/huge{number}", '{"a":"' + "x" * (6 << 20) + '"}', retain=False)
            self.bridge(f"state/huge{number}", '{"a":"' + "x" * (6 << 20) + '"}', retain=False)
        self.assertEqual(self.entities(), self.before)

    def test_a_deep_document(self):
        self.announced('{"schema":"device/1","entity":' + nested(100_000) + "}", "nested")
        self.announced("[" * 500_000, "nest")
        self.announced('{"a":' * 100_000, "nest")

    def test_many_values(self):
        self.announced('{"schema":"device/1","entity":{"domain":"select","options":[' + ",".join(
            f'"{n}"' for n in range(120_000)) + "]}}", "")

    def test_wrong_types(self):
        entity = {"domain": "light", "features": ["brightness"]}
        for document in ({"schema": "device/1", "name": 5, "entity": entity},
                         {"schema": "device/1", "entity": "light"},
                         {"schema": "device/1", "entity": {**entity, "features": "brightness"}},
                         {"schema": "device/1", "entity": {**entity, "min": "low"}},
                         {"schema": "device/1", "entity": entity, "entities": {"a": entity}},
                         {"schema": "device/1", "entity": {"domain": "spaceship"}},
                         {"schema": "device/1", "entities": {"_a": entity}},
                         {"schema": 1, "entity": entity},
                         {"schema": "device/1"}, [], "text", "5", "null", "\0", "{", '{"a":1}{"b":2}',
                         '{"schema":"device/1","schema":"device/1"}', b"\xff\xfe\x00"):
            payload = document if isinstance(document, (str, bytes)) else json.dumps(document)
            mark = self.house.watcher.mark()
            self.bridge("device/thing", payload)
            self.lamp_answers()  # the hub has read it
            self.house.watcher.wait_latest("gable/problem/bridge.odd.thing",
                                           {"text": lambda t: "odd" in t and "thing" in t}, SECONDS)
            # Good again: the problem goes.
            self.bridge("device/thing", {"schema": "device/1", "name": "Thing", "entity": entity})
            self.house.watcher.wait_for("gable/problem/bridge.odd.thing", "", SECONDS, mark)
        self.assertEqual(len(self.entities()), len(self.before) + 1)

    def test_hostile_texts_are_texts(self):
        name = 'Lamp "x"; {{ states }} <script>alert(1)</script> ../../etc/passwd \u0007 \u202e $(reboot) +/#'
        self.bridge("device/thing", {"schema": "device/1", "name": name, "entity": {
            "domain": "light", "object_id": "../../state/light/kitchen_ceiling"}})
        self.bridge("device/other", {"schema": "device/1", "name": name, "entity": {"domain": "light"}})
        self.bridge("state/other", {"state": "on"})
        self.lamp_answers()
        for topic in set(self.entities()) - set(self.before):
            self.assertRegex(topic, r"^gable/meta/light/[a-z0-9_]{1,128}$")

    def test_hostile_reports(self):
        self.bridge("device/thing", {"schema": "device/1", "name": "Thing", "entity": {
            "domain": "sensor", "unit": "W", "object_id": "thing"}})
        self.bridge("state/thing", {"state": 5})
        self.house.wait_state("sensor.thing", 5, SECONDS)
        for payload in ('{"state":"warm"}', '{"state":[1]}', '{"state":{"a":1}}', '{"state":true}', '{"state":"NaN"}',
                        '{"state":1e999}', "5", "[]", "{", b"\xff", '{"state":' + nested(1000) + "}",
                        '{"state":"' + "9" * 400_000 + '"}', '{"state":5,"extra":"' + "x" * 300_000 + '"}'):
            self.bridge("state/thing", payload)
            self.lamp_answers()
            text = payload.decode(errors="replace") if isinstance(payload, bytes) else payload
            problems = [t for t in self.house.retained("gable/problem/#") if t.endswith("odd.thing")]
            self.assertEqual(len(problems), 1, f"no problem after {text[:60]}")
            mark = self.house.watcher.mark()
            self.bridge("state/thing", {"state": 6})
            self.house.watcher.wait_for(problems[0], "", SECONDS, mark)
            self.bridge("state/thing", {"state": 5})
        self.house.wait_state("sensor.thing", 5, SECONDS)

    def test_floods_of_unknown_things_are_bounded(self):
        for number in range(3000):
            self.house.publish(f"gable/bridge/flood{number}/state/d", "x" * 8000, qos=0)
            self.house.publish(f"gable/bridge/odd/state/d{number}", "x" * 60_000, qos=0)
            self.house.publish(f"gable/bridge/odd/link/l{number}", '{"status":"online"}', qos=0)
            self.house.publish(f"gable/set/light/nobody{number}", "on", qos=0)
        self.house.watcher.barrier(SECONDS)

    def test_two_bridges_claim_one_entity(self):
        self.begin_bridge("second")
        self.bridge("device/lamp", {"schema": "device/1", "name": "Lamp", "entity": {
            "domain": "light", "object_id": "kitchen_ceiling"}}, "second")
        self.bridge("state/lamp", {"state": "on"}, "second")
        self.house.wait_state("light.kitchen_ceiling_2", "on", SECONDS)
        told = self.problem("conflict.light.kitchen_ceiling_2", "second/lamp", "virtual/kitchen_ceiling")
        self.assertIn("gable rename", told["help"])
        meta = self.house.retained("gable/meta/light/+")
        self.assertEqual(meta["gable/meta/light/kitchen_ceiling"].json["source"], "virtual/kitchen_ceiling")
        self.assertEqual(self.house.watcher.latest("gable/state/light/kitchen_ceiling").json["state"], "off")

    def test_a_bridge_with_a_newer_schema(self):
        self.bridge("device/thing", {"schema": "device/1", "name": "Thing", "entity": {"domain": "light"}})
        self.bridge("state/thing", {"state": "on"})
        self.house.wait_state("light.thing", "on", SECONDS)
        self.bridge("info", {"schema": "bridge/2", "program": "odd", "version": "9"})
        self.assertIn("Update the hub", self.problem("bridge.odd.schema", "odd", "newer")["help"])
        told = self.house.wait_availability("light.thing", "offline", SECONDS)
        self.assertIn("newer schema", told["reason"])
        self.assertEqual(self.house.watcher.latest("gable/availability/light/kitchen_ceiling").json["status"],
                         "online")
        mark = self.house.watcher.mark()
        self.bridge("info", {"schema": "bridge/1", "program": "odd", "version": "1"})
        self.house.watcher.wait_for("gable/problem/bridge.odd.schema", "", SECONDS, mark)
        self.house.wait_availability("light.thing", "online", SECONDS)

    def test_a_device_with_a_newer_schema(self):
        self.announced(json.dumps({"schema": "device/2", "name": "Thing", "entity": {"domain": "light"}}), "device/2")

    def test_a_bridge_with_a_bad_topic(self):
        self.bridge("state/Küche", {"state": "on"})
        self.problem("bridge.odd.topic", "state/Küche")
        self.bridge("stat/lamp", {"state": "on"})  # below its own prefix: its own affair
        self.lamp_answers()


class Commands(BadInput):
    def test_a_retained_command_is_obeyed_once_and_cleared(self):
        topic = "gable/set/light/hall_ceiling"
        mark = self.house.watcher.mark()
        self.house.publish(topic, "on", retain=True)
        self.house.wait_state("light.hall_ceiling", "on", SECONDS)
        self.house.watcher.wait_for(topic, "", SECONDS, mark)
        told = self.problem("retained_command.gable_set_light_hall_ceiling", topic)
        self.assertIn("retain flag off", told["help"])
        self.house.publish("gable/set/light/hall_ceiling", "off")
        self.house.wait_state("light.hall_ceiling", "off", SECONDS)
        self.assertEqual(self.house.retained("gable/set/#"), {})
        # Neither the hub's restart nor a stored one acts again.
        self.house["hub"].stop()
        self.house.publish(topic, "on", retain=True)
        mark = self.house.watcher.mark()
        self.house.start_hub()
        self.pid, self.resident = self.house["hub"].pid, self.memory()
        self.lamp_answers()
        self.assertEqual(self.house.watcher.seen("gable/bridge/virtual/set/hall_ceiling", since=mark), [])

    def test_refusals_say_why(self):
        lamp = "gable/set/light/kitchen_ceiling"
        self.rejected(lamp, '{"state":"on","brightnes":100}', "unknown_attribute", "brightnes")
        self.rejected(lamp, '{"state":"on","brightness":300}', "out_of_range", "255", "300")
        self.rejected(f"{lamp}/brightness", "-1", "out_of_range", "255")
        self.rejected(f"{lamp}/brightness", "bright", "wrong_type", "bright")
        self.rejected(lamp, '{"state":"on","brightness":"bright"}', "wrong_type")
        self.rejected(lamp, '{"state":"on","color_temp_kelvin":3000}', "unsupported", "color_temp")
        self.rejected("gable/set/light/hall_ceiling/brightness", "40%", "unsupported", "brightness")
        self.rejected("gable/set/light/kitchen_celing", "on", "unknown_entity", "light.kitchen_ceiling")
        self.rejected(lamp, "dance", "malformed", "dance")
        self.rejected("gable/call/light/dance", {"target": {"entity_id": "light.kitchen_ceiling"}},
                      "unknown_service", "dance")
        self.rejected("gable/call/light/turn_on", {"target": {"entity_id": "light.nobody"}}, "unknown_entity",
                      "light.nobody")
        self.rejected("gable/call/light/turn_on", {}, "unknown_entity", "target")

    def test_hostile_commands(self):
        lamp = "gable/set/light/kitchen_ceiling"
        since = self.house.watcher.mark()
        self.rejected(lamp, '{"state":' + nested(100_000) + "}", "too_large")
        self.rejected(lamp, "x" * (6 << 20), "too_large")
        self.rejected(lamp, '{"state":"' + "x" * (6 << 20) + '"}', "too_large")
        self.rejected(lamp, b"\xff\xfe", "malformed")
        self.rejected(lamp, b'{"state":"on","effect":"\xc3\x28"}', "malformed", "UTF-8")
        self.rejected(lamp, b"on\0", "malformed")
        self.rejected(lamp, "{", "malformed")
        self.rejected(lamp, '{"state":"on","state":"off"}', "malformed")
        self.rejected(f"{lamp}/brightness", "1e999", "wrong_type")
        self.rejected("gable/call/light/turn_on", "[]", "wrong_type")
        self.rejected("gable/call/light/turn_on", b"\xff", "malformed")
        self.assertEqual(self.house.watcher.seen("gable/bridge/virtual/set/#", since=since), [])

    def test_bad_topics_are_answered(self):
        self.rejected("gable/set/light/Kitchen-Ceiling", "on", "malformed", "gable/set/light/Kitchen-Ceiling")
        self.rejected("gable/set/light", "on", "malformed", "gable/set/light")
        self.rejected("gable/set/light/kitchen_ceiling/brightness/more", "5", "malformed")
        self.rejected("gable/set/spaceship/one", "on", "unknown_entity", "spaceship.one")
        self.rejected("gable/call/light/Turn-On", "{}", "malformed")

    def test_a_reply_is_only_sent_where_replies_belong(self):
        for topic in ("gable/state/light/kitchen_ceiling", "gable/hub/status", "elsewhere/x", "gable/client"):
            mark = self.house.watcher.mark()
            self.house.publish("gable/set/light/kitchen_ceiling", "dance", response_topic=topic, correlation="1")
            self.house.watcher.wait_for("gable/result/light/kitchen_ceiling", {"status": "rejected"}, SECONDS, mark)
            self.lamp_answers()
            self.assertEqual(self.house.watcher.seen(topic, {"status": "rejected"}, since=mark), [])

    def test_a_bridge_refuses_by_itself(self):
        lamp = "gable/bridge/virtual/set/kitchen_ceiling"
        for payload, code in ((b"\xff\xfe", "malformed"), ("x" * (6 << 20), "too_large"), ("[" * 100_000, None),
                              ('{"state":"on","brightnes":5}', "unknown_attribute"), ('{"state":', "malformed")):
            answer = self.house.call(lamp, payload, SECONDS)
            self.assertEqual(answer["status"], "rejected", answer)
            if code:
                self.assertEqual(answer["code"], code, answer)
        self.assertEqual(self.house.call("gable/bridge/virtual/set/nobody", "on", SECONDS)["code"], "unknown_entity")

    def test_requests(self):
        for method, payload in (("history", '{"entity_id":5}'), ("history", "{"), ("nonsense", "{}"),
                                ("history", b"\xff"), ("why", '{"entity_id":"light.nobody"}'),
                                ("history", '{"entity_id":"light.kitchen_ceiling","from":"' + "9" * 300_000 + '"}')):
            answer = self.house.call(f"gable/hub/request/{method}", payload, SECONDS)
            self.assertEqual(answer["ok"], False, (method, payload[:40], answer))
            self.assertTrue(answer["reason"])


del BadInput  # a pattern, no test of its own


if __name__ == "__main__":
    main()
