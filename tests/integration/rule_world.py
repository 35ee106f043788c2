"""The world of an independent reading: entities that obey nobody, clocks and sun; and conditions, true, false or (None) an
error, by Home Assistant's documentation."""
import datetime
import functools
import zoneinfo

import ephem

from rule_reading import SECOND, Excluded, entity_ids, in_force, listed, period, seconds

ZONE, LATITUDE, LONGITUDE = zoneinfo.ZoneInfo("Europe/Berlin"), 52.52, 13.41
WEEK = datetime.date(2026, 1, 12)  # a Monday; no clock is changed for weeks
LONG = 2 * 86400 * SECOND  # how long things have been as they are, unless a rule asks
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
GONE = ("unavailable", "unknown")
DEVICE_STATES = {"is_on": "on", "is_off": "off", "is_open": "open", "is_closed": "closed", "is_locked": "locked",
                 "is_unlocked": "unlocked", "is_playing": "playing", "is_paused": "paused", "is_idle": "idle",
                 "is_docked": "docked", "is_home": "home"}
# Of binary sensors, with the class that says so.
DEVICE_WORDS = {"is_motion": ("on", "motion"), "is_no_motion": ("off", "motion"), "is_occupied": ("on", "occupancy"),
                "is_not_occupied": ("off", "occupancy"), "is_running": ("on", "running"), "is_present": ("on", "presence"),
                "is_open": ("on", "door"), "is_not_open": ("off", "door")}
METRES = 111_000  # a degree


@functools.lru_cache(maxsize=None)
def sun_of(day, rises):
    """When the sun rises or sets on a day, by the clocks."""
    observer = ephem.Observer()
    observer.lat, observer.lon, observer.pressure, observer.horizon = str(LATITUDE), str(LONGITUDE), 0, "-0:50"
    midnight = datetime.datetime.combine(day, datetime.time(), ZONE)
    observer.date = midnight.astimezone(datetime.timezone.utc).replace(tzinfo=None)
    next_one = observer.next_rising if rises else observer.next_setting
    when = next_one(ephem.Sun(), use_center=True).datetime().replace(tzinfo=datetime.timezone.utc)
    return when.astimezone(ZONE).replace(tzinfo=None)


class Thing:
    """An entity. `since`: how long it has been so when the test begins."""

    def __init__(self, state, attributes=None, since=LONG):
        self.state, self.attributes, self.since = state, dict(attributes or {}), since
        self.changed = None  # when it became so in the test

    def copy(self):
        return Thing(self.state, self.attributes, self.since)

    def value(self, attribute):
        """None: it has no such attribute."""
        return self.state if attribute is None else self.attributes.get(attribute)


def number(value):
    """None: it is none."""
    try:
        return float(value)
    except (TypeError, ValueError):
        return None


def all_of(verdicts):
    return False if False in verdicts else None if None in verdicts else True


def any_of(verdicts):
    return True if True in verdicts else None if None in verdicts else False


def negated(verdict):
    return None if verdict is None else not verdict


def nested(condition):
    """("and", members) of a group in either form; nothing of any other condition."""
    for kind in ("and", "or", "not"):
        if kind in condition:
            return kind, listed(condition[kind])
    kind = condition.get("condition")
    return (kind, listed(condition.get("conditions"))) if kind in ("and", "or", "not") else None


class World:
    def __init__(self, begin):
        self.begin = begin
        self.things = {}
        self.before = {}     # entity → as it was until `turn`
        self.turn = None
        self.sun = False     # it has one that moves
        self.registry = {}   # (device, domain, id in the registry) → entity
        self.devices = {}    # entity → its device
        self.places = {}     # (kind of target, id, domain) → entity there

    def at(self, entity, now):
        """None: there is no such entity."""
        if entity == "sun.sun" and self.sun:
            up = sun_of(now.date(), True) <= now < sun_of(now.date(), False)
            return Thing("above_horizon" if up else "below_horizon")
        old = self.before.get(entity) if self.turn is not None and now < self.turn else None
        return old or self.things.get(entity)

    def thing(self, entity, state="off"):
        return self.things.setdefault(entity, Thing(state))

    def find(self, kind, name, domain):
        """The only entity of an area, a device or with a label."""
        if kind == "floor_id":
            raise Excluded("a floor as target")
        domain = "light" if domain in ("homeassistant", "group") else domain
        named = [entity for entity, device in self.devices.items()
                 if kind == "device_id" and device == name and entity.startswith(domain + ".")]
        if named:
            return named
        key = kind, name, domain
        if key not in self.places:
            self.places[key] = f"{domain}.there_{len(self.places)}"
        return [self.places[key]]

    # Conditions.
    def holds(self, conditions, now, trigger_id):
        """Of a block: an error counts as not met."""
        return all_of([self.judge(one, now, trigger_id) for one in listed(conditions) if in_force(one)]) is True

    def judge(self, condition, now, trigger_id):
        if not isinstance(condition, dict):
            raise Excluded("a condition in a form that the reader does not know")
        group = nested(condition)
        if group:
            verdicts = [self.judge(one, now, trigger_id) for one in group[1] if in_force(one)]
            if group[0] == "and":
                return all_of(verdicts)
            return any_of(verdicts) if group[0] == "or" else negated(any_of(verdicts))
        kind = condition.get("condition")
        if kind == "trigger":
            return trigger_id in [str(one) for one in listed(condition["id"])]
        judge = {"state": self._state, "numeric_state": self._number, "time": self._time, "sun": self._sun, "zone": self._zone,
                 "device": self._device}.get(kind)
        if judge is None:
            raise Excluded(f"a condition of kind {kind}")
        return judge(condition, now)

    def age(self, thing, now):
        """How long it has been so."""
        return now - thing.changed if thing.changed else now - self.begin + thing.since

    def _state(self, condition, now):
        wanted = [self._meant(one, now) for one in listed(condition["state"])]
        attribute, least = condition.get("attribute"), condition.get("for")

        def one(entity):
            thing = self.at(entity, now)
            if thing is None:
                return None
            if attribute is not None and attribute not in thing.attributes:
                return False
            same = any(type(thing.value(attribute)) is type(value) and thing.value(attribute) == value for value in wanted)
            return same and (least is None or self.age(thing, now) >= period(least))

        verdicts = [one(entity) for entity in entity_ids(condition["entity_id"])]
        return any_of(verdicts) if condition.get("match") == "any" else all_of(verdicts)

    def _meant(self, state, now):
        """A state may be named by the helper that holds it."""
        if isinstance(state, str) and state.startswith("input_") and state in self.things:
            return self.at(state, now).state
        return state

    def bound(self, value):
        """A limit, or that of the entity which holds it; nothing without one."""
        if value is None:
            return None
        plain = number(value)
        if plain is not None:
            return plain
        return number(self.things[value].state) if value in self.things else None

    def within(self, thing, condition):
        """Of numeric_state, trigger and condition alike; None: it is no number."""
        value = thing.value(condition.get("attribute"))
        if value is None or value in GONE:
            return False
        plain = number(value)
        if plain is None:
            return None
        above, below = self.bound(condition.get("above")), self.bound(condition.get("below"))
        return (above is None or plain > above) and (below is None or plain < below)

    def _number(self, condition, now):
        things = [self.at(entity, now) for entity in entity_ids(condition["entity_id"])]
        return all_of([None if thing is None else self.within(thing, condition) for thing in things])

    def clock(self, value):
        """Seconds since midnight; of an entity that holds a time as well."""
        if isinstance(value, str) and "." in value and ":" not in value:
            return seconds(self.things[value].state.split(" ")[-1])
        return seconds(value)

    def _time(self, condition, now):
        weekdays = condition.get("weekday")
        if weekdays is not None and WEEKDAYS[now.weekday()] not in listed(weekdays):
            return False
        of_day = (now - datetime.datetime.combine(now.date(), datetime.time())).total_seconds()
        after, before = condition.get("after"), condition.get("before")
        begin = 0 if after is None else self.clock(after)
        end = 86400 if before is None else self.clock(before)
        if begin < end:
            return begin <= of_day < end
        return not end <= of_day < begin

    def _sun(self, condition, now):
        def bound(key):
            if condition.get(key) is None:
                return None
            rises = condition[key] == "sunrise"
            return sun_of(now.date(), rises) + period(condition.get(key + "_offset", 0))

        after, before = bound("after"), bound("before")
        if condition.get("after") == "sunset" and condition.get("before") == "sunrise":
            return now > after or now < before
        return (after is None or now >= after) and (before is None or now <= before)

    def in_zone(self, thing, zone):
        where, place = thing.attributes, self.things[zone].attributes
        if "latitude" not in where:
            return thing.state == ("home" if zone == "zone.home" else place.get("friendly_name"))
        far = max(abs(where["latitude"] - place["latitude"]), abs(where["longitude"] - place["longitude"]))
        return far * METRES < place["radius"]

    def _zone(self, condition, now):
        zones = entity_ids(condition["zone"])
        return all_of([any(self.in_zone(self.at(entity, now), zone) for zone in zones)
                       for entity in entity_ids(condition["entity_id"])])

    def entity_of(self, item):
        """Of a device's trigger or condition: by its name, else by what only the registry knows it as."""
        entity, domain = item.get("entity_id") or "", item["domain"]
        if "." not in entity:
            entity = self.registry.setdefault((item["device_id"], domain, entity), f"{domain}.known_{len(self.registry)}")
        self.devices[entity] = item["device_id"]
        return entity

    def check_registry(self):
        """Here an entity out of the registry can only be meant as the one of its kind."""
        kinds = [(self.devices[entity], entity.partition(".")[0], self.thing(entity).attributes.get("device_class"))
                 for entity in self.devices]
        known = {(device, domain, self.thing(entity).attributes.get("device_class"))
                 for (device, domain, _), entity in self.registry.items()}
        if any(kinds.count(kind) > 1 for kind in known):
            raise Excluded("several entities of a device that only the registry tells apart")

    def plain(self, condition):
        """A device's condition as that of a state that it is."""
        entity, kind = self.entity_of(condition), condition["type"]
        out = {"condition": "state", "entity_id": entity, **{key: condition[key] for key in ("for",) if key in condition}}
        if condition["domain"] == "binary_sensor" and kind in DEVICE_WORDS:
            state, self.thing(entity).attributes["device_class"] = DEVICE_WORDS[kind]
            return {**out, "state": state}
        if condition["domain"] == "climate" and kind == "is_hvac_mode":
            return {**out, "state": condition["hvac_mode"]}
        if condition["domain"] == "sensor":
            self.thing(entity, "20").attributes["device_class"] = kind.removeprefix("is_")
            limits = {key: condition[key] for key in ("above", "below") if key in condition}
            return {"condition": "numeric_state", "entity_id": entity, **limits}
        if kind not in DEVICE_STATES:
            raise Excluded("a device's condition that the reader does not know")
        return {**out, "state": DEVICE_STATES[kind]}

    def _device(self, condition, now):
        return self.judge(self.plain(condition), now, None)

    def mentioned(self, conditions):
        """All single conditions, in groups too."""
        for one in listed(conditions):
            if isinstance(one, dict) and in_force(one):
                group = nested(one)
                if group:
                    yield from self.mentioned(group[1])
                else:
                    yield self.plain(one) if one.get("condition") == "device" else one


def times_in(conditions, world):
    """Times of day at which conditions may turn, in seconds."""
    for one in world.mentioned(conditions):
        kind = one.get("condition")
        for key in ("after", "before"):
            if kind == "time" and isinstance(one.get(key), str) and ":" in one[key]:
                yield seconds(one[key])
            if kind == "sun" and one.get(key):
                when = sun_of(WEEK, one[key] == "sunrise") + period(one.get(key + "_offset", 0))
                yield when.hour * 3600 + when.minute * 60 + when.second

