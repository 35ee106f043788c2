"""What messages make of the state of an announced entity, platform by platform, as Home Assistant's documentation says.

    tracker = TRACKERS["light"](announced)
    tracker.feed("zigbee2mqtt/lamp", '{"state":"ON"}')
    tracker.state, tracker.attributes          # None: unknown; attributes hold what is known

How a payload is read is in discovery_payloads.
"""
import math

from discovery_payloads import Dropped, Kept, Message, Template, strict_json, text_of

_LONGEST_STATE = 255
_NO_NUMBER = {"date", "enum", "timestamp", "uptime"}


def numeric_sensor(config):
    """Whether Home Assistant expects a number of this sensor."""
    if config.get("device_class") in _NO_NUMBER:
        return False
    return any(config.get(key) is not None for key in
               ("state_class", "unit_of_measurement", "suggested_display_precision", "device_class"))


def _whole(number):
    """1 to 100 of a range, as Home Assistant rounds it: down."""
    return int(number // 1)


def percentage(low, high, value):
    return _whole((value - (low - 1)) * 100 / (high - low + 1))


class Tracker:
    """`inlets`: (topic key, template key, method) in the order in which they are served."""

    inlets = ()

    def __init__(self, announced):
        self.config = announced.config
        self.state, self.attributes = None, {}
        self.reported = False  # something was said of it

    def feed(self, topic, payload):
        self.take(Message(topic, payload))

    def take(self, message):
        for topic_key, template_key, method in self.inlets:
            if self.config.get(topic_key) != message.topic:
                continue
            template = self.config.get(template_key)
            try:
                text = Template(template).render(message, self.keeps) if template else message.payload
                getattr(self, method)(text)
            except (Dropped, Kept):
                continue

    keeps = False

    def put(self, name, value):
        if value is None:
            self.attributes.pop(name, None)
        else:
            self.attributes[name] = value

    def _number(self, name, text):
        """A number, `None` for none; anything else is ignored."""
        if text == "None":
            self.put(name, None)
        elif text:
            try:
                self.put(name, float(text))
            except ValueError:
                pass

    def _one_of(self, name, text, allowed):
        if text == "None":
            self.put(name, None)
        elif text in allowed:
            self.put(name, text)


class Choice(Tracker):
    """A state that is one of a few payloads; `words`: {payload: state}."""

    inlets = (("state_topic", "value_template", "on_state"),)

    def __init__(self, announced):
        super().__init__(announced)
        self.words = self.make_words(self.config)

    def on_state(self, text):
        if text == "None":
            self.state = None
        elif text in self.words:
            self.state = self.words[text]


class Switch(Choice):
    @staticmethod
    def make_words(config):
        return {config.get("state_off") or config.get("payload_off", "OFF"): "off",
                config.get("state_on") or config.get("payload_on", "ON"): "on"}


class BinarySensor(Choice):
    @staticmethod
    def make_words(config):
        return {config.get("payload_off", "OFF"): "off", config.get("payload_on", "ON"): "on"}


class Lock(Choice):
    @staticmethod
    def make_words(config):
        names = ("jammed", "locking", "unlocking", "open", "opening", "unlocked", "locked")
        return {config.get(f"state_{name}", name.upper()): name for name in names}


class Sensor(Tracker):
    inlets = (("json_attributes_topic", "json_attributes_template", "on_attributes"),
              ("state_topic", "value_template", "on_state"))
    keeps = True
    blocked = set("""assumed_state available device_class device_info entity_category entity_picture
        entity_registry_enabled_default extra_state_attributes force_update icon name should_poll state supported_features
        unique_id unit_of_measurement""".split())

    def __init__(self, announced):
        super().__init__(announced)
        self.numeric = numeric_sensor(self.config)

    def on_state(self, text):
        if text == "None":
            self.state = None
        elif self.numeric:
            self.on_number(text)
        elif self.config.get("device_class") in (None, "enum"):
            if self.config.get("options") is None or text in self.config["options"]:
                if len(text.encode()) <= _LONGEST_STATE:  # characters in Home Assistant, which then knows nothing
                    self.state = text
        else:
            self.state = text  # a time; compared as one

    def on_number(self, text):
        try:
            number = float(text)
        except ValueError:
            return
        if math.isfinite(number):
            self.state = number

    def on_attributes(self, text):
        try:
            found = strict_json(text)
        except ValueError:
            return
        if isinstance(found, dict):
            self.attributes = {key: value for key, value in found.items() if key not in self.blocked}


class Select(Tracker):
    inlets = (("state_topic", "value_template", "on_state"),)

    def on_state(self, text):
        if text.lower() == "none":
            self.state = None
        elif text.strip() and text in self.config["options"]:  # an empty one is ignored, even where it is an option
            self.state = text


class Number(Tracker):
    inlets = (("state_topic", "value_template", "on_state"),)

    def on_state(self, text):
        if not text.strip():
            return
        if text == self.config.get("payload_reset", "None"):
            self.state = None
            return
        try:
            number = float(text)
        except ValueError:
            return
        if self.config.get("min", 1) <= number <= self.config.get("max", 100):
            self.state = number


class Text(Tracker):
    inlets = (("state_topic", "value_template", "on_state"),)

    def on_state(self, text):
        if self.config.get("min", 0) <= len(text) <= self.config.get("max", _LONGEST_STATE):
            self.state = text


class Cover(Tracker):
    inlets = (("position_topic", "position_template", "on_position"), ("state_topic", "value_template", "on_state"),
              ("tilt_status_topic", "tilt_status_template", "on_tilt"))

    def on_position(self, text):
        try:
            number = float(text)
        except ValueError:
            return
        low, high = self.config.get("position_closed", 0), self.config.get("position_open", 100)
        self.put("current_position", max(0, min(100, percentage(low + 1, high, number))))
        if "state_topic" not in self.config:
            self.state = "open" if self.attributes["current_position"] else "closed"

    def on_state(self, text):
        config = self.config
        words = {config.get(f"state_{name}", name): name for name in ("closing", "opening", "closed", "open")}
        if text == "None":
            self.state = None
        elif text == config.get("state_stopped", "stopped"):
            if "position_topic" in config:
                self.state = "closed" if self.attributes.get("current_position") == 0 else "open"
            else:
                self.state = "closed" if self.state in ("closed", "closing") else "open"
        elif text in words:
            self.state = words[text]

    def on_tilt(self, text):
        try:
            number = round(float(text))
        except ValueError:
            return
        low, high = self.config.get("tilt_min", 0), self.config.get("tilt_max", 100)
        if low <= number <= high:
            self.put("current_tilt_position", percentage(low + 1, high, number))


class Light(Tracker):
    """The JSON schema. Two things count here that Home Assistant passes over: the rest of a document without `state`, and a
    colour without `color_mode`, which is of the mode whose values it holds."""

    def take(self, message):
        if message.topic != self.config.get("state_topic"):
            return
        said = message.document
        if not message.is_json or not isinstance(said, dict):
            return
        if said.get("state", "") in ("ON", "OFF", None):
            self.state = said["state"] and said["state"].lower()
        modes = self.config.get("supported_color_modes", [])
        if len(modes) == 1:
            self.attributes.setdefault("color_mode", modes[0])
        mode = said["color_mode"] if "color_mode" in said else self.guessed(said, modes)
        if mode in modes:
            self.on_color(mode, said)
        brightness = said.get("brightness")
        if isinstance(brightness, (int, float)) and not isinstance(brightness, bool) and brightness:
            scale = self.config.get("brightness_scale", 255)
            self.attributes["brightness"] = min(255, max(1, round(brightness * 255 / scale)))
        if self.config.get("effect") and "effect" in said:
            self.put("effect", said["effect"])

    @staticmethod
    def guessed(said, modes):
        color = said.get("color") if isinstance(said.get("color"), dict) else {}
        for mode, keys in (("rgb", "rgb"), ("xy", "xy"), ("hs", "hs")):
            if mode in modes and set(keys) <= color.keys():
                return mode
        return "color_temp" if said.get("color_temp") is not None else None

    def on_color(self, mode, said):
        color = said.get("color")
        try:
            if mode == "color_temp":
                found = ("color_temp_kelvin", math.floor(1_000_000 / said["color_temp"]))
            elif mode == "hs":
                found = ("hs_color", [float(color["h"]), float(color["s"])])
            elif mode == "xy":
                found = ("xy_color", [float(color["x"]), float(color["y"])])
            elif mode == "brightness":
                found = None
            else:
                names = {"rgb": "rgb", "rgbw": "rgbw", "rgbww": "rgbcw"}[mode]
                found = (f"{mode}_color", [int(color[name]) for name in names])
        except (KeyError, TypeError, ValueError, ZeroDivisionError):
            return
        self.attributes["color_mode"] = mode
        if found and found[0] == "color_temp_kelvin" and not 1000 <= found[1] <= 40000:
            return  # beyond what the tree has for any light
        for name in [name for name in self.attributes if name.endswith(("_color", "_kelvin"))]:
            del self.attributes[name]
        if found:
            self.attributes[found[0]] = found[1]


class Climate(Tracker):
    inlets = (("action_topic", "action_template", "on_action"),
              ("current_temperature_topic", "current_temperature_template", "on_current_temperature"),
              ("temperature_state_topic", "temperature_state_template", "on_temperature"),
              ("temperature_low_state_topic", "temperature_low_state_template", "on_low"),
              ("temperature_high_state_topic", "temperature_high_state_template", "on_high"),
              ("current_humidity_topic", "current_humidity_template", "on_current_humidity"),
              ("mode_state_topic", "mode_state_template", "on_mode"),
              ("fan_mode_state_topic", "fan_mode_state_template", "on_fan_mode"),
              ("swing_mode_state_topic", "swing_mode_state_template", "on_swing_mode"),
              ("preset_mode_state_topic", "preset_mode_value_template", "on_preset_mode"))
    modes = ("off", "heat", "cool", "heat_cool", "auto", "dry", "fan_only")  # others are no modes of a climate
    actions = ("cooling", "defrosting", "drying", "fan", "heating", "idle", "off", "preheating")

    def on_action(self, text):
        self._one_of("hvac_action", text, self.actions)

    def on_mode(self, text):
        if text == "None":
            self.state = None
        elif text in self.config["modes"] and text in self.modes:
            self.state = text

    def on_current_temperature(self, text):
        self._number("current_temperature", text)

    def on_current_humidity(self, text):
        try:
            if text and text != "None" and not 0 <= float(text) <= 100:
                return  # of the air there is no such humidity
        except ValueError:
            return
        self._number("current_humidity", text)

    def on_temperature(self, text):
        self._number("temperature", text)

    def on_low(self, text):
        self._number("target_temp_low", text)

    def on_high(self, text):
        self._number("target_temp_high", text)

    def on_fan_mode(self, text):
        self._one_of("fan_mode", text, self.config["fan_modes"])

    def on_swing_mode(self, text):
        self._one_of("swing_mode", text, self.config["swing_modes"])

    def on_preset_mode(self, text):
        self._one_of("preset_mode", "none" if text == "None" else text, ["none", *self.config["preset_modes"]])


class Fan(Tracker):
    inlets = (("state_topic", "state_value_template", "on_state"),
              ("percentage_state_topic", "percentage_value_template", "on_percentage"),
              ("preset_mode_state_topic", "preset_mode_value_template", "on_preset_mode"))

    def on_state(self, text):
        words = {self.config.get("payload_on", "ON"): "on", self.config.get("payload_off", "OFF"): "off", "None": None}
        if text in words:
            self.state = words[text]

    def on_percentage(self, text):
        if text == self.config.get("payload_reset_percentage", "None"):
            return self.put("percentage", None)
        low, high = self.config.get("speed_range_min", 1), self.config.get("speed_range_max", 100)
        try:
            found = percentage(low, high, int(text))
        except ValueError:
            return None
        return self.put("percentage", found) if 0 <= found <= 100 else None

    def on_preset_mode(self, text):
        self._one_of("preset_mode", text, self.config["preset_modes"])


class Update(Tracker):
    inlets = (("state_topic", "value_template", "on_state"),)
    keeps = True

    def on_state(self, text):
        if not text or text == "{}":
            return
        try:
            said = strict_json(text)
        except ValueError:
            said = None
        if not isinstance(said, dict):
            said = {"installed_version": text}
        if any(said.get(name) is None for name in ("installed_version", "latest_version") if name in said):
            return
        for name in ("installed_version", "latest_version", "title", "release_summary", "release_url"):
            if name in said:
                self.put(name, text_of(said[name]))
        if "update_percentage" in said:
            self.put("update_percentage", said["update_percentage"])
            self.put("in_progress", said["update_percentage"] is not None)
        if "in_progress" in said:
            self.put("in_progress", said["in_progress"])
        if not self.attributes.get("in_progress"):
            self.put("update_percentage", None)
        self.state = self.compare()

    def compare(self):
        installed, latest = self.attributes.get("installed_version"), self.attributes.get("latest_version")
        if installed is None or latest is None:
            return None
        if installed == latest:
            return "off"
        try:
            newer = [int(part) for part in latest.split(".")] > [int(part) for part in installed.split(".")]
        except ValueError:
            newer = True  # they cannot be compared
        return "on" if newer else "off"


class Silent(Tracker):
    """Says nothing of its state before somebody uses it."""


TRACKERS = {"binary_sensor": BinarySensor, "button": Silent, "climate": Climate, "cover": Cover, "fan": Fan,
            "infrared": Silent, "light": Light, "lock": Lock, "number": Number, "scene": Silent, "select": Select,
            "sensor": Sensor, "siren": Silent, "switch": Switch, "text": Text, "update": Update}
