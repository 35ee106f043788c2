"""Names as Home Assistant makes them: slugs, entity ids that do not collide, names of device classes.

Written from its documentation; shares nothing with the hub.
"""
import re
import unicodedata

# What folding of accents does not give.
# A typographic apostrophe is nothing, a plain one separates (python-slugify does the latter before it folds).
_LETTERS = {"’": "", "‘": "", "ʼ": "", "ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ł": "l", "Ł": "L", "þ": "th",
            "Þ": "TH", "ð": "d", "Ð": "D", "œ": "oe", "Œ": "OE", "ı": "i", "°": "deg", "²": "2", "³": "3", "µ": "u"}


def slugify(text):
    """Lower case a-z 0-9, everything else one `_`; `unknown` when nothing is left."""
    text = "".join(_LETTERS.get(letter, letter) for letter in text)
    text = unicodedata.normalize("NFKD", text)
    text = "".join(letter for letter in text if not unicodedata.combining(letter))
    text = re.sub(r"(?<=\d),(?=\d)", "", text.lower())
    return re.sub(r"[^a-z0-9]+", "_", text).strip("_") or "unknown"


def in_order(wishes):
    """The ids that wishes get when they come in this order: the second `x` is `x_2`."""
    taken, given = set(), []
    for wish in wishes:
        name, count = wish, 1
        while name in taken:
            count += 1
            name = f"{wish}_{count}"
        taken.add(name)
        given.append(name)
    return given


# What an entity without a name is called where it has a device class; the rest is the class with spaces.
_CLASS_NAMES = {
    "sensor": {"aqi": "Air quality index", "energy_distance": "Energy per distance", "energy_storage": "Stored energy",
               "monetary": "Balance", "ph": "pH", "pm1": "PM1", "pm10": "PM10", "pm25": "PM2.5", "pm4": "PM4",
               "volume_storage": "Stored volume"},
    "binary_sensor": {"battery_charging": "Charging"},
}
# What an entity is called that has neither a name nor a device class.
_PLATFORM_NAMES = {"alarm_control_panel": "MQTT Alarm", "binary_sensor": "MQTT Binary Sensor", "button": "MQTT Button",
                   "camera": "MQTT Camera", "climate": "MQTT HVAC", "cover": "MQTT Cover", "event": "MQTT Event",
                   "device_tracker": "MQTT Device tracker", "fan": "MQTT Fan", "humidifier": "MQTT Humidifier",
                   "image": "MQTT Image", "lawn_mower": "MQTT Lawn Mower", "light": "MQTT LightEntity",
                   "lock": "MQTT Lock", "notify": "MQTT notify", "number": "MQTT Number", "scene": "MQTT Scene",
                   "select": "MQTT Select", "sensor": "MQTT Sensor", "siren": "MQTT Siren", "switch": "MQTT Switch",
                   "text": "MQTT Text", "update": "MQTT Update", "vacuum": "MQTT Vacuum", "valve": "MQTT Valve",
                   "water_heater": "MQTT Water Heater"}


def class_name(platform, device_class):
    readable = device_class.replace("_", " ")
    # A number is named as the sensor of its class is.
    names = _CLASS_NAMES.get("sensor" if platform == "number" else platform, {})
    return names.get(device_class, readable[:1].upper() + readable[1:])


def own_name(platform, config):
    """The entity's part of its name; None: it bears its device's."""
    device = config.get("device") or {}
    if "name" in config:
        return None if config["name"] in (None, "", device.get("name")) else config["name"]
    if config.get("device_class"):
        return class_name(platform, config["device_class"])
    return _PLATFORM_NAMES.get(platform, "MQTT " + platform)


def full_name(platform, config):
    device = (config.get("device") or {}).get("name")
    own = own_name(platform, config)
    return " ".join(part for part in (device, own) if part)
