"""What the oracle expects of an entity against the documents on the tree: every difference as a line."""
import datetime
import math

# Of a light, Home Assistant shows these only while it is on.
_WHILE_ON = {"brightness", "color_mode", "color_temp_kelvin", "hs_color", "xy_color", "rgb_color", "rgbw_color",
             "rgbww_color", "effect"}
_BOOKKEEPING = {"state", "assumed_state", "event_type"}
# Other colours of the same light follow from the one in force.
_DERIVED = {"hs_color", "xy_color", "rgb_color", "color_temp_kelvin"}


def same(expected, found):
    """Numbers by value, lists and objects by their content; True is not 1."""
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, (int, float)) and isinstance(found, (int, float)):
        return math.isclose(expected, found, rel_tol=1e-9, abs_tol=1e-9)
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    if isinstance(expected, dict) and isinstance(found, dict):
        return expected.keys() == found.keys() and all(same(expected[key], found[key]) for key in expected)
    return expected == found


def meta_differences(announced, meta):
    """[(key, expected, found)]"""
    wanted, found = announced.describe(), []

    def check(key, expected, actual):
        if not same(expected, actual):
            found.append((key, expected, actual))

    for key in ("domain", "name", "device_class", "unit", "state_class", "entity_category", "icon", "options", "disabled",
                "supported_features"):
        check(key, wanted[key], meta.get(key))
    for key, expected in wanted["device"].items():
        check("device." + key, expected, meta.get("device", {}).get(key))
    if announced.platform == "number":
        for key in ("min", "max", "step"):
            check(key, wanted[key], meta.get(key))
    capabilities = meta.get("capabilities", {})
    for key, expected in wanted["capabilities"].items():
        check("capabilities." + key, expected, capabilities.get(key))
    if announced.platform == "light":
        modes = set(announced.config.get("supported_color_modes", []))
        colours = set(meta.get("features", [])) & {"color_temp", "hs", "xy", "rgb", "rgbw", "rgbww", "white"}
        check("features", modes - {"brightness", "onoff"}, colours)
    return found


def _time(text):
    try:
        moment = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except (AttributeError, ValueError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=datetime.timezone.utc)


def _states_agree(tracker, found):
    expected = tracker.state
    if tracker.config.get("device_class") in ("timestamp", "date", "uptime") and isinstance(expected, str):
        return _time(expected) == _time(found)
    if expected == "unknown" and found is None:  # rules read the same of both
        return True
    return same(expected, found)


def state_differences(tracker, document):
    """[(key, expected, found)]; `document`: of the state topic."""
    found = []
    if not _states_agree(tracker, document.get("state")):
        found.append(("state", tracker.state, document.get("state")))
    off = "supported_color_modes" in tracker.config and document.get("state") != "on"
    reported = {key: value for key, value in document.items()
                if not key.startswith("_") and key not in _BOOKKEEPING and value is not None}
    for key, expected in tracker.attributes.items():
        if off and key in _WHILE_ON:
            continue
        if not same(expected, reported.get(key)):
            found.append((key, expected, reported.get(key)))
    colour = tracker.attributes.get("color_mode") is not None
    for key in reported.keys() - tracker.attributes.keys():
        if off and key in _WHILE_ON or colour and key in _DERIVED:
            continue
        if key == "color_mode" and reported[key] == "unknown":
            continue
        found.append((key, None, reported[key]))
    return found


class Tally:
    """Differences, counted by kind, with an example of each."""

    def __init__(self):
        self.counts, self.examples, self.compared = {}, {}, 0

    def add(self, where, platform, differences):
        self.compared += 1
        for key, expected, found in differences:
            kind = (platform, key)
            self.counts[kind] = self.counts.get(kind, 0) + 1
            self.examples.setdefault(kind, []).append(f"{where}: expected {expected!r}, found {found!r}")

    def __bool__(self):
        return bool(self.counts)

    def __str__(self):
        lines = [f"{sum(self.counts.values())} differences in {self.compared} comparisons"]
        for (platform, key), count in sorted(self.counts.items(), key=lambda item: -item[1]):
            lines.append(f"  {count} × {platform} {key}")
            lines += [f"      {example}" for example in self.examples[(platform, key)][:3]]
        return "\n".join(lines)
