"""A house as `gable ls --json` prints it, rules for it in which nothing is wrong, and mistakes to put into them."""
import copy
import json
import re

import rule_mutations

ROOMS = ["kitchen", "hall", "bath", "bedroom", "study", "cellar"]


def entity(entity_id, state, attributes=None, **description):
    return {"entity_id": entity_id, "state": state, "attributes": attributes or {},
            "description": {"domain": entity_id.split(".")[0], **description}}


def of_room(room):
    yield entity(f"light.{room}_ceiling", "on", {"brightness": 120}, features=["brightness", "color_temp", "transition"],
                 capabilities={"min_color_temp_kelvin": 2200, "max_color_temp_kelvin": 6500})
    yield entity(f"light.{room}_plain", "off", features=["onoff"])
    yield entity(f"switch.{room}_outlet", "on")
    yield entity(f"binary_sensor.{room}_motion", "off", {"battery": 80}, device_class="motion")
    yield entity(f"binary_sensor.{room}_window", "off", device_class="window")
    yield entity(f"sensor.{room}_temperature", "21.5", device_class="temperature", unit="°C")
    yield entity(f"sensor.{room}_humidity", "55", device_class="humidity", unit="%")
    yield entity(f"cover.{room}_blind", "open", {"current_position": 100},
                 features=["open", "close", "set_position", "stop"])
    yield entity(f"cover.{room}_hatch", "closed", features=["open", "close"])
    yield entity(f"climate.{room}", "heat", {"temperature": 21, "current_temperature": 20, "hvac_action": "idle"},
                 features=["target_temperature", "preset_mode"],
                 capabilities={"min_temp": 7, "max_temp": 30, "hvac_modes": ["off", "heat", "auto"],
                               "preset_modes": ["eco", "comfort"]})
    yield entity(f"number.{room}_level", "5", min=0, max=10)
    yield entity(f"select.{room}_mode", "eco", options=["eco", "boost", "away"])
    yield entity(f"media_player.{room}", "playing", {"volume_level": 0.3},
                 features=["turn_on", "turn_off", "play", "pause", "volume_set"])


def house():
    entities = [each for room in ROOMS for each in of_room(room)]
    entities += [entity("person.ann", "home"), entity("person.ben", "not_home"), entity("zone.home", "1"),
                 entity("sun.sun", "above_horizon", {"elevation": 20, "azimuth": 180, "rising": True}),
                 entity("input_boolean.guests", "off"), entity("input_number.limit", "20", min=0, max=40),
                 entity("input_select.season", "winter", options=["winter", "summer"]),
                 entity("input_datetime.wake", "07:00:00"), entity("timer.quiet", "idle"),
                 entity("counter.visits", "3"), entity("notify.phone", "unknown"), entity("scene.evening", "unknown"),
                 entity("lock.front", "locked"), entity("alarm_control_panel.house", "disarmed", features=["arm_away"])]
    return {"entities": entities, "areas": ROOMS, "floors": ["ground", "upper"], "labels": ["night"], "devices": [],
            "commands": ["shell_command.backup"]}


def rules():
    """One of each for every room; %s is the room."""
    texts = [
        {"alias": "Motion %s", "variables": {"minutes": 5},
         "triggers": [{"trigger": "state", "entity_id": "binary_sensor.%s_motion", "to": "on"}],
         "conditions": [{"condition": "state", "entity_id": "sun.sun", "state": "below_horizon"},
                        {"condition": "numeric_state", "entity_id": "light.%s_ceiling", "attribute": "brightness",
                         "below": 200}],
         "actions": [{"action": "light.turn_on", "target": {"entity_id": "light.%s_ceiling"},
                      "data": {"brightness_pct": 60, "transition": 2}},
                     {"delay": {"minutes": "{{ minutes }}"}},
                     {"action": "light.turn_off", "target": {"entity_id": "light.%s_ceiling"}}], "mode": "restart"},
        {"alias": "Damp %s",
         "triggers": [{"trigger": "numeric_state", "entity_id": "sensor.%s_humidity", "above": 65,
                       "for": {"minutes": 10}, "id": "damp"},
                      {"trigger": "numeric_state", "entity_id": "sensor.%s_humidity", "below": 50, "id": "dry"}],
         "actions": [{"choose": [
             {"conditions": [{"condition": "trigger", "id": "damp"}],
              "sequence": [{"action": "switch.turn_on", "target": {"entity_id": "switch.%s_outlet"}}]},
             {"conditions": [{"condition": "trigger", "id": "dry"}],
              "sequence": [{"action": "switch.turn_off", "target": {"entity_id": "switch.%s_outlet"}}]}]}]},
        {"alias": "Window %s",
         "triggers": [{"trigger": "state", "entity_id": ["binary_sensor.%s_window"], "from": "off", "to": "on"}],
         "conditions": ["{{ is_state('climate.%s', 'heat') and states('sensor.%s_temperature') | float(20) < 19 }}"],
         "actions": [{"action": "climate.set_temperature", "target": {"entity_id": "climate.%s"},
                      "data": {"temperature": 12}},
                     {"action": "climate.set_preset_mode", "target": {"entity_id": "climate.%s"},
                      "data": {"preset_mode": "eco"}},
                     {"action": "notify.phone", "data": {"message": "{{ trigger.to_state.name }} is open"}}]},
        {"alias": "Blind %s", "triggers": [{"trigger": "sun", "event": "sunset", "offset": "-00:20:00"}],
         "conditions": [{"condition": "or", "conditions": [
             {"condition": "state", "entity_id": "person.ann", "state": "home"},
             {"condition": "state", "entity_id": "input_boolean.guests", "state": "on"}]},
             {"condition": "time", "after": "15:00:00", "before": "22:00:00"}],
         "actions": [{"action": "cover.set_cover_position", "target": {"entity_id": "cover.%s_blind"},
                      "data": {"position": 30}},
                     {"action": "cover.close_cover", "target": {"entity_id": "cover.%s_hatch"}}]},
        {"alias": "Music %s", "triggers": [{"trigger": "time", "at": "input_datetime.wake"}],
         "conditions": [{"condition": "template", "value_template":
                         "{{ state_attr('media_player.%s', 'volume_level') | float(0) > 0.1 }}"}],
         "actions": [{"action": "media_player.volume_set", "target": {"entity_id": "media_player.%s"},
                      "data": {"volume_level": 0.4}},
                     {"if": [{"condition": "state", "entity_id": "select.%s_mode", "state": "boost"}],
                      "then": [{"action": "number.set_value", "target": {"entity_id": "number.%s_level"},
                                "data": {"value": 7}}],
                      "else": [{"action": "select.select_option", "target": {"entity_id": "select.%s_mode"},
                                "data": {"option": "away"}}]}]},
        {"alias": "Away %s", "triggers": [{"trigger": "zone", "entity_id": "person.ben", "zone": "zone.home",
                                           "event": "leave"}],
         "actions": [{"action": "light.turn_off", "target": {"area_id": "%s"}},
                     {"wait_template": "{{ is_state('cover.%s_blind', 'closed') }}", "timeout": 60},
                     {"action": "script.say", "data": {"text": "gone"}},
                     {"repeat": {"count": 2, "sequence": [
                         {"action": "counter.increment", "target": {"entity_id": "counter.visits"}}]}},
                     {"action": "light.turn_on", "target": {"entity_id": "light.%s_plain"}}]},
    ]
    out = []
    for room in ROOMS:
        out += [json.loads(json.dumps(text).replace("%s", room)) for text in texts]
    return out


SCRIPTS = {"say": {"fields": {"text": {"required": True}},
                   "sequence": [{"action": "notify.phone", "data": {"message": "{{ text }}"}}]}}

ENTITY = re.compile(r"\b(light|switch|binary_sensor|sensor|cover|climate|number|select|media_player)\.([a-z_]+)")


def places(value, wanted, path=()):
    """Every (container, key) below whose value is wanted."""
    items = enumerate(value) if isinstance(value, list) else value.items() if isinstance(value, dict) else ()
    for key, item in items:
        if wanted(item, path + (key,)):
            yield value, key
        yield from places(item, wanted, path + (key,))


def pick(rule, random, wanted):
    found = list(places(rule, wanted))
    return random.choice(found) if found else (None, None)


def entity_misspelt(rule, random):
    one, key = pick(rule, random, lambda item, path: isinstance(item, str) and path[0] != "alias" and ENTITY.search(item))
    if one is None:
        return None
    found = random.choice(list(ENTITY.finditer(one[key])))
    wrong = found[1] + "." + rule_mutations.misspell(found[2], random)
    if wrong == found[0] or not re.fullmatch(r"[a-z_]+\.[a-z0-9_]+", wrong):
        return None
    one[key] = one[key][:found.start()] + wrong + one[key][found.end():]
    return wrong


def field_misspelt(rule, random):
    one, key = pick(rule, random, lambda item, path: isinstance(item, dict) and item and path[-1] == "data" and
                    not str(path).startswith("('variables'"))
    if one is None or str(one.get("action")).startswith("script."):
        return None
    name = random.choice(list(one[key]))
    wrong = rule_mutations.misspell(name, random)
    if wrong in ("", name):
        return None
    one[key][wrong] = one[key].pop(name)
    return wrong


def service_misspelt(rule, random):
    one, key = pick(rule, random, lambda item, path: path[-1] == "action" and isinstance(item, str))
    if one is None or one[key].startswith("notify."):
        return None
    domain, name = one[key].split(".")
    wrong = rule_mutations.misspell(name, random)
    if wrong in ("", name, "turn_on", "turn_off"):
        return None
    one[key] = f"{domain}.{wrong}"
    return wrong


FEATURES = [("light.{0}_plain", "light.turn_on", {"brightness": 90}, "brightness"),
            ("light.{0}_plain", "light.turn_on", {"transition": 3}, "transition"),
            ("light.{0}_ceiling", "light.turn_on", {"effect": "rainbow"}, "effect"),
            ("cover.{0}_hatch", "cover.set_cover_position", {"position": 50}, "set_cover_position"),
            ("cover.{0}_hatch", "cover.stop_cover", {}, "stop_cover"),
            ("climate.{0}", "climate.set_fan_mode", {"fan_mode": "low"}, "set_fan_mode"),
            ("media_player.{0}", "media_player.select_source", {"source": "tv"}, "select_source"),
            ("alarm_control_panel.house", "alarm_control_panel.alarm_arm_home", {}, "alarm_arm_home")]


def feature_missing(rule, random):
    target, action, data, what = random.choice(FEATURES)
    rule["actions"].append({"action": action, "target": {"entity_id": target.format(random.choice(ROOMS))},
                            "data": data})
    return what


RANGES = [("light.{0}_ceiling", "light.turn_on", {"brightness_pct": 140}, "brightness_pct"),
          ("light.{0}_ceiling", "light.turn_on", {"brightness": 999}, "brightness"),
          ("light.{0}_ceiling", "light.turn_on", {"color_temp_kelvin": 250}, "color_temp"),
          ("cover.{0}_blind", "cover.set_cover_position", {"position": 130}, "position"),
          ("climate.{0}", "climate.set_temperature", {"temperature": 68}, "temperature"),
          ("climate.{0}", "climate.set_temperature", {"temperature": "warm"}, "temperature"),
          ("number.{0}_level", "number.set_value", {"value": 70}, "value"),
          ("media_player.{0}", "media_player.volume_set", {"volume_level": 40}, "volume_level"),
          ("select.{0}_mode", "select.select_option", {"option": "echo"}, "option")]


def out_of_range(rule, random):
    if random.random() < 0.5:
        target, action, data, what = random.choice(RANGES)
        rule["actions"].append({"action": action, "target": {"entity_id": target.format(random.choice(ROOMS))},
                                "data": data})
        return what
    room = random.choice(ROOMS)
    rule.setdefault("conditions", []).append(random.choice([
        {"condition": "numeric_state", "entity_id": f"sensor.{room}_humidity", "above": 450},
        {"condition": "numeric_state", "entity_id": f"number.{room}_level", "above": 55},
        {"condition": "numeric_state", "entity_id": f"light.{room}_ceiling", "attribute": "brightness", "above": 255},
        {"condition": "numeric_state", "entity_id": f"cover.{room}_blind", "attribute": "current_position",
         "below": 0},
        {"condition": "numeric_state", "entity_id": f"binary_sensor.{room}_motion", "above": 0}]))
    return room


TEMPLATES = ["{{{{ states('sensor.{0}_humidity') | flot(0) > 3 }}}}", "{{{{ states('sensor.{0}_humidity' | int > 3 }}}}",
             "{{{{ sttates('sensor.{0}_humidity') == '1' }}}}", "{{% if is_state('light.{0}_plain', 'on') %}}true",
             "{{{{ is_state('light.{0}_plain', 'On') }}}}", "{{{{ states('climate.{0}') == 'heating' }}}}",
             "{{{{ state_attr('climate.{0}', 'currrent_temperature') | int(0) > 1 }}}}",
             "{{{{ states('sensor.{0}_humidty') | int(0) > 3 }}}}", "{{{{ trigger.to_staet.state == 'on' }}}}",
             "{{{{ states.sensor.{0}_humiditty.state | int(0) > 3 }}}}", "{{{{ now().hour > and true }}}}",
             "{{{{ states('sesnor.{0}_humidity') | int(0) > 3 }}}}", "{{{{ limit_of_{0} > 3 }}}}",
             "{{{{ state_attr('light.{0}_plain', 'brightness') | int(0) > 3 }}}}"]


def template_bad(rule, random):
    text = random.choice(TEMPLATES).format(random.choice(ROOMS))
    rule.setdefault("conditions", []).append({"condition": "template", "value_template": text})
    return ""


def state_impossible(rule, random):
    room = random.choice(ROOMS)
    state = random.choice([(f"binary_sensor.{room}_window", "open"), (f"light.{room}_plain", "On"),
                           (f"cover.{room}_blind", "opened"), (f"climate.{room}", "heating"),
                           (f"select.{room}_mode", "bost"), ("input_select.season", "autum"),
                           ("lock.front", "lock"), ("timer.quiet", "running")])
    rule.setdefault("conditions", []).append({"condition": "state", "entity_id": state[0], "state": state[1]})
    return state[1]


def condition_impossible(rule, random):
    light = f"light.{random.choice(ROOMS)}_plain"
    on, off = ({"condition": "state", "entity_id": light, "state": state} for state in ("on", "off"))
    limit = "sensor.kitchen_temperature"
    above, below = ({"condition": "numeric_state", "entity_id": limit, key: value}
                    for key, value in (("above", 25), ("below", 15)))
    rule.setdefault("conditions", []).extend(random.choice([
        [on, off], [above, below], [on, {"condition": "not", "conditions": [on]}],
        [{"condition": "numeric_state", "entity_id": limit, "above": 30, "below": 20}],
        [{"condition": "time", "after": "08:00:00", "before": "09:00:00"},
         {"condition": "time", "after": "10:00:00", "before": "11:00:00"}],
        [{"condition": "time", "weekday": ["mon"]}, {"condition": "time", "weekday": ["sat", "sun"]}],
        [{"condition": "sun", "after": "sunset"}, {"condition": "sun", "before": "sunrise"}],
        [{"condition": "or", "conditions": [{"condition": "and", "conditions": [on, off]}]}],
        [{"condition": "trigger", "id": "no_such_id"}]]))
    return ""


MISTAKES = (entity_misspelt, field_misspelt, service_misspelt, feature_missing, out_of_range, template_bad,
            state_impossible, condition_impossible)


def mistaken(mistake, rule, random):
    """The rule with one mistake, and what a finding about it names; None when it has no place for it."""
    rule = copy.deepcopy(rule)
    what = mistake(rule, random)
    return None if what is None else (rule, what)
