"""What an announced entity's device is to be sent for a command, as Home Assistant's documentation defines it.

    commands(announced) → [(payload of gable/set/…, [(topic, payload)])]

Written from the documentation; shares no code with the hub. Command templates are rendered by the real Jinja2.
"""
import json
import math

import ha_environment
from discovery_oracle import kelvin

_ENVIRONMENT = ha_environment.environment(house=True)


def rendered(template, value, **variables):
    if template is None:
        return str(value)
    return _ENVIRONMENT.from_string(template).render({"value": value, **variables})


def canonical(payload):
    """Documents by their content, numbers by their value."""
    try:
        found = json.loads(payload)
    except ValueError:
        return payload
    return json.dumps(found, sort_keys=True) if isinstance(found, (dict, list)) else f"{found:g}" if isinstance(
        found, (int, float)) and not isinstance(found, bool) else payload


def _words(config, *pairs):
    return [(word, [(config["command_topic"], payload)]) for word, payload in pairs]


def switch(config):
    return _words(config, ("on", config.get("payload_on", "ON")), ("off", config.get("payload_off", "OFF")))


def light(config):
    topic, modes = config["command_topic"], config.get("supported_color_modes", [])

    def on(said, **sent):
        return {"state": "on", **said}, [(topic, json.dumps({"state": "ON", **sent}))]

    found = [on({}), on({"transition": 2}, transition=2)]
    if modes and modes != ["onoff"]:
        scaled = max(1, round(128 * config.get("brightness_scale", 255) / 255))
        found.append(on({"brightness": 128}, brightness=scaled))
    if "color_temp" in modes:
        warm, cold = config.get("max_mireds", 500), config.get("min_mireds", 153)
        wish = (kelvin(warm) + kelvin(cold)) // 2
        found.append(on({"color_temp_kelvin": wish}, color_temp=1_000_000 // wish))
    if "xy" in modes:
        found.append(on({"xy_color": [0.3, 0.5]}, color={"x": 0.3, "y": 0.5}))
    if "hs" in modes:
        found.append(on({"hs_color": [120, 50]}, color={"h": 120, "s": 50}))
    if config.get("effect"):
        found.append(on({"effect": config["effect_list"][-1]}, effect=config["effect_list"][-1]))
    return found + [("off", [(topic, '{"state":"OFF"}')])]


def cover(config):
    found = _words(config, *((word, config.get(f"payload_{word}", word.upper())) for word in ("open", "close", "stop")
                             if config.get(f"payload_{word}", word) is not None))
    if "set_position_topic" in config:
        low, high = config.get("position_closed", 0), config.get("position_open", 100)
        value = round(35 * (high - low) / 100 + low)
        found.append((35, [(config["set_position_topic"], rendered(config.get("set_position_template"), value, position=35))]))
    if "tilt_command_topic" in config:
        low, high = config.get("tilt_min", 0), config.get("tilt_max", 100)
        value = round(35 * (high - low) / 100 + low)
        found.append(({"current_tilt_position": 35}, [(config["tilt_command_topic"],
                                                       rendered(config.get("tilt_command_template"), value, tilt_position=35))]))
    return found


def lock(config):
    return _words(config, *((word, config.get(f"payload_{word}", word.upper())) for word in ("lock", "unlock")))


def climate(config):
    found = []

    def add(said, key, value):
        if f"{key}_command_topic" in config:
            found.append((said, [(config[f"{key}_command_topic"], rendered(config.get(f"{key}_command_template"), value))]))

    low, high = float(config["min_temp"]), float(config["max_temp"])
    middle = math.floor((low + high) / 2)
    add({"temperature": middle}, "temperature", float(middle))
    if "temperature_low_command_topic" in config:
        found.append(({"target_temp_low": middle - 1, "target_temp_high": middle + 1},
                      [(config["temperature_low_command_topic"], f"{middle - 1}.0"),
                       (config["temperature_high_command_topic"], f"{middle + 1}.0")]))
    for mode in config.get("modes", []):
        if mode in ("off", "heat", "cool", "heat_cool", "auto", "dry", "fan_only"):
            add({"service": "set_hvac_mode", "hvac_mode": mode}, "mode", mode)
    for key, options in (("fan_mode", "fan_modes"), ("preset_mode", "preset_modes"), ("swing_mode", "swing_modes")):
        for option in config.get(options, [])[:2]:
            add({key: option}, key, option)
    return found


def fan(config):
    found = _words(config, ("on", config.get("payload_on", "ON")), ("off", config.get("payload_off", "OFF")))
    if "percentage_command_topic" in config:
        low, high = config.get("speed_range_min", 1), config.get("speed_range_max", 100)
        value = math.ceil(50 * (high - low + 1) / 100 + low - 1)
        found.append(({"percentage": 50}, [(config["percentage_command_topic"],
                                            rendered(config.get("percentage_command_template"), value))]))
    for option in config.get("preset_modes", [])[:2]:
        found.append(({"preset_mode": option}, [(config["preset_mode_command_topic"],
                                                 rendered(config.get("preset_mode_command_template"), option))]))
    return found


def select(config):
    return [({"service": "select_option", "option": option}, [(config["command_topic"],
                                                               rendered(config.get("command_template"), option))])
            for option in config["options"][:2]]


def number(config):
    low, high = config.get("min", 1), config.get("max", 100)
    return [(value, [(config["command_topic"], rendered(config.get("command_template"), value))]) for value in (low, high)]


def text(config):
    value = "07:30/21"
    if not config.get("min", 0) <= len(value) <= config.get("max", 255):
        return []
    return [({"service": "set_value", "value": value}, [(config["command_topic"],
                                                         rendered(config.get("command_template"), value))])]


def press(config):
    return [("press", [(config["command_topic"], rendered(config.get("command_template"), config.get("payload_press", "PRESS")))])]


def scene(config):
    return [("on", [(config["command_topic"], config.get("payload_on", "ON"))])]


def update(config):
    if "command_topic" not in config or "payload_install" not in config:
        return []
    return [("install", [(config["command_topic"], config["payload_install"])])]


def siren(config):
    tone = config["available_tones"][0]
    said = {"service": "turn_on", "tone": tone, "duration": 5, "volume_level": 0.5}
    variables = {"tone": tone, "duration": 5, "volume_level": 0.5, "state": "ON"}
    off = config.get("command_off_template", config.get("command_template"))
    return [(said, [(config["command_topic"], rendered(config.get("command_template"), "ON", **variables))]),
            ("on", [(config["command_topic"], rendered(config.get("command_template"), "ON", state="ON"))]),
            ("off", [(config["command_topic"], rendered(off, "OFF", state="OFF"))])]


_PLATFORMS = {"button": press, "climate": climate, "cover": cover, "fan": fan, "light": light, "lock": lock,
              "number": number, "scene": scene, "select": select, "siren": siren, "switch": switch, "text": text,
              "update": update}


def commands(announced):
    maker = _PLATFORMS.get(announced.platform)
    return maker(announced.config) if maker else []
