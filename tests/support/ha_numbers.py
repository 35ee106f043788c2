"""Numbers as Home Assistant's templates have them: the part of the reference (ha_environment) that converts and calculates."""
import collections.abc
import math
import statistics

import jinja2
import jinja2.filters

ABSENT = object()  # no default was given


def refuse(name, value, default):
    """What every converting function does in the end: the default, or a ValueError where there is none."""
    if default is ABSENT:
        raise ValueError(f"{name}: {value!r} cannot be converted and there is no default")
    return default


def float_(value, default=ABSENT):
    try:
        return float(value)
    except (TypeError, ValueError):
        return refuse("float", value, default)


def int_(value, default=ABSENT, base=10):
    result = jinja2.filters.do_int(value, ABSENT, base)
    return refuse("int", value, default) if result is ABSENT else result


_WORDS = dict.fromkeys(("1", "true", "yes", "on", "enable"), True)
_WORDS.update(dict.fromkeys(("0", "false", "no", "off", "disable"), False))


def bool_(value, default=ABSENT):
    if isinstance(value, str):
        word = value.lower().strip()
        return _WORDS[word] if word in _WORDS else refuse("bool", value, default)
    if isinstance(value, (int, float)):
        return bool(value)
    return refuse("bool", value, default)


def _rounded(value, precision, method):
    scale = 10**precision
    if method == "ceil":
        return math.ceil(value * scale) / scale
    if method == "floor":
        return math.floor(value * scale) / scale
    if method == "half":
        return round(value * 2) / 2
    return round(value, precision)


def round_(value, precision=0, method="common", default=ABSENT):
    try:
        result = _rounded(float(value), precision, method)
        return result if precision else int(result)
    except (TypeError, ValueError):
        return refuse("round", value, default)


def numeric(name, function):
    """function(float(value), ...) with a default for what is no number."""

    def calculate(value, *args, default=ABSENT):
        try:
            return function(float(value), *args)
        except (TypeError, ValueError):
            return refuse(name, value, default)

    return calculate


def with_positional_default(name, function):
    def calculate(value, default=ABSENT):
        return numeric(name, function)(value, default=default)

    return calculate


def multiply(value, amount, default=ABSENT):
    return numeric("multiply", lambda number: number * amount)(value, default=default)


def add(value, amount, default=ABSENT):
    return numeric("add", lambda number: number + amount)(value, default=default)


def log(value, base=math.e, default=ABSENT):
    return numeric("log", lambda number: math.log(number, float(base)))(value, default=default)


def atan2(y, x=None):
    if x is None:
        y, x = y
    return math.atan2(float(y), float(x))


def is_number(value):
    try:
        return math.isfinite(float(value))
    except (TypeError, ValueError):
        return False


def items_of(args):
    """max(1, 2) and max([1, 2]) are the same."""
    if len(args) == 1 and isinstance(args[0], collections.abc.Iterable):
        args = args[0]
    return list(args)


def extreme(function):
    def find(*args):
        items = items_of(args) if args else function()
        return function(items) if items else jinja2.Undefined("there is none")

    return find


def over_items(name, function):
    def calculate(*args, default=ABSENT):
        if len(args) > 1 and default is ABSENT and not isinstance(args[0], str):
            if isinstance(args[0], collections.abc.Iterable):
                args, default = (args[0],), args[1]
        try:
            return function(items_of(args))
        except (TypeError, statistics.StatisticsError):
            return refuse(name, args, default)

    return calculate


def remap(value, in_min, in_max, out_min, out_max):
    return out_min + (float(value) - in_min) * (out_max - out_min) / (in_max - in_min)
