"""An independent reading of Home Assistant's YAML, by its documentation: how things are spelt, and what a sequence of
actions does in a house where nobody answers. Shares nothing with the engine that it judges.

Without templates, and without a script's own steps: the house that the rules run in has none behind their names.
"""
import datetime
import re

SECOND = datetime.timedelta(seconds=1)
TARGETS = ("entity_id", "device_id", "area_id", "floor_id", "label_id")
# Whoever takes these calls gets `entity_id` in the data as a value, not as a target.
FREE = ("python_script", "pyscript", "shell_command", "rest_command")
SCRIPT_SERVICES = ("turn_on", "turn_off", "toggle", "reload")
STEPS = ("delay", "event", "scene", "choose", "if", "parallel", "sequence", "repeat", "wait_for_trigger", "stop", "variables",
         "wait_template", "set_conversation_response")


class Excluded(Exception):
    """This reader does not judge the rule; the text says why."""


class Ended(Exception):
    """A run that ended before its last step."""


def listed(value):
    return [] if value is None else value if isinstance(value, list) else [value]


def first_of(mapping, *names):
    return next((mapping[name] for name in names if mapping.get(name) is not None), None)


def holds_template(value):
    if isinstance(value, str):
        return any(mark in value for mark in ("{{", "{%", "{#"))
    if isinstance(value, dict):
        return any(holds_template(key) or holds_template(item) for key, item in value.items())
    return isinstance(value, list) and any(holds_template(item) for item in value)


def texts(value):
    """Ids: one, several, or several in one text."""
    return [part.strip() for item in listed(value) for part in str(item).split(",") if part.strip()]


def entity_ids(value):
    return [one.lower() for one in texts(value)]


def seconds(value):
    """Of a period: {minutes: 5}, "00:05:00", "00:05", "-00:30:00", 300."""
    if isinstance(value, dict):
        units = {"days": 86400, "hours": 3600, "minutes": 60, "seconds": 1, "milliseconds": 0.001}
        return sum(float(value[unit]) * size for unit, size in units.items() if value.get(unit) is not None)
    if isinstance(value, (int, float)):
        return float(value)
    match = re.fullmatch(r"([+-]?)(\d+):(\d+)(?::(\d+(?:\.\d+)?))?", str(value).strip())
    if not match:
        return float(value)
    sign, hour, minute, second = match.groups()
    total = int(hour) * 3600 + int(minute) * 60 + float(second or 0)
    return -total if sign == "-" else total


def period(value):
    return datetime.timedelta(seconds=seconds(value))


def in_force(item):
    """`enabled: false` leaves a trigger, condition or step out."""
    return not (isinstance(item, dict) and str(item.get("enabled", True)).lower() in ("false", "no", "off", "0"))


def sequence_of(value):
    return [step for step in listed(value) if in_force(step)]


def service_of(step):
    name = first_of(step, "action", "service")
    return name.strip().lower() if isinstance(name, str) else None


def has_free_data(service):
    domain, _, name = service.partition(".")
    return domain in FREE or domain == "script" and name not in SCRIPT_SERVICES


def service_call(step, find):
    """(service, entities, data) of a step. `find`: entities of an area, device or label, by kind, id and domain."""
    service = service_of(step)
    data = {}
    for key in ("data", "data_template"):
        data.update(step.get(key) or {})
    target = dict(step.get("target") or {})
    if step.get("entity_id") is not None:
        target["entity_id"] = step["entity_id"]
    if not has_free_data(service):
        for key in TARGETS:
            value = data.get(key)
            if isinstance(value, str) or isinstance(value, list) and all(isinstance(one, str) for one in value):
                target.setdefault(key, data.pop(key))
    return normal(service, target, data, find)


def normal(service, target, data, find):
    data = dict(data)
    entities = entity_ids(target.get("entity_id"))
    if service == "homeassistant.reload_config_entry":
        return service, sorted(set(entities)), data  # of an integration's own, whatever it is of
    for key in TARGETS[1:]:
        for one in texts(target.get(key)):
            entities += find(key, one, service.partition(".")[0])
    return service, sorted(set(entities)), data


# What the editor calls actions of devices, where it is not the service's name.
DEVICE_ACTIONS = {
    ("cover", "open"): "open_cover", ("cover", "close"): "close_cover", ("cover", "stop"): "stop_cover",
    ("cover", "set_position"): "set_cover_position", ("vacuum", "clean"): "start", ("vacuum", "dock"): "return_to_base",
    ("alarm_control_panel", "arm_away"): "alarm_arm_away", ("alarm_control_panel", "arm_home"): "alarm_arm_home",
    ("alarm_control_panel", "arm_night"): "alarm_arm_night", ("alarm_control_panel", "disarm"): "alarm_disarm",
    ("alarm_control_panel", "trigger"): "alarm_trigger",
}
STEPWISE = {"brightness_increase": {"brightness_step_pct": 10}, "brightness_decrease": {"brightness_step_pct": -10},
            "flash": {"flash": "short"}}


def device_call(step, find):
    domain, kind = step["domain"], step["type"]
    data = {key: value for key, value in step.items()
            if key not in ("domain", "type", "device_id", "entity_id", "alias", "enabled", "continue_on_error", "metadata")}
    if domain == "light" and kind in STEPWISE:
        data, kind = {**STEPWISE[kind], **data}, "turn_on"
    service = f"{domain}.{DEVICE_ACTIONS.get((domain, kind), kind)}"
    entity = step.get("entity_id")
    # An entity may be named by its id in the registry: here a device has one of each kind.
    target = {"entity_id": entity} if entity and "." in entity else {"device_id": step["device_id"]}
    if entity and "." not in entity and len(find("device_id", step["device_id"], domain)) > 1:
        raise Excluded("several entities of a device that only the registry tells apart")
    return normal(service, target, data, find)


class Run:
    """Goes through a sequence as if alone: fills `deeds` with (time, "call" or "event", …), and has its end."""

    def __init__(self, world, trigger_id, start):
        self.world, self.trigger_id = world, trigger_id
        self.now = self.start = start
        self.deeds = []
        self.endless = False  # it waits for something that never comes

    def perform(self, steps):
        """False: the whole run has ended."""
        try:
            self._sequence(steps)
        except Ended:
            pass
        return self

    def _holds(self, conditions):
        return self.world.holds(conditions, self.now, self.trigger_id)

    def _sequence(self, steps):
        for step in sequence_of(steps):
            if not isinstance(step, dict):
                raise Excluded("a step in a form that the reader does not know")
            if not self._step(step):
                return

    def _step(self, step):
        """False: the sequence that it stands in ends here."""
        if service_of(step) is not None:
            self.deeds.append((self.now, "call", *service_call(step, self.world.find)))
            return True
        if any(key in step for key in ("condition", "and", "or", "not")):
            return self._holds(step)
        kind = next((kind for kind in STEPS if kind in step), "device" if "device_id" in step else None)
        if kind is None or kind in ("wait_template", "set_conversation_response"):
            raise Excluded("a step in a form that the reader does not know")
        getattr(self, "_do_" + kind)(step)
        return True

    def _do_device(self, step):
        self.deeds.append((self.now, "call", *device_call(step, self.world.find)))

    def _do_delay(self, step):
        self.now += period(step["delay"])

    def _do_event(self, step):
        self.deeds.append((self.now, "event", step["event"], [], dict(step.get("event_data") or {})))

    def _do_scene(self, step):
        self.deeds.append((self.now, "call", "scene.turn_on", [step["scene"].lower()], {}))

    def _do_variables(self, step):
        pass  # without templates nothing can read them

    def _do_stop(self, step):
        raise Ended

    def _do_choose(self, step):
        for option in listed(step["choose"]):
            if in_force(option) and self._holds(first_of(option, "conditions", "condition")):
                return self._sequence(option.get("sequence"))
        return self._sequence(step.get("default"))

    def _do_if(self, step):
        self._sequence(step.get("then") if self._holds(step["if"]) else step.get("else"))

    def _do_parallel(self, step):
        begin, end, deeds = self.now, self.now, self.deeds
        made = []
        for branch in sequence_of(step["parallel"]):
            self.now, self.deeds = begin, []
            steps = branch["sequence"] if isinstance(branch, dict) and "sequence" in branch else branch
            self._sequence(steps)
            made += self.deeds
            end = max(end, self.now)
        self.now, self.deeds = end, deeds + sorted(made, key=lambda deed: deed[0])

    def _do_repeat(self, step):
        loop = step["repeat"]
        if not any(key in loop for key in ("count", "for_each")):
            return self._repeat_while(loop)
        for _ in range(int(loop["count"]) if "count" in loop else len(loop["for_each"])):
            self._sequence(loop["sequence"])
            if self.endless:
                return None
        return None

    def _repeat_while(self, loop):
        for round_of in range(1000):
            if "while" in loop and not self._holds(loop["while"]):
                return
            self._sequence(loop["sequence"])
            if "until" in loop and self._holds(loop["until"]):
                return
        raise Excluded("a loop that only an answer ends")

    def _do_wait_for_trigger(self, step):
        """Nobody answers: what happens is that nothing happens."""
        for trigger in listed(step["wait_for_trigger"]):
            if first_of(trigger, "trigger", "platform") not in ("state", "numeric_state", "event", "mqtt", "zone", "device"):
                raise Excluded("waits for a time")
        if step.get("timeout") is None:
            self.endless = True
            raise Ended
        self.now += period(step["timeout"])
        if step.get("continue_on_timeout") is False:
            raise Ended

    def _do_sequence(self, step):
        self._sequence(step["sequence"])
