"""Mistakes for rules: a key misspelt, an option that does not exist, a platform that does not exist."""
import copy

# Maps in which any key may stand: what is in them nobody can call misspelt.
FREE = {"variables", "trigger_variables", "event_data", "event_data_template", "context", "metadata", "entities",
        "response_variable", "extra", "trace", "fields", "$tag", "for_each", "data_template", "tests"}
# Domains whose services take what they are given.
FREE_SERVICES = ("script.", "shell_command.", "rest_command.", "homeassistant.", "python_script.", "pyscript.")
LETTERS = "abcdefghijklmnopqrstuvwxyz"


def is_free_call(step):
    name = step.get("action", step.get("service"))
    return not isinstance(name, str) or "{" in name or name.startswith(FREE_SERVICES)


def maps_of(value, out, depth=0):
    """Every map whose keys are fixed, with its depth within a service's data."""
    if isinstance(value, list):
        for item in value:
            maps_of(item, out, depth)
        return
    if not isinstance(value, dict) or "$tag" in value:
        return
    out.append(value)
    if value.get("platform", value.get("trigger")) == "device" or "device_id" in value and "domain" in value:
        out.pop()  # integrations have options of their own
    for key, item in value.items():
        if key in FREE:
            continue
        if key == "data":
            if isinstance(item, dict) and not is_free_call(value) and "$tag" not in item:
                out.append(item)
            continue
        maps_of(item, out, depth + 1)


def misspell(word, random):
    at = random.randrange(len(word))
    way = random.randrange(4)
    if way == 0 and len(word) > 1:
        return word[:at] + word[at + 1:]
    if way == 1:
        return word[:at] + word[at] + word[at:]
    if way == 2 and at + 1 < len(word):
        return word[:at] + word[at + 1] + word[at] + word[at + 2:]
    return word[:at] + random.choice(LETTERS) + word[at + 1:]


def key_misspelt(rule, random, vocabulary):
    """A key, where keys are fixed. None: there is none that can be misspelt."""
    rule = copy.deepcopy(rule)
    maps = []
    maps_of(rule, maps)
    places = [(one, key) for one in maps for key in one if isinstance(key, str) and "$" not in key]
    for _ in range(50):
        one, key = random.choice(places)
        wrong = misspell(key, random)
        if wrong in vocabulary or wrong in one or wrong == key or not wrong:
            continue
        items = list(one.items())
        one.clear()
        one.update((wrong if name == key else name, item) for name, item in items)
        return rule, f"{key} → {wrong}"
    return None


def option_added(rule, random, _vocabulary):
    rule = copy.deepcopy(rule)
    maps = []
    maps_of(rule, maps)
    option = random.choice(["debounce", "cooldown", "repeat_every", "min_interval", "severity", "on_error", "group_by"])
    random.choice(maps)[option] = random.choice([5, "yes", True])
    return rule, f"+ {option}"


def platform_unknown(rule, random, _vocabulary):
    rule = copy.deepcopy(rule)
    found = []

    def walk(value, key=None):
        if isinstance(value, list):
            for item in value:
                walk(item, key)
        elif isinstance(value, dict):
            if key in ("trigger", "triggers", "wait_for_trigger"):
                name = "platform" if "platform" in value else "trigger"
                if isinstance(value.get(name), str) and "." not in value[name]:
                    found.append((value, name))
            for inner, item in value.items():
                if inner not in FREE and inner != "data":
                    walk(item, inner)

    walk(rule)
    if not found:
        return None
    one, name = random.choice(found)
    wrong = misspell(one[name], random) if random.random() < 0.5 else random.choice(["timer", "presence", "button", "cron"])
    if wrong in ("sun", "tag", "time", "zone", one[name]):
        return None
    what = f"{name}: {one[name]} → {wrong}"
    one[name] = wrong
    return rule, what


KINDS = (key_misspelt, option_added, platform_unknown)
