"""For an independent reading: what sets a trigger off, and what a world has to be like for conditions to be met. Both by
trial: values that the rule itself names are tried at random until it fits, always with the same luck."""
import datetime

from rule_clock import kind_of, next_by_clock
from rule_reading import SECOND, Excluded, entity_ids, listed, period
from rule_world import LATITUDE, LONGITUDE, WEEK, Thing, number, times_in

STATES = ["on", "off", "home", "not_home", "idle", "open", "something", "something_else"]
# Of a binary sensor's device: what is said when it is on and off, and of which class it then is.
BINARY = {
    "motion": "motion no_motion", "occupancy": "occupied not_occupied", "battery": "bat_low not_bat_low",
    "moisture": "moist not_moist", "connectivity": "connected not_connected", "problem": "problem no_problem",
    "plug": "plugged_in not_plugged_in", "smoke": "smoke no_smoke", "vibration": "vibration no_vibration",
    "presence": "present not_present", "power": "powered not_powered", "lock": "not_locked locked",
    "running": "running not_running", "sound": "sound no_sound", "tamper": "tampered not_tampered",
    "battery_charging": "charging not_charging", "gas": "gas no_gas", "carbon_monoxide": "co no_co", "cold": "cold not_cold",
    "heat": "hot not_hot", "moving": "moving not_moving", "door": "opened not_opened"}
BINARY_WORDS = {word: (state, kind) for kind, words in BINARY.items() for word, state in zip(words.split(), ("on", "off"))}
AWAY = {"latitude": 1.0, "longitude": 1.0}
TOGGLES = {"turned_on": "on", "turned_off": "off"}
GENERIC = ("binary_sensor", "light", "switch", "fan", "cover", "lock", "media_player", "vacuum", "alarm_control_panel",
           "sensor", "climate", "device_tracker", "person", "input_boolean", "select", "number", "button", "humidifier",
           "remote", "update")


def flattened(triggers):
    """Triggers with their ids; a list of them may be nested."""
    out = []
    for one in listed(triggers):
        inner = one.get("triggers") if isinstance(one, dict) and kind_of(one) is None else None
        for trigger in (listed(inner) if inner is not None else [one]):
            if not isinstance(trigger, dict):
                raise Excluded("a trigger in a form that the reader does not know")
            out.append(trigger)
    return out


class Setup:
    """A world before and after what happens in it. `world` is as it is afterwards."""

    def __init__(self, world, conditions, luck):
        self.world, self.luck = world, luck
        self.locked = set()   # (entity, attribute): the trigger needs them so
        self.before = {}      # entity → as it was until then
        self.devices = {}     # entity → its device
        self.deed = {}        # as a test writes it
        self.event = None     # what triggers are asked about
        self.location = False
        self.hints = {}
        for one in world.mentioned(conditions):
            if "state" in one and "entity_id" in one:
                for entity in entity_ids(one["entity_id"]):
                    self.hints.setdefault((entity, one.get("attribute")), []).extend(listed(one["state"]))
        times = [43230.0] + [at + off for at in times_in(conditions, world) for off in (-90, 90)]
        day = datetime.datetime.combine(WEEK, datetime.time()) + datetime.timedelta(days=luck.randrange(7))
        of_day = luck.choice(times + [luck.randrange(86400)]) % 86400
        self.start = day + datetime.timedelta(seconds=int(of_day))
        self.at = self.start + SECOND
        self.tolerant = False  # the sun is only known to the minute

    # Values.
    def put(self, entity, attribute, value, since=None):
        if (entity, attribute) in self.locked:
            return
        thing = self.world.thing(entity)
        if attribute is None:
            thing.state = value
        else:
            thing.attributes[attribute] = value
        if since is not None:
            thing.since = max(thing.since, since)

    def change(self, entity, attribute, old, new):
        """The entity changes from old to new."""
        thing = self.world.thing(entity)
        before = thing.copy()
        for one, value in ((before, old), (thing, new)):
            if attribute is None:
                one.state = value
            elif value is not None:
                one.attributes[attribute] = value
        if attribute is None:
            thing.changed = self.at
        self.before[entity] = before
        self.locked.add((entity, attribute))
        self.event = ("state", entity)

    def settle(self):
        """Nothing but what the trigger asks for changes."""
        for entity, before in self.before.items():
            thing = self.world.things[entity]
            locked = {attribute for one, attribute in self.locked if one == entity}
            if None not in locked:
                before.state = thing.state
            for key, value in thing.attributes.items():
                if key not in locked and "latitude" not in locked:
                    before.attributes[key] = value
            before.since = thing.since
            self.deed = {"set": {entity: {"state": thing.state, "attributes": thing.attributes}}}

    def other_than(self, entity, attribute, refused):
        pool = [one for one in self.hints.get((entity, attribute), []) + STATES if one not in refused]
        return self.luck.choice(pool)

    # Conditions.
    def force(self, condition, wanted):
        if not isinstance(condition, dict):
            raise Excluded("a condition in a form that the reader does not know")
        kind, members = condition.get("condition"), condition.get("conditions")
        for name in ("and", "or", "not"):
            if name in condition:
                kind, members = name, condition[name]
        members = listed(members)
        if kind == "not":
            return self._force_group(members, every=wanted, value=not wanted)
        if kind in ("and", "or"):
            return self._force_group(members, every=(kind == "and") == wanted, value=wanted)
        if kind == "device":
            condition = self.world.plain(condition)
            kind = condition["condition"]
        if kind in ("state", "device"):
            return self._force_state(condition, wanted)
        if kind == "numeric_state":
            return self._force_number(condition, wanted)
        if kind == "zone":
            return self._force_zone(condition, wanted)
        if kind == "sun":
            self.location = True
        return None

    def _force_group(self, members, every, value):
        for one in members if every or not members else [self.luck.choice(members)]:
            self.force(one, value)

    def _force_state(self, condition, wanted):
        values = listed(condition.get("state"))
        attribute = condition.get("attribute")
        least = period(condition["for"]) + 60 * SECOND if condition.get("for") is not None else None
        for entity in entity_ids(condition["entity_id"]):
            value = self.luck.choice(values) if wanted and values else self.other_than(entity, attribute, values)
            if isinstance(value, str) and value.startswith("input_") and "." in value:
                value = self.world.thing(value, "something").state
            self.put(entity, attribute, value, least)

    def inside(self, limits, entity_of_limit="50"):
        """A number within limits, which may stand in other entities."""
        for limit in (limits.get("above"), limits.get("below")):
            if isinstance(limit, str) and number(limit) is None:
                thing = self.world.thing(limit, entity_of_limit)
                if number(thing.state) is None:
                    thing.state = entity_of_limit
        above, below = self.world.bound(limits.get("above")), self.world.bound(limits.get("below"))
        if above is None and below is None:
            raise Excluded("a number without limits")
        if above is not None and below is not None:
            return (above + below) / 2
        step = self.luck.choice([0.5, 1, 5, 100])
        return above + step if above is not None else below - step

    def outside(self, limits):
        self.inside(limits)
        above, below = self.world.bound(limits.get("above")), self.world.bound(limits.get("below"))
        return above - 1 if above is not None else below + 1

    def _force_number(self, condition, wanted):
        for entity in entity_ids(condition["entity_id"]):
            value = self.inside(condition) if wanted else self.outside(condition)
            attribute = condition.get("attribute")
            self.put(entity, attribute, value if attribute else plain_text(value))

    def place_zone(self, zone):
        if zone == "zone.home":
            self.location = True
            self.world.thing(zone, "0").attributes = {"latitude": LATITUDE, "longitude": LONGITUDE, "radius": 100}
        else:
            spot = 40 + sum(map(ord, zone)) % 97 / 10
            self.world.thing(zone, "0").attributes = {"latitude": spot, "longitude": 5.0, "radius": 100,
                                                      "friendly_name": zone.split(".")[1]}
        return self.world.things[zone].attributes

    def _force_zone(self, condition, wanted):
        zones = entity_ids(condition["zone"])
        places = [self.place_zone(zone) for zone in zones]
        for entity in entity_ids(condition["entity_id"]):
            if (entity, "latitude") not in self.locked:
                thing = self.world.thing(entity, "somewhere")
                place = self.luck.choice(places)
                thing.attributes.update(where_is(place) if wanted else AWAY)

    # Triggers.
    def set_off(self, trigger):
        kind = kind_of(trigger)
        act = getattr(self, f"_set_off_{kind}", None)
        if act is None:
            raise Excluded(f"a trigger of kind {kind}")
        act(trigger)

    def _set_off_state(self, trigger):
        entity, attribute = entity_ids(trigger["entity_id"])[0], trigger.get("attribute")
        if "for" in trigger and holds_nothing(trigger["for"]):
            raise Excluded("an empty period")
        to, not_to = listed(trigger.get("to")), listed(trigger.get("not_to"))
        old_ones, not_from = listed(trigger.get("from")), listed(trigger.get("not_from"))
        new = self.luck.choice(to) if to else self.other_than(entity, attribute, not_to + old_ones)
        old = self.luck.choice(old_ones) if old_ones else self.other_than(entity, attribute, not_from + to + [new])
        if old == new:
            raise Excluded("a state that changes from itself to itself")
        self.change(entity, attribute, old, new)

    def _set_off_numeric_state(self, trigger):
        entity, attribute = entity_ids(trigger["entity_id"])[0], trigger.get("attribute")
        old, new = self.outside(trigger), self.inside(trigger)
        if attribute is None:
            old, new = plain_text(old), plain_text(new)
        self.change(entity, attribute, old, new)

    def _set_off_zone(self, trigger):
        entity, zone = entity_ids(trigger["entity_id"])[0], trigger["zone"].lower()
        place = where_is(self.place_zone(zone))
        enters = trigger.get("event", "enter") == "enter"
        thing = self.world.thing(entity, "somewhere")
        before = thing.copy()
        before.attributes.update(AWAY if enters else place)
        thing.attributes.update(place if enters else AWAY)
        self.before[entity] = before
        self.locked.add((entity, "latitude"))
        self.event = ("state", entity)

    def _set_off_event(self, trigger):
        if trigger.get("context"):
            raise Excluded("an event of somebody")
        kind, data = listed(trigger["event_type"])[0], trigger.get("event_data") or {}
        self.deed = {"event": {"type": kind, "data": data}}
        self.event = ("event", kind, data)

    def _set_off_mqtt(self, trigger):
        trigger = {**trigger, **(trigger.get("options") or {})}
        topic = str(trigger["topic"]).replace("+", "any").replace("#", "any")
        payload = trigger.get("payload")
        payload = "something" if payload is None else payload
        self.deed = {"mqtt": {"topic": topic, "payload": payload}}
        self.event = ("mqtt", topic, payload)

    def _set_off_webhook(self, trigger):
        method = listed(trigger.get("allowed_methods") or ["POST"])[0]
        self.deed = {"webhook": {"id": trigger["webhook_id"], "method": method, "local": True}}
        self.event = ("webhook", trigger["webhook_id"], method)

    def _set_off_tag(self, trigger):
        tag, device = listed(trigger["tag_id"])[0], (listed(trigger.get("device_id")) or [None])[0]
        self.deed = {"tag": {"id": tag, **({"device": device} if device else {})}}
        self.event = ("tag", tag, device)

    def _set_off_homeassistant(self, trigger):
        if trigger["event"] == "start":
            self.at, self.event = self.start, ("start",)
        else:
            self.deed, self.event = {"shut_down": True}, ("shutdown",)

    def _set_off_device(self, trigger):
        plain = as_state_trigger(trigger, self.world)
        if plain is None:
            return self._set_off_button(trigger)
        entity = plain["entity_id"]
        self.world.devices[entity] = trigger["device_id"]
        self.world.thing(entity)
        if trigger["domain"] == "binary_sensor" and trigger["type"] in BINARY_WORDS:
            self.world.thing(entity).attributes["device_class"] = BINARY_WORDS[trigger["type"]][1]
        if plain["trigger"] == "numeric_state":
            if trigger["domain"] == "sensor" and trigger["type"] != "value":
                name = "battery" if trigger["type"] == "battery_level" else trigger["type"]
                self.world.thing(entity).attributes["device_class"] = name
            return self._set_off_numeric_state(plain)
        return self._set_off_state(plain)

    def _set_off_button(self, trigger):
        """An event entity of the device says what was done to it."""
        said = str(trigger.get("subtype") or trigger.get("type"))
        entity = "event.a_button"
        self.world.devices[entity] = trigger["device_id"]
        self.world.things[entity] = Thing("2026-01-01T00:00:00.000+00:00", {"event_type": said})
        self.change(entity, None, "2026-01-01T00:00:00.000+00:00", "2026-01-12T00:00:00.000+00:00")
        self.event = ("button", trigger["device_id"], said)

    def _set_off_by_clock(self, trigger):
        begin = self.start
        if kind_of(trigger) != "time_pattern":
            begin = datetime.datetime.combine(self.start.date(), datetime.time()) - SECOND
        self.prepare_clock(trigger)
        when = next_by_clock(trigger, begin, self.world)
        if when is None:
            raise Excluded("a time that never comes")
        lead = 90 if kind_of(trigger) == "sun" else 1
        self.start, self.at, self.event = when - lead * SECOND, when, ("clock",)
        self.tolerant = lead > 1
        self.location |= self.tolerant

    _set_off_time = _set_off_time_pattern = _set_off_sun = _set_off_by_clock

    def prepare_clock(self, trigger):
        """Entities that hold a time get one."""
        if kind_of(trigger) == "sun":
            self.location = True
        for one in listed(trigger.get("at")):
            entity = one.get("entity_id") if isinstance(one, dict) else one
            if not isinstance(entity, str) or ":" in entity:
                continue
            if entity.startswith("sensor."):
                self.world.thing(entity).state = "2026-01-16T14:20:00+00:00"
                self.world.thing(entity).attributes["device_class"] = "timestamp"
            else:
                self.world.thing(entity).state = "07:40:00"
                clock = {"hour": 7, "minute": 40, "second": 0}
                self.world.thing(entity).attributes = {"has_time": True, "has_date": False, **clock}


def where_is(place):
    return {key: place[key] for key in ("latitude", "longitude")}


def holds_nothing(value):
    return value in ({}, [], "")


def plain_text(value):
    return str(int(value)) if value == int(value) else repr(value)


def as_state_trigger(trigger, world):
    """A device's trigger of the generic domains as the change of a state that it is; else nothing."""
    domain, kind = trigger["domain"], trigger["type"]
    if domain not in GENERIC:
        return None
    entity = world.entity_of(trigger)
    plain = {"entity_id": entity, "trigger": "state", **{key: trigger[key] for key in ("for",) if key in trigger}}
    if kind in TOGGLES:
        return {**plain, "to": TOGGLES[kind]}
    if domain == "binary_sensor" and kind in BINARY_WORDS:
        return {**plain, "to": BINARY_WORDS[kind][0]}
    if domain in ("cover", "lock", "media_player", "vacuum", "alarm_control_panel"):
        if kind in ("position", "tilt_position"):
            raise Excluded("a device's trigger that only the registry explains")
        return {**plain, "to": "open" if kind == "opened" else kind}
    if kind in ("changed_states", "hvac_mode_changed", "current_option_changed", "pressed"):
        return {**plain, "from": trigger.get("from"), "to": trigger.get("to")}
    if domain == "sensor":
        return {**plain, "trigger": "numeric_state", **{key: trigger[key] for key in ("above", "below") if key in trigger}}
    raise Excluded("a device's trigger that only the registry explains")
