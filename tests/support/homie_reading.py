"""What Homie devices (3, 4 and 5) say of themselves: an independent reading of their retained messages.

Written from the conventions; shares no code with the hub.
"""
import dataclasses
import json


@dataclasses.dataclass
class Property:
    topic: str
    datatype: str
    settable: bool
    retained: bool
    unit: str
    format: str
    node: str  # topic of its node
    version: int
    value: str = None

    @property
    def range(self):
        """(min, max), None where there is none."""
        if self.datatype not in ("integer", "float"):
            return None, None
        parts = (self.format or "").split(":") + ["", ""]
        return tuple(float(part) if part else None for part in parts[:2])

    @property
    def options(self):
        return self.format.split(",") if self.datatype == "enum" and self.format else []


@dataclasses.dataclass
class Device:
    base: str
    version: int
    name: str
    state: str
    properties: list


def _true(text, fallback):
    return fallback if text is None else text == "true"


class _Reader:
    def __init__(self, messages):
        self.retained = messages

    def get(self, topic, fallback=None):
        return self.retained.get(topic, fallback)

    def devices(self):
        for topic in self.retained:
            base, slash, last = topic.rpartition("/")
            if slash and last == "$description":
                yield self.newer(base)
            elif slash and last == "$homie":
                yield self.older(base)

    def newer(self, base):
        said = json.loads(self.retained[base + "/$description"])
        properties = []
        for node, about in said.get("nodes", {}).items():
            for name, of in about.get("properties", {}).items():
                properties.append(self.made(f"{base}/{node}", name, 5, of["datatype"], of.get("settable", False),
                                            of.get("retained", True), of.get("unit"), of.get("format")))
        return Device(base, 5, said.get("name"), self.get(base + "/$state"), properties)

    def older(self, base):
        properties, version = [], int(self.retained[base + "/$homie"][0])
        for entry in filter(None, self.get(base + "/$nodes", "").split(",")):
            node = entry.removesuffix("[]")
            about = f"{base}/{node}"
            places = [about]
            if entry.endswith("[]"):
                first, _, last = self.get(about + "/$array", "0-0").partition("-")
                places = [f"{about}_{number}" for number in range(int(first), int(last) + 1)]
            for name in filter(None, self.get(about + "/$properties", "").split(",")):
                of = f"{about}/{name}/$"
                for place in places:
                    properties.append(self.made(place, name, version, self.get(of + "datatype", "string"),
                                                _true(self.get(of + "settable"), False), _true(self.get(of + "retained"), True),
                                                self.get(of + "unit"), self.get(of + "format")))
        return Device(base, version, self.get(base + "/$name"), self.get(base + "/$state"), properties)

    def made(self, node, name, version, datatype, settable, retained, unit, form):
        topic = f"{node}/{name}"
        return Property(topic, datatype, settable, retained, unit, form, node, version, self.get(topic))


def read(retained):
    """{topic: payload} → [Device]"""
    return list(_Reader(retained).devices())


def expected_state(prop):
    """The state of an entity that stands for this property alone; None: unknown."""
    if prop.value == "\0" and prop.version == 5:  # stands for the empty text
        return ""
    if prop.value is None or prop.value == "" and prop.datatype != "string":
        return None
    if prop.datatype == "boolean":
        return {"true": "on", "false": "off"}.get(prop.value)
    if prop.datatype in ("integer", "float"):
        return float(prop.value)
    return prop.value


def domains(prop):
    """What the entity of a property may be."""
    if prop.datatype == "boolean":
        return {"switch", "light", "fan"} if prop.settable else {"binary_sensor"}
    if prop.datatype in ("integer", "float"):
        return {"number", "light"} if prop.settable else {"sensor"}
    if prop.datatype == "enum":
        return {"select", "button"} if prop.settable else {"sensor", "event"}
    return {"text", "light", "datetime"} if prop.settable else {"sensor"}
