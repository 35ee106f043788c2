"""A Home Assistant configuration folder, made after the documented forms of its files, over devices of zigbee2mqtt that announce
themselves. What a person did there is in it: renamed entities, areas, floors, labels, helpers made in the page, rules that name
devices and entities by the numbers that the page writes.

    folder = Folder(path)          # writes the folder
    announcements()                # [(topic, payload)] as zigbee2mqtt publishes them, retained
"""
import hashlib
import json

Z2M, VERSION = "zigbee2mqtt", "2.6.0"


def number(name):
    """32 hexadecimal digits, as the page gives them to devices and entities."""
    return hashlib.md5(name.encode(), usedforsecurity=False).hexdigest()


class Device:
    def __init__(self, name, address, area=None, **entities):
        self.name, self.ieee, self.area, self.entities = name, f"0x00158d00000{address:05x}", area, entities
        self.id = number(self.ieee)

    @property
    def announced(self):
        return {"identifiers": [f"{Z2M}_{self.ieee}"], "name": self.name, "manufacturer": "IKEA", "model": "Bulb",
                "via_device": f"{Z2M}_bridge_0x00124b0000000001"}

    def topic(self, *more):
        return "/".join([Z2M, self.name, *more])


def sensor(key, device_class, unit):
    return {"device_class": device_class, "unit_of_measurement": unit, "state_class": "measurement",
            "value_template": "{{ value_json.%s }}" % key}


def contact(key, device_class, on, off):
    return {"device_class": device_class, "payload_on": on, "payload_off": off, "value_template": "{{ value_json.%s }}" % key}


LIGHT = {"schema": "json", "brightness": True, "brightness_scale": 254, "supported_color_modes": ["color_temp"], "min_mireds": 250,
         "max_mireds": 454, "effect": True, "effect_list": ["blink", "breathe", "okay"]}
SWITCH = {"payload_on": "ON", "payload_off": "OFF", "value_template": "{{ value_json.state }}", "command": "set"}
COVER = {"position_topic": True, "set_position_topic": True, "set_position_template": '{ "position": {{ position }} }',
         "position_template": "{{ value_json.position }}", "state_topic": None, "command": "set"}
CLIMATE = {"modes": ["off", "heat", "auto"], "mode_state_template": "{{ value_json.system_mode }}", "mode_state_topic": True,
           "mode_command_topic": "set/system_mode", "temperature_command_topic": "set/occupied_heating_setpoint",
           "temperature_state_template": "{{ value_json.occupied_heating_setpoint }}", "temperature_state_topic": True,
           "current_temperature_template": "{{ value_json.local_temperature }}", "current_temperature_topic": True,
           "min_temp": "5", "max_temp": "30", "temp_step": 0.5, "temperature_unit": "C", "state_topic": None}
LOCK = {"payload_lock": "LOCK", "payload_unlock": "UNLOCK", "state_locked": "LOCK", "state_unlocked": "UNLOCK",
        "value_template": "{{ value_json.state }}", "command": "set"}
FAN = {"state_value_template": "{{ value_json.fan_state }}", "command": "set/fan_state", "percentage_command_topic": "set/speed",
       "percentage_state_topic": True, "percentage_value_template": "{{ value_json.speed }}", "speed_range_min": 1,
       "speed_range_max": 254}
SELECT = {"options": ["off", "on", "previous"], "value_template": "{{ value_json.power_on_behavior }}",
          "command": "set/power_on_behavior", "entity_category": "config"}
BATTERY = dict(sensor("battery", "battery", "%"), entity_category="diagnostic")

# entity id as a person has renamed it: (component, part of the unique id, what is announced)
DEVICES = [
    Device("kitchen_ceiling", 1, "kitchen", **{
        "light.kitchen_table": ("light", "light", dict(LIGHT, command="set")),
        "select.kitchen_after_power_cut": ("select", "power_on_behavior", SELECT)}),
    Device("hall_lamp", 2, "hall", **{"light.hall": ("light", "light", dict(LIGHT, command="set"))}),
    Device("hall_motion", 3, "hall", **{
        "binary_sensor.somebody_in_the_hall": ("binary_sensor", "occupancy", contact("occupancy", "occupancy", True, False)),
        "sensor.hall_brightness": ("sensor", "illuminance", sensor("illuminance", "illuminance", "lx")),
        "sensor.hall_motion_battery": ("sensor", "battery", BATTERY)}),
    Device("front_door", 4, "hall", **{
        "binary_sensor.front_door": ("binary_sensor", "contact", contact("contact", "door", False, True)),
        "sensor.front_door_battery": ("sensor", "battery", BATTERY)}),
    Device("hall_button", 5, "hall", **{"sensor.button_battery": ("sensor", "battery", BATTERY)}),
    Device("living_blind", 6, "living_room", **{"cover.big_window": ("cover", "cover", COVER)}),
    Device("bath_heating", 7, "bathroom", **{"climate.bathroom": ("climate", "climate", CLIMATE)}),
    Device("washer_outlet", 8, "utility_room", **{
        "switch.washing_machine": ("switch", "switch", SWITCH),
        "sensor.washing_machine_power": ("sensor", "power", sensor("power", "power", "W"))}),
    Device("thermometer", 9, "living_room", **{
        "sensor.living_room_temperature": ("sensor", "temperature", sensor("temperature", "temperature", "°C")),
        "sensor.living_room_humidity": ("sensor", "humidity", sensor("humidity", "humidity", "%"))}),
    Device("front_lock", 10, "hall", **{"lock.front": ("lock", "lock", LOCK)}),
    Device("bath_fan", 11, "bathroom", **{"fan.bathroom": ("fan", "fan", FAN)}),
]
BY_NAME = {device.name: device for device in DEVICES}
BUTTONS = {"single": "button_short_press", "double": "button_double_press", "hold": "button_long_press"}


def _announced(device, component, key, given):
    out = {name: value for name, value in given.items() if name not in ("command", "state_topic")}
    out = {name: device.topic() if value is True and name.endswith("_topic") else value for name, value in out.items()}
    out = {name: device.topic(value) if name.endswith("command_topic") else value for name, value in out.items()}
    if component == "cover":
        out["set_position_topic"] = device.topic("set")
    if "command" in given:
        out["command_topic"] = device.topic(given["command"])
    if "state_topic" not in given:
        out["state_topic"] = device.topic()
    return dict(out, unique_id=f"{device.ieee}_{key}_{Z2M}", object_id=f"{device.name}_{key}", device=device.announced,
                availability=[{"topic": f"{Z2M}/bridge/state", "value_template": "{{ value_json.state }}"}],
                origin={"name": "Zigbee2MQTT", "sw": VERSION})


def announcements():
    out = []
    for device in DEVICES:
        for component, key, given in device.entities.values():
            out.append((f"homeassistant/{component}/{device.ieee}/{key}/config",
                        json.dumps(_announced(device, component, key, given))))
    button = BY_NAME["hall_button"]
    for press in BUTTONS:
        out.append((f"homeassistant/device_automation/{button.ieee}/action_{press}/config", json.dumps({
            "automation_type": "trigger", "type": "action", "subtype": press, "payload": press,
            "topic": button.topic("action"), "device": button.announced})))
    return out + [(f"{Z2M}/bridge/state", '{"state":"online"}')]


# ── the folder ──

AREAS = {"kitchen": ("Küche", "ground", ["cosy"]), "hall": ("Hall", "ground", []), "living_room": ("Living room", "ground", []),
         "bathroom": ("Bathroom", "upper", []), "utility_room": ("Utility room", None, []), "garden": ("Garden", None, [])}
FLOORS = {"ground": ("Ground floor", 0), "upper": ("Upstairs", 1)}
LABELS = {"cosy": "Cosy", "night_off": "Off at night"}
LABELLED = {"light.hall": ["night_off"], "switch.washing_machine": ["night_off"]}
# domain: {id at its making: (id that it has now, options)}
HELPERS = {
    "input_boolean": {"guests": ("guests", {"name": "Guests"}), "vacation_mode": ("holiday", {"name": "Vacation mode"})},
    "input_number": {"wake_level": ("wake_level", {"name": "Level", "min": 0.0, "max": 100.0, "step": 5.0, "mode": "slider",
                                                   "unit_of_measurement": "%", "initial": 40.0})},
    "input_select": {"mode": ("house_mode", {"name": "Mode", "options": ["Day", "Night", "Away"], "initial": "Day"})},
    "input_text": {"note": ("note", {"name": "Note", "min": 0, "max": 100, "mode": "text"})},
    "input_datetime": {"alarm": ("alarm", {"name": "Alarm", "has_date": False, "has_time": True})},
    "input_button": {"panic": ("panic", {"name": "Panic", "icon": "mdi:bell"})},
    "counter": {"rings": ("rings", {"name": "Rings", "initial": 0, "step": 1, "minimum": None, "maximum": None, "restore": True})},
    "timer": {"stairs": ("stairs", {"name": "Stairs", "duration": "0:05:00", "restore": False})},
    "schedule": {"heating": ("heating", {"name": "Heating", **{day: [{"from": "06:00:00", "to": "24:00:00"}] for day in (
        "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")}})},
    "zone": {"work": ("work", {"name": "Work", "latitude": 52.52, "longitude": 13.38, "radius": 150.0, "passive": False,
                               "icon": "mdi:factory"})},
}
STAMP = "2026-01-01T10:00:00.000000+00:00"


class Folder:
    """`rules`: {file: text}; configuration.yaml includes automations.yaml, scripts.yaml, scenes.yaml and packages/."""

    CONFIGURATION = ("default_config:\n\nhomeassistant:\n  packages: !include_dir_named packages\n  customize:\n"
                     "    fan.bathroom: {friendly_name: Bath fan}\n\nautomation: !include automations.yaml\n"
                     "script: !include scripts.yaml\nscene: !include scenes.yaml\ntemplate: !include templates.yaml\n\n"
                     "rest_command:\n  doorbell: {url: !secret doorbell_url, method: post}\n")

    def __init__(self, path, rules):
        self.path = path
        (path / ".storage").mkdir(parents=True)
        self.write("configuration.yaml", self.CONFIGURATION)
        self.write("secrets.yaml", "doorbell_url: http://127.0.0.1:9/ring\n")
        for name, text in rules.items():
            self.write(name, text)
        self._registries()
        self._collections()

    def write(self, name, text):
        (self.path / name).parent.mkdir(parents=True, exist_ok=True)
        (self.path / name).write_text(text)

    def store(self, key, data, version=1, minor=1):
        self.write(f".storage/{key}", json.dumps({"version": version, "minor_version": minor, "key": key, "data": data}, indent=2))

    def _registries(self):
        self.store("core.config", {
            "latitude": 52.5, "longitude": 13.4, "elevation": 34, "unit_system_v2": "metric", "location_name": "Home",
            "time_zone": "Europe/Berlin", "external_url": None, "internal_url": None, "currency": "EUR", "country": "DE",
            "language": "en", "radius": 100}, minor=4)
        self.store("core.floor_registry", {"floors": [
            {"aliases": [], "created_at": STAMP, "floor_id": key, "icon": None, "level": level, "modified_at": STAMP, "name": name}
            for key, (name, level) in FLOORS.items()]}, minor=2)
        self.store("core.label_registry", {"labels": [
            {"color": "indigo", "created_at": STAMP, "description": None, "icon": "mdi:tag", "label_id": key, "modified_at": STAMP,
             "name": name} for key, name in LABELS.items()]}, minor=2)
        self.store("core.area_registry", {"areas": [
            {"aliases": [], "created_at": STAMP, "floor_id": floor, "humidity_entity_id": None, "icon": None, "id": key,
             "labels": labels, "modified_at": STAMP, "name": name, "picture": None, "temperature_entity_id": None}
            for key, (name, floor, labels) in AREAS.items()]}, minor=8)
        self.store("core.device_registry", {"deleted_devices": [], "devices": [
            self._device(device.id, "mqtt", f"{Z2M}_{device.ieee}", device.name, device.area) for device in DEVICES]
            + [self._device(number("hue lamp"), "hue", "0017880106", "Hue lamp", "garden")]}, minor=11)
        entities = [self._entity(entity, "mqtt", f"{device.ieee}_{key}_{Z2M}", device.id,
                                 device_class=given.get("device_class"), unit=given.get("unit_of_measurement"))
                    for device in DEVICES for entity, (_, key, given) in device.entities.items()]
        entities += [self._entity(f"{domain}.{now}", domain, made) for domain, all_ in HELPERS.items()
                     for made, (now, _) in all_.items()]
        entities += [self._entity("light.garden", "hue", "0017880106", number("hue lamp")),
                     self._entity("person.anna", "person", "anna"),
                     self._entity("automation.good_old_name", "automation", "renamed_rule"),
                     self._entity("device_tracker.phone", "mobile_app", "phone")]
        self.store("core.entity_registry", {"deleted_entities": [], "entities": entities}, minor=16)
        self.store("core.config_entries", {"entries": [
            {"entry_id": "mqtt1", "version": 1, "domain": "mqtt", "title": "core-mosquitto", "options": {},
             "data": {"broker": "core-mosquitto", "port": 1883, "username": "addons", "password": "not to be copied",
                      "discovery": True, "discovery_prefix": "homeassistant"}},
            {"entry_id": "hue1", "version": 1, "domain": "hue", "title": "Hue", "options": {}, "data": {"host": "10.0.0.2"}}]},
            minor=5)
        self.store("core.restore_state", [{"state": {"entity_id": "automation.rule_01", "state": "off", "attributes": {}},
                                           "extra_data": None, "last_seen": STAMP}])

    @staticmethod
    def _device(key, domain, identifier, name, area):
        return {"area_id": area, "config_entries": [f"{domain}1"], "configuration_url": None, "connections": [],
                "created_at": STAMP, "disabled_by": None, "entry_type": None, "hw_version": None, "id": key,
                "identifiers": [[domain, identifier]], "labels": [], "manufacturer": "IKEA", "model": "Bulb", "model_id": None,
                "modified_at": STAMP, "name": name, "name_by_user": name.replace("_", " ").capitalize(),
                "primary_config_entry": f"{domain}1", "serial_number": None, "sw_version": None, "via_device_id": None}

    @staticmethod
    def _entity(entity, platform, unique_id, device=None, device_class=None, unit=None):
        return {"aliases": [], "area_id": None, "capabilities": None, "categories": {}, "config_entry_id": None,
                "created_at": STAMP, "device_class": None, "device_id": device, "disabled_by": None, "entity_category": None,
                "entity_id": entity, "has_entity_name": True, "hidden_by": None, "icon": None, "id": number(entity),
                "labels": LABELLED.get(entity, []), "modified_at": STAMP, "name": None, "options": {},
                "original_device_class": device_class, "original_icon": None, "original_name": None, "platform": platform,
                "supported_features": 0, "translation_key": None, "unique_id": unique_id, "unit_of_measurement": unit}

    def _collections(self):
        for domain, all_ in HELPERS.items():
            self.store(domain, {"items": [dict(options, id=made) for made, (_, options) in all_.items()]}, minor=2)
        self.store("person", {"items": [{"id": "anna", "name": "Anna", "user_id": number("anna"), "picture": None,
                                         "device_trackers": ["device_tracker.phone"]}]}, version=2)
