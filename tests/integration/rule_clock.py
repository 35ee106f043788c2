"""When time triggers mean, for an independent reading."""
import datetime
import re

from rule_reading import SECOND, first_of, listed, period, seconds
from rule_world import WEEKDAYS, sun_of


def kind_of(trigger):
    return first_of(trigger, "trigger", "platform")


def wall_times(trigger, day, world):
    """When a time trigger means on a day."""
    for one in listed(trigger["at"]):
        offset = period(one.get("offset", 0)) if isinstance(one, dict) else 0 * SECOND
        text = str(one["entity_id"] if isinstance(one, dict) else one)
        if text.startswith("sensor."):
            when = datetime.datetime(2026, 1, 16, 15, 20) + offset  # an hour ahead of UTC
            if when.date() == day:
                yield when
            continue
        text = world.things[text].state if ":" not in text else text
        # Only the time counts: with an offset it goes round midnight.
        yield datetime.datetime.combine(day, datetime.time()) + datetime.timedelta(
            seconds=(seconds(text) + offset.total_seconds()) % 86400)


def fits(pattern, value):
    if pattern is None or str(pattern) == "*":
        return True
    match = re.fullmatch(r"/(\d+)", str(pattern))
    return value % int(match.group(1)) == 0 if match else value == int(pattern)


def next_in_pattern(trigger, after):
    parts = [trigger.get(unit) for unit in ("hours", "minutes", "seconds")]
    if parts[0] is not None and parts[1] is None:
        parts[1] = 0
    if parts[1] is not None and parts[2] is None:
        parts[2] = 0
    when = after.replace(microsecond=0) + SECOND
    for _ in range(100_000):
        if not fits(parts[0], when.hour):
            when = (when + 3600 * SECOND).replace(minute=0, second=0)
        elif not fits(parts[1], when.minute):
            when = (when + 60 * SECOND).replace(second=0)
        elif not fits(parts[2], when.second):
            when += SECOND
        else:
            return when
    return None


def next_by_clock(trigger, after, world):
    kind = kind_of(trigger)
    if kind == "time_pattern":
        return next_in_pattern(trigger, after)
    days = [after.date() + datetime.timedelta(days=ahead) for ahead in range(-1, 9)]
    if kind == "sun":
        options = {**trigger, **(trigger.get("options") or {})}
        offset = period(options.get("offset", 0))
        found = [sun_of(day, options["event"] == "sunrise") + offset for day in days]
    else:
        weekdays = listed(trigger.get("weekday")) or WEEKDAYS
        found = [when for day in days if WEEKDAYS[day.weekday()] in weekdays for when in wall_times(trigger, day, world)]
    return min((when for when in found if when > after), default=None)
