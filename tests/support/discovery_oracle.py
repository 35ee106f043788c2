"""What the entities of Home Assistant's discovery messages are: an independent reading of announcements.

    oracle = Oracle()
    oracle.announce(topic, payload)           # in the order of arrival; an empty payload removes
    oracle.entities                           # {topic: Announced}
    Announced.describe()                      # what `meta` must say of it
    Announced.tracker()                       # discovery_states.Tracker: what messages make of its state

Written from Home Assistant's documentation and Gable's contract (schemas/README.md, schemas/domains.yaml); it shares no code
with the hub. Covers what the recorded announcements hold: long key names, single messages, the platforms of DOMAINS.
"""
import json
import math

from discovery_names import full_name, in_order, slugify
from discovery_payloads import text_of
from discovery_states import TRACKERS

# Home Assistant's. Others it takes and cannot show; we leave them out and name them in a problem.
CLIMATE_MODES = {"auto", "off", "cool", "heat", "dry", "fan_only", "heat_cool"}
DOMAINS = {"binary_sensor", "button", "climate", "cover", "fan", "infrared", "light", "lock", "number", "scene", "select",
           "sensor", "siren", "switch", "text", "update"}
TRIGGER = "device_automation"


def kelvin(mireds):
    return math.floor(1_000_000 / mireds)


class Announced:
    """One entity as its message announces it."""

    def __init__(self, topic, platform, config):
        self.topic, self.platform, self.config = topic, platform, config

    @property
    def wish(self):
        """The entity id that it asks for, by Home Assistant's rules; before collisions."""
        hint = self.config.get("default_entity_id")
        name = hint.partition(".")[2] if hint else self.config.get("object_id")
        return f"{self.platform}.{slugify(name or full_name(self.platform, self.config))}"

    @property
    def disabled(self):
        return not self.config.get("enabled_by_default", True)

    @property
    def state_topics(self):
        """All topics that say something of its state or attributes."""
        return {value for key, value in self.config.items()
                if key.endswith("_topic") and "command" not in key and not key.startswith(("set_", "availability"))
                and isinstance(value, str)}

    @property
    def availability_topics(self):
        return [entry["topic"] for entry in self.config.get("availability", [])]

    def describe(self):
        """The keys of `meta` that are known from the announcement; None: must not be there."""
        config = self.config
        device = config["device"]
        said = {
            "domain": self.platform, "name": full_name(self.platform, config),
            "device": {"name": device.get("name"), "manufacturer": device.get("manufacturer"),
                       "model": device.get("model"), "sw_version": device.get("sw_version") or None},
            "device_class": self._device_class(), "unit": config.get("unit_of_measurement"),
            "state_class": config.get("state_class") if self.platform == "sensor" else None, "entity_category": config.get("entity_category"),
            "icon": config.get("icon"), "options": config.get("options"),
            "disabled": True if self.disabled else None, "supported_features": self._features(),
            "min": None, "max": None, "step": None, "capabilities": self._capabilities(),
        }
        if self.platform == "number":
            said.update(min=config.get("min", 1), max=config.get("max", 100), step=config.get("step", 1))
        return said

    def _device_class(self):
        """Of a platform that has such classes, as far as zigbee2mqtt's strays are concerned."""
        known = {"select": (), "switch": ("outlet", "switch")}.get(self.platform)
        given = self.config.get("device_class")
        return given if known is None or given in known else None

    def _features(self):
        """Home Assistant's bit mask."""
        config = self.config

        def bits(pairs):
            return sum(bit for key, bit in pairs if config.get(key) is not None)

        if self.platform == "light":
            return (4 if config.get("effect") else 0) + (8 if config.get("flash", True) else 0) + (
                32 if config.get("transition", True) else 0)
        if self.platform == "cover":
            mask = bits([("set_position_topic", 4)])
            if config.get("command_topic"):
                mask += sum(bit for key, bit in (("payload_open", 1), ("payload_close", 2), ("payload_stop", 8))
                            if config.get(key, "") is not None)
            return mask + (16 + 32 + 64 + 128 if config.get("tilt_command_topic") else 0)
        if self.platform == "climate":
            low_high = any(f"temperature_{end}_{way}_topic" in config for end in ("low", "high")
                           for way in ("command", "state"))
            # Home Assistant always says turn_on and turn_off; here they are there only where they can be done.
            modes = config.get("modes", []) if "mode_command_topic" in config else []
            return (bits([("temperature_command_topic", 1)]) + (2 if low_high else 0)
                    + (128 if "power_command_topic" in config or "off" in modes else 0)
                    + (256 if "power_command_topic" in config or set(modes) - {"off"} else 0)
                    + bits([("target_humidity_command_topic", 4), ("fan_mode_command_topic", 8),
                            ("preset_mode_command_topic", 16), ("swing_mode_command_topic", 32)]))
        if self.platform == "fan":
            return 16 + 32 + bits([("percentage_command_topic", 1), ("oscillation_command_topic", 2),
                                   ("direction_command_topic", 4), ("preset_mode_command_topic", 8)])
        if self.platform == "siren":
            return 1 + 2 + bits([("available_tones", 4)]) + (8 if config.get("support_volume_set", True) else 0) + (
                16 if config.get("support_duration", True) else 0)
        if self.platform == "update":
            return 4 + bits([("command_topic", 1)])
        if self.platform == "lock":
            return bits([("payload_open", 1)])
        return 0

    def _capabilities(self):
        """Attributes that never change."""
        config, said = self.config, {}
        if self.platform == "light":
            modes = config.get("supported_color_modes") or (["brightness"] if config.get("brightness") else ["onoff"])
            said["supported_color_modes"] = modes
            if config.get("effect"):
                said["effect_list"] = config.get("effect_list", [])
            if "color_temp" in modes:
                said["min_color_temp_kelvin"] = kelvin(config["max_mireds"]) if "max_mireds" in config else 2000
                said["max_color_temp_kelvin"] = kelvin(config["min_mireds"]) if "min_mireds" in config else 6535
        elif self.platform == "climate":
            modes = config.get("modes", ["auto", "off", "cool", "heat", "dry", "fan_only"])
            said["hvac_modes"] = [mode for mode in modes if mode in CLIMATE_MODES]
            for key, name in (("min_temp", "min_temp"), ("max_temp", "max_temp"), ("temp_step", "target_temp_step")):
                said[name] = float(config[key])
            for key, topic in (("fan_modes", "fan_mode"), ("swing_modes", "swing_mode")):
                if f"{topic}_command_topic" in config:
                    said[key] = config[key]
            if "preset_mode_command_topic" in config:
                said["preset_modes"] = ["none", *config["preset_modes"]]
        elif self.platform == "fan":
            if "preset_mode_command_topic" in config:
                said["preset_modes"] = config["preset_modes"]
            if "percentage_command_topic" in config:
                span = config.get("speed_range_max", 100) - config.get("speed_range_min", 1) + 1
                said["percentage_step"] = 100 / min(span, 100)
        elif self.platform == "siren" and "available_tones" in config:
            said["available_tones"] = config["available_tones"]
        return said

    def tracker(self):
        return TRACKERS[self.platform](self)


class Oracle:
    def __init__(self):
        self.entities, self.triggers, self.refused = {}, {}, {}

    def announce(self, topic, payload):
        """A message on a topic of discovery, `homeassistant/<component>/[<node>/]<object>/config`."""
        for kind in (self.entities, self.triggers, self.refused):
            kind.pop(topic, None)
        if not payload:
            return
        platform = topic.split("/")[1]
        config = json.loads(payload)
        for key in ("payload_on", "payload_off"):
            if key in config:
                config[key] = text_of(config[key])
        if platform == TRIGGER:
            self.triggers[topic] = config
        elif platform in DOMAINS:
            self.entities[topic] = Announced(topic, platform, config)
        else:
            self.refused[topic] = f"no such component: {platform}"

    def ids(self):
        """{topic: entity id}, when the messages came in the order of `entities`."""
        topics = list(self.entities)
        return dict(zip(topics, in_order(self.entities[topic].wish for topic in topics)))

    def wishes(self):
        """{entity id before collisions: topics that ask for it}"""
        found = {}
        for topic, entity in self.entities.items():
            found.setdefault(entity.wish, []).append(topic)
        return found
