"""The real Jinja2 with what Home Assistant adds to it: the reference that our templates are compared with.

Two uses. compiles() knows every name of Home Assistant's documentation, so that it refuses what Home Assistant would
refuse. render() calculates: only what needs no house does something, the rest only compiles (ha_names). Time stands still at NOW
and the zone is UTC. Where the documentation leaves something open, the recorded vectors decided; SIMPLER_IN_THE_ORACLE
names where what made them is simpler than Home Assistant.
"""
import base64
import collections.abc
import datetime as dt
import hashlib
import json
import math
import re
import statistics
import struct
import unicodedata

import jinja2
import jinja2.filters
import jinja2.sandbox

import ha_names
from ha_numbers import (
    ABSENT, refuse, float_, int_, bool_, round_, with_positional_default, multiply, add, log, atan2, is_number,
    extreme, over_items, remap)

NOW = dt.datetime(2026, 1, 15, 12, 34, 56, 789000, dt.timezone.utc)
# as_local converts, the greatest of nothing is undefined, average takes its default by position, too,
# today_at('7:5') is a time.
SIMPLER_IN_THE_ORACLE = ("as_local", "max", "min", "average", "median", "sameas", "today_at")

# ---------------------------------------------------------------- text
def slugify(value, separator="_"):
    plain = unicodedata.normalize("NFKD", str(value)).encode("ascii", "ignore").decode()
    return re.sub("[^a-z0-9]+", separator, plain.lower()).strip(separator)


def ordinal(value):
    number = int(value)
    teens = number % 100 in range(10, 21)
    return str(number) + ("th" if teens else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th"))


def regex(function, finish=lambda found: found):
    def search(value, find="", ignorecase=False):
        return finish(function(find, str(value), re.IGNORECASE if ignorecase else 0))

    return search


def regex_replace(value="", find="", replace="", ignorecase=False):
    return re.sub(find, replace, str(value), flags=re.IGNORECASE if ignorecase else 0)


def regex_findall_index(value, find="", index=0, ignorecase=False):
    return regex(re.findall)(value, find, ignorecase)[index]


# ---------------------------------------------------------------- data
def _no_constant(name):
    raise ValueError(name)


def load_json(text):
    """What `value_json` is: strict JSON, else a ValueError."""
    if isinstance(text, (bytes, bytearray)):
        text = text.decode()
    if not isinstance(text, str):
        raise ValueError(f"JSON is text, this is {type(text).__name__}")
    return json.loads(text, parse_constant=_no_constant)


def from_json(value, default=ABSENT):
    try:
        return load_json(value)
    except ValueError:
        return refuse("from_json", value, default)


def to_json(value, ensure_ascii=False, pretty_print=False, sort_keys=False):
    indent = 2 if pretty_print else None
    separators = None if ensure_ascii else (",", ": ") if pretty_print else (",", ":")
    return json.dumps(value, ensure_ascii=bool(ensure_ascii), indent=indent, sort_keys=sort_keys, separators=separators)


def packing(function):
    def convert(*args):
        try:
            return function(*args)
        except struct.error:
            return None

    return convert


def pack(value, format_string):
    return packing(struct.pack)(format_string, value)


def unpack(value, format_string, offset=0):
    found = packing(struct.unpack_from)(format_string, value, offset)
    return found if found is None else found[0]


def base64_encode(value):
    return base64.b64encode(value.encode() if isinstance(value, str) else value).decode()


def base64_decode(value, encoding="utf-8"):
    octets = base64.b64decode(value)
    return octets.decode(encoding) if encoding else octets


def digest(name):
    return lambda value: getattr(hashlib, name)(value.encode()).hexdigest()


# ---------------------------------------------------------------- time
def _from_number(value):
    return dt.datetime.fromtimestamp(float(value), dt.timezone.utc)


def as_datetime(value, default=ABSENT):
    if isinstance(value, dt.datetime):
        return value
    if isinstance(value, dt.date):
        return dt.datetime.combine(value, dt.time(), dt.timezone.utc)
    try:
        return _from_number(value)
    except (TypeError, ValueError, OverflowError):
        pass
    if isinstance(value, str):
        try:
            return dt.datetime.fromisoformat(value.replace("Z", "+00:00"))
        except ValueError:
            return None if default is ABSENT else default
    return refuse("as_datetime", value, default)


def as_timestamp(value, default=ABSENT):
    try:
        when = as_datetime(value)
        return (when if when.tzinfo else when.replace(tzinfo=dt.timezone.utc)).timestamp()
    except (TypeError, ValueError, AttributeError):
        return refuse("as_timestamp", value, default)


def as_local(value):
    if value.tzinfo is None:
        value = value.replace(tzinfo=dt.timezone.utc)
    return value.astimezone(dt.timezone.utc)


_LENGTH = re.compile(
    r"(?:(?P<days>-?\d+) (?:days?, )?)?(?P<sign>[-+]?)"
    r"(?:(?:(?P<hours>\d+):)?(?P<minutes>\d+):)?(?P<seconds>\d+(?:\.\d+)?)")


def as_timedelta(text):
    found = _LENGTH.fullmatch(text or "")
    if found is None:
        return None
    part = {name: float(value or 0) for name, value in found.groupdict().items() if name != "sign"}
    length = dt.timedelta(hours=int(part["hours"]), minutes=int(part["minutes"]), seconds=part["seconds"])
    return dt.timedelta(days=int(part["days"])) + (-length if found["sign"] == "-" else length)


def timestamp_custom(value, date_format="%Y-%m-%d %H:%M:%S", local=True, default=ABSENT):
    try:
        return _from_number(value).strftime(date_format)
    except (TypeError, ValueError, OverflowError):
        return refuse("timestamp_custom", value, default)


def timestamp_iso(name):
    def convert(value, default=ABSENT):
        try:
            return _from_number(value).isoformat()
        except (TypeError, ValueError, OverflowError):
            return refuse(name, value, default)

    return convert


def strptime(text, form, default=ABSENT):
    try:
        return dt.datetime.strptime(text, form)
    except (TypeError, ValueError):
        return refuse("strptime", text, default)


def today_at(text=""):
    try:
        clock = dt.time.fromisoformat(text) if text else dt.time()
    except ValueError:  # 7:5
        parts = text.split(":")
        clock = dt.time(*map(int, parts[:3] if len(parts) > 1 else ["x"]))
    return dt.datetime.combine(NOW.date(), clock, dt.timezone.utc)


# ---------------------------------------------------------------- lists and the rest
def iif(value, if_true=True, if_false=False, if_none=ABSENT):
    if value is None and if_none is not ABSENT:
        return if_none
    return if_true if value else if_false


def is_defined(value):
    if isinstance(value, jinja2.Undefined):
        value._fail_with_undefined_error()
    return value


def a_list(value):
    if isinstance(value, str) or not isinstance(value, collections.abc.Iterable):
        raise TypeError(f"{type(value).__name__} is no list")
    return value


def flatten(value, levels=None):
    result = []
    for item in a_list(value):
        nested = isinstance(item, collections.abc.Iterable) and not isinstance(item, str)
        if nested and (levels is None or levels >= 1):
            result.extend(flatten(item, None if levels is None else levels - 1))
        else:
            result.append(item)
    return result


def combine(*args, recursive=False):
    result = {}
    for arg in args:
        for key, value in arg.items():
            if recursive and isinstance(result.get(key), dict) and isinstance(value, dict):
                value = combine(result[key], value, recursive=True)
            result[key] = value
    return result


def of_sets(function):
    return lambda a, b: list(function(set(a_list(a)), set(a_list(b))))


def both():
    """What is a function and a filter."""
    names = {
        "float": float_, "int": int_, "bool": bool_, "is_number": is_number, "log": log, "atan2": atan2,
        "average": over_items("average", statistics.fmean), "median": over_items("median", statistics.median),
        "clamp": lambda value, low, high: max(low, min(high, value)), "remap": remap, "iif": iif,
        "max": extreme(max), "min": extreme(min),
        "bitwise_and": lambda a, b: int(a) & int(b), "bitwise_or": lambda a, b: int(a) | int(b),
        "bitwise_xor": lambda a, b: int(a) ^ int(b),
        "as_datetime": as_datetime, "as_timestamp": as_timestamp, "as_local": as_local, "as_timedelta": as_timedelta,
        "intersect": of_sets(set.intersection), "difference": of_sets(set.difference),
        "union": of_sets(set.union), "symmetric_difference": of_sets(set.symmetric_difference),
        "combine": combine, "flatten": flatten, "typeof": lambda value: type(value).__name__,
        "pack": pack, "unpack": unpack, "slugify": slugify, "urlencode": jinja2.filters.do_urlencode,
    }
    names.update((name, digest(name)) for name in ("md5", "sha1", "sha256", "sha512"))
    for name in ("sin", "cos", "tan", "asin", "acos", "atan", "sqrt"):
        names[name] = with_positional_default(name, getattr(math, name))
    return names


FUNCTIONS = {
    "now": NOW.replace, "utcnow": NOW.replace, "today_at": today_at, "strptime": strptime, "timedelta": dt.timedelta,
    "zip": zip, "set": set, "tuple": tuple, "e": math.e, "pi": math.pi, "tau": math.tau, "inf": math.inf,
}
FILTERS = {
    "round": round_, "multiply": multiply, "add": add, "ordinal": ordinal, "ord": ord, "is_defined": is_defined,
    "from_json": from_json, "to_json": to_json, "from_hex": bytes.fromhex, "contains": lambda value, item: item in value,
    "base64_encode": base64_encode, "base64_decode": base64_decode,
    "regex_match": regex(re.match, bool), "regex_search": regex(re.search, bool), "regex_replace": regex_replace,
    "regex_findall": regex(re.findall), "regex_findall_index": regex_findall_index,
    "timestamp_custom": timestamp_custom,
    "timestamp_local": timestamp_iso("timestamp_local"), "timestamp_utc": timestamp_iso("timestamp_utc"),
}
TESTS = {
    "is_number": is_number, "match": regex(re.match, bool), "search": regex(re.search, bool),
    "contains": lambda value, item: item in value, "list": lambda value: isinstance(value, list),
    "set": lambda value: isinstance(value, set), "tuple": lambda value: isinstance(value, tuple),
    "datetime": lambda value: isinstance(value, dt.datetime),
    "string_like": lambda value: isinstance(value, (str, bytes, bytearray)),
}


def environment(house=False):
    """`house`: with the stubs of everything that asks the house."""
    env = jinja2.sandbox.ImmutableSandboxedEnvironment(extensions=["jinja2.ext.loopcontrols", "jinja2.ext.do"])
    if house:
        env.globals.update(ha_names.stubs(ha_names.HOUSE_FUNCTIONS))
        env.filters.update(ha_names.stubs(ha_names.HOUSE_FILTERS))
        env.tests.update(ha_names.stubs(ha_names.HOUSE_TESTS))
    shared = both()
    env.globals.update(shared, **FUNCTIONS)
    env.filters.update(shared, **FILTERS)
    env.tests.update(TESTS)
    return env


def is_static(template):
    return not any(begin in template for begin in ("{{", "{%", "{#"))


def compile_error(env, template):
    """Why the template does not compile, or None."""
    try:
        env.from_string(template.strip())
    except Exception as error:  # Python's own compiler may be the one that refuses, or an assertion of Jinja's
        return error
    return None


def render(env, template, variables):
    """(outcome, text or the error): text, passthrough (a Jinja error), drop (a Python error), invalid."""
    if is_static(template):
        return "text", template.strip()
    try:
        program = env.from_string(template.strip())
    except Exception as error:
        return "invalid", error
    try:
        return "text", program.render(variables).strip()
    except jinja2.TemplateError as error:
        return "passthrough", error
    except Exception as error:  # whatever Python raises
        return "drop", error
