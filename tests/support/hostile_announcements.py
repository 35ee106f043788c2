"""Announcements that no honest program sends: malformed, huge, deep, looping and lying ones, from a seed.

    for announcement in hostile(1000, seed=7): announcement.topic, announcement.payload, announcement.kind,
        announcement.refused     # True: nothing of it may become an entity, and a problem must say so
        announcement.messages    # [(topic, payload)] that set it going
"""
import dataclasses
import json
import random

MALFORMED, HUGE, DEEP, LOOPING, LYING = "malformed", "huge", "deep", "looping", "lying"


@dataclasses.dataclass
class Announcement:
    kind: str
    topic: str
    payload: bytes
    refused: bool = False
    messages: tuple = ()


class Author:
    def __init__(self, chance, number, victim):
        self.chance, self.number, self.victim = chance, number, victim
        self.node = f"evil{number}"

    def topic(self, platform="sensor"):
        return f"homeassistant/{platform}/{self.node}/thing/config"

    def config(self, **more):
        return {"name": f"Evil {self.number}", "unique_id": self.node, "state_topic": f"evil/{self.number}",
                "device": {"identifiers": [self.node], "name": self.node}, **more}

    def made(self, kind, config, platform="sensor", **more):
        payload = config if isinstance(config, bytes) else json.dumps(config).encode()
        return Announcement(kind, self.topic(platform), payload, **more)

    # ── malformed: no document, or not of the form ──

    def malformed(self):
        honest = json.dumps(self.config()).encode()
        broken = self.chance.choice([
            honest[:self.chance.randrange(1, len(honest))], honest + b"}", b"\xff\xfe" + honest, honest[:20] + b"\x00" + honest[20:],
            honest.replace(b'"name"', b'"na\xc3\x28me"'), honest.replace(b"{", b"[", 1), b"null", b"[]", b'"text"', b"42", b"true",
            b"{" * 300, b'{"name": NaN}', b"\xef\xbb\xbf" + b"garbage", b"\x00" * 64, b'{"a":1,"a":2}', b"{'name': 'single'}",
        ])
        return self.made(MALFORMED, broken, refused=True)

    def wrong_types(self):
        nonsense = [[], {}, [[]], 1e308, -1, True, {"a": {"b": []}}, ["a", 1], None, "", " ", "\u0000", "\ud83d\ude00" * 20]
        key = self.chance.choice(["state_topic", "name", "unit_of_measurement", "value_template", "device", "availability",
                                  "json_attributes_topic", "device_class", "expire_after", "icon", "qos", "encoding",
                                  "entity_category", "default_entity_id", "object_id", "unique_id", "origin", "options",
                                  "availability_mode", "enabled_by_default", "force_update", "state_class"])
        return self.made(MALFORMED, self.config(**{key: self.chance.choice(nonsense)}))

    def no_platform(self):
        platform = self.chance.choice(["toaster", "SENSOR", "sensor ", "weather", "media_player", "device", "gable", "%s"])
        return self.made(MALFORMED, self.config(), platform, refused=True)

    # ── huge ──

    def huge(self):
        size = self.chance.choice([70_000, 300_000, 1_100_000, 3_000_000])
        key = self.chance.choice(["name", "value_template", "unit_of_measurement", "state_topic", "icon", "unknown_key"])
        return self.made(HUGE, self.config(**{key: "x" * size}), refused=size > 1_100_000 or key == "state_topic")

    def many(self):
        count = self.chance.choice([5_000, 60_000])
        what = self.chance.choice([
            {"options": [f"o{i}" for i in range(count)], "device_class": "enum"},
            {f"key{i}": i for i in range(count)},
            {"availability": [{"topic": f"evil/{self.number}/a{i}"} for i in range(count)]},
            {"device": {"identifiers": [f"id{i}" for i in range(count)], "name": "many"}},
        ])
        return self.made(HUGE, self.config(**what))

    def crowd(self):
        parts = {f"c{i}": {"platform": "sensor", "unique_id": f"{self.node}c{i}", "state_topic": f"evil/{self.number}/{i}"}
                 for i in range(self.chance.choice([600, 3_000]))}
        config = {"device": {"identifiers": [self.node]}, "origin": {"name": "evil"}, "components": parts}
        return Announcement(HUGE, f"homeassistant/device/{self.node}/config", json.dumps(config).encode())

    # ── deep ──

    def deep(self):
        depth = self.chance.choice([40, 1_000, 100_000])
        opening, closing = self.chance.choice([(b"[", b"]"), (b'{"a":', b"}")])
        body = opening * depth + b"1" + closing * depth
        return self.made(DEEP, json.dumps(self.config()).encode()[:-1] + b',"deep":' + body + b"}", refused=depth > 40)

    def deep_template(self):
        depth = self.chance.choice([50, 500, 5_000])
        source = self.chance.choice([
            "{{ " + "(" * depth + "1" + ")" * depth + " }}", "{{ " + "-" * depth + "1 }}",
            "{% if true %}" * depth + "x" + "{% endif %}" * depth, "{{ value" + "|upper" * depth + " }}",
            "{{ " + "[" * depth + "]" * depth + " }}", "{{ value" + ".a" * depth + " }}"])
        return self.made(DEEP, self.config(value_template=source), messages=((f"evil/{self.number}", "{}"),))

    # ── looping ──

    def loop(self):
        source = self.chance.choice([
            "{% for i in range(1000000000) %}{{ i }}{% endfor %}", "{{ 'a' * 1000000000 }}", "{{ range(1000000000) | list }}",
            "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "{{ 9 ** 9 ** 9 }}", "{{ 'x'.ljust(1000000000) }}",
            "{% for a in range(9999) %}{% for b in range(9999) %}{% for c in range(9999) %}x{% endfor %}{% endfor %}{% endfor %}",
            "{% set ns = namespace(t='x') %}{% for i in range(99) %}{% set ns.t = ns.t ~ ns.t %}{% endfor %}{{ ns.t }}",
            "{{ value | regex_replace('(a+)+$', '') }}", "{{ '%1000000000d' | format(1) }}"])
        payload = "a" * 40 + "!"
        return self.made(LOOPING, self.config(value_template=source), messages=((f"evil/{self.number}", payload),))

    def own_tail(self):
        own = self.topic()
        config = self.chance.choice([
            self.config(state_topic=own), self.config(state_topic="homeassistant/#"), self.config(state_topic="#"),
            self.config(state_topic="gable/state/#"), self.config(state_topic="gable/meta/sensor/evil"),
            self.config(availability_topic=own), self.config(json_attributes_topic="gable/hub/health"),
            self.config(**{"~": "~/~"}, state_topic="~/~/~"),
            self.config(device={"identifiers": [self.node], "name": "x", "via_device": self.node}),
            self.config(device={"identifiers": [self.node], "name": "x", "via_device": f"evil{self.number + 1}"})])
        return self.made(LOOPING, config)

    # ── lying ──

    def stolen(self):
        """Claims to be somebody else's entity."""
        return self.made(LYING, {**self.victim, "name": "Stolen", "command_topic": f"evil/{self.number}"}, "switch")

    def commands(self):
        topic = self.chance.choice(["gable/set/lock/front_door", "gable/hub/request/forget", "$SYS/broker", "evil/#", "evil/+/x", "",
                                    "gable/bridge/virtual/set/x", "homeassistant/status", "\u0000", "a" * 70_000])
        return self.made(LYING, self.config(command_topic=topic, state_topic=f"evil/{self.number}"), "switch")

    def numbers(self):
        wild = [0, -1, 1e308, -1e308, 5e-324, 10 ** 40, "nan", "inf", "1e999", "x", True]
        keys = ["min", "max", "step", "brightness_scale", "speed_range_min", "speed_range_max", "position_open",
                "position_closed", "min_mireds", "max_mireds", "expire_after", "off_delay", "temp_step", "min_temp", "max_temp"]
        platform = self.chance.choice(["number", "light", "fan", "cover", "climate", "sensor", "binary_sensor"])
        more = {key: self.chance.choice(wild) for key in self.chance.sample(keys, 4)}
        base = self.config(command_topic="evil/c", schema="json", brightness=True, supported_color_modes=["color_temp"],
                           percentage_command_topic="evil/p", percentage_state_topic=f"evil/{self.number}",
                           position_topic=f"evil/{self.number}", set_position_topic="evil/s",
                           temperature_state_topic=f"evil/{self.number}")
        if platform != "light":
            del base["schema"]
        said = self.chance.choice(['{"state":"ON","brightness":1e400}', '{"state":"ON","color_temp":0,"color_mode":"color_temp"}',
                                   "1e308", "-0", "99999999999999999999999", "nan", "50"])
        return self.made(LYING, {**base, **more}, platform, messages=((f"evil/{self.number}", said),))

    def names(self):
        text = self.chance.choice(["<script>alert(1)</script>", "../../etc/passwd", "gable/#", "%n%s%x", "\u202egnp.exe", "a\nb\r\nc",
                                   "'; DROP TABLE", "\u0007\u001b[31m", "x" * 5_000, "𝕏" * 300, "${HOME}", "$(reboot)"])
        key = self.chance.choice(["name", "default_entity_id", "object_id", "unit_of_measurement", "icon", "unique_id"])
        return self.made(LYING, self.config(**{key: text}), messages=((f"evil/{self.number}", text),))

    def states(self):
        """An honest announcement of a device that then talks nonsense."""
        said = self.chance.choice(["x" * 100_000, "\u0000", "[" * 50_000, '{"a":' * 5_000, "NaN", '{"state":[[[]]]}', " ", "\ud83d"])
        return self.made(LYING, self.config(json_attributes_topic=f"evil/{self.number}"),
                         messages=((f"evil/{self.number}", said.encode("utf-8", "surrogatepass")),))


KINDS = (Author.malformed, Author.wrong_types, Author.no_platform, Author.huge, Author.many, Author.crowd, Author.deep,
         Author.deep_template, Author.loop, Author.own_tail, Author.stolen, Author.commands, Author.numbers, Author.names,
         Author.states)
# The big ones are few: all together they are a few dozen MB.
RARE = (Author.huge, Author.many, Author.crowd, Author.deep)


def hostile(count, seed, victim):
    """`victim`: the configuration of an honest switch whose unique id some claim."""
    chance = random.Random(seed)
    common = [kind for kind in KINDS if kind not in RARE]
    for number in range(count):
        kind = chance.choice(RARE) if number % 25 == 0 else chance.choice(common)
        yield kind(Author(chance, number, victim))
