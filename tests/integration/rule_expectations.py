"""What an independent reading expects of one automation: an event that sets off one of its triggers in a world that meets
its conditions, and everything that it then does, with the times. And that as a test for `gable test`."""
import heapq
import random
import re

from rule_clock import kind_of, next_by_clock
from rule_reading import SECOND, Excluded, Run, entity_ids, first_of, in_force, listed, period, sequence_of, service_of
from rule_stimuli import Setup, as_state_trigger, flattened
from rule_world import World

TRIALS = 60
CLOCKS = ("time", "time_pattern", "sun")
ENTITY = re.compile(r"[a-z0-9_]+\.[a-z0-9_]+")
AS_WRITTEN = ("script", "automation", "scene", "group", "notify", "persistent_notification", "python_script", "shell_command",
              "rest_command", "pyscript", "mqtt", "logbook", "system_log", "tts")
ITS_OWN = ("script", "automation", "scene", "group")


def topic_fits(pattern, topic):
    wanted, given = str(pattern).split("/"), topic.split("/")
    for place, part in enumerate(wanted):
        if part == "#":
            return True
        if place >= len(given) or part not in ("+", given[place]):
            return False
    return len(wanted) == len(given)


def covers(wanted, given):
    return all(key in given and (covers(value, given[key]) if isinstance(value, dict) and isinstance(given[key], dict)
                                 else given[key] == value) for key, value in wanted.items())


def words(value):
    """All texts in it."""
    if isinstance(value, dict):
        for item in value.values():
            yield from words(item)
    elif isinstance(value, list):
        for item in value:
            yield from words(item)
    elif isinstance(value, str):
        yield from entity_ids(value)


def waits_in(steps):
    """What steps wait for, at any depth."""
    if isinstance(steps, dict):
        yield from listed(steps.get("wait_for_trigger"))
        for item in steps.values():
            yield from waits_in(item)
    elif isinstance(steps, list):
        for item in steps:
            yield from waits_in(item)


class Rule:
    def __init__(self, automation):
        self.triggers = flattened(first_of(automation, "triggers", "trigger"))
        self.conditions = first_of(automation, "conditions", "condition")
        self.actions = first_of(automation, "actions", "action")
        self.watched = set(words(self.triggers)) | set(words(list(waits_in(self.actions))))
        self.mode = automation.get("mode", "single")
        self.most = int(automation.get("max", 10)) if self.mode in ("queued", "parallel") else 1
        self.off = str(automation.get("initial_state")).lower() in ("false", "off", "no")

    def id_of(self, index):
        return str(self.triggers[index].get("id", index))

    def branches(self, steps):
        """Conditions within the actions, the first way through them."""
        for step in sequence_of(steps):
            if not isinstance(step, dict) or service_of(step):
                continue
            if "condition" in step or "and" in step or "or" in step or "not" in step:
                yield step
            for option in listed(step.get("choose"))[:1]:
                yield from listed(first_of(option, "conditions", "condition"))
                yield from self.branches(option.get("sequence"))
            if "if" in step:
                yield from listed(step["if"])
                yield from self.branches(step.get("then"))

    def all_conditions(self, steps):
        for step in sequence_of(steps):
            if not isinstance(step, dict) or service_of(step):
                continue
            if any(key in step for key in ("condition", "and", "or", "not")):
                yield step
            for option in listed(step.get("choose")) + ([step["repeat"]] if isinstance(step.get("repeat"), dict) else []):
                yield from listed(first_of(option, "conditions", "condition"))
                yield from listed(option.get("while")) + listed(option.get("until"))
                yield from self.all_conditions(option.get("sequence"))
            yield from listed(step.get("if"))
            for key in ("then", "else", "default", "parallel", "sequence"):
                yield from self.all_conditions(step.get(key))


class Story:
    """One trigger set off once, and what comes of it."""

    def __init__(self, rule, primary, luck, hopeful):
        self.rule, self.primary = rule, primary
        self.world = World(None)
        everything = listed(rule.conditions) + list(rule.all_conditions(rule.actions))
        self.setup = setup = Setup(self.world, everything, luck)
        setup.set_off(rule.triggers[primary])
        for condition in (list(rule.branches(rule.actions)) if hopeful else []) + listed(rule.conditions):
            if in_force(condition):
                setup.force(condition, True)
        self._fill(everything)
        setup.settle()
        self.world.begin, self.world.turn, self.world.before = setup.start, setup.at, setup.before
        for trigger in rule.triggers:
            if kind_of(trigger) in CLOCKS:
                setup.prepare_clock(trigger)
        self.world.check_registry()
        zones = [thing for entity, thing in self.world.things.items() if entity.startswith("zone.")]
        if any("latitude" not in zone.attributes for zone in zones):
            raise Excluded("asks how many are in a zone")
        if setup.location and self.world.things.pop("sun.sun", None):
            self.world.sun = True
            if "sun.sun" in setup.before:
                raise Excluded("waits for sun.sun where the sun moves")
        self.deeds, self.runs = [], []
        self.met = False
        self._go()

    def _fill(self, conditions):
        """What conditions ask for is there, though it may not be as they want it."""
        for one in self.world.mentioned(conditions):
            for entity in entity_ids(one.get("entity_id")):
                self.world.thing(entity, "20" if one.get("condition") == "numeric_state" else "off")
            if one.get("condition") == "zone":
                for zone in entity_ids(one["zone"]):
                    self.setup.place_zone(zone)
            if one.get("condition") == "sun":
                self.setup.location = True
            for key in ("after", "before"):
                if one.get("condition") == "time" and isinstance(one.get(key), str) and ":" not in one[key]:
                    self.setup.prepare_clock({"trigger": "time", "at": one[key]})

    # Triggers.
    def _matches(self, trigger):
        setup, kind = self.setup, kind_of(trigger)
        happened = setup.event[0]
        if kind == "device":
            plain = as_state_trigger(trigger, self.world)
            if plain is None:
                said = str(trigger.get("subtype") or trigger.get("type"))
                return setup.event == ("button", trigger["device_id"], said)
            trigger, kind = plain, plain["trigger"]
        if kind in ("state", "numeric_state", "zone"):
            if happened not in ("state", "button"):
                return False
            entity = next(iter(setup.before))
            if entity not in entity_ids(trigger["entity_id"]):
                return False
            return getattr(self, f"_matches_{kind}")(trigger, setup.before[entity], self.world.things[entity])
        if kind == "event":
            return self._matches_event(trigger)
        if kind == "mqtt":
            trigger = {**trigger, **(trigger.get("options") or {})}
            return happened == "mqtt" and topic_fits(trigger["topic"], setup.event[1]) and (
                trigger.get("payload") is None or str(trigger["payload"]) == str(setup.event[2]))
        if kind == "webhook":
            methods = listed(trigger.get("allowed_methods") or ["POST", "PUT"])
            return happened == "webhook" and trigger["webhook_id"] == setup.event[1] and setup.event[2] in methods
        if kind == "tag":
            return happened == "tag" and setup.event[1] in listed(trigger["tag_id"])
        if kind == "homeassistant":
            return happened == trigger["event"]
        if kind not in CLOCKS:
            raise Excluded(f"a trigger of kind {kind} beside")
        return False

    def _matches_event(self, trigger):
        kinds, event = listed(trigger["event_type"]), self.setup.event
        if set(kinds) & {"state_changed", "call_service", "automation_triggered", "webhook_received"}:
            raise Excluded("listens to what everything makes")
        return event[0] == "event" and event[1] in kinds and covers(trigger.get("event_data") or {}, event[2])

    @staticmethod
    def _matches_state(trigger, old, new):
        attribute = trigger.get("attribute")
        filtered = any(key in trigger for key in ("from", "to", "not_from", "not_to"))
        before, after = old.value(attribute), new.value(attribute)
        if before == after:
            return attribute is None and not filtered and old.attributes != new.attributes

        def passes(value, key):
            wanted, unwanted = trigger.get(key), listed(trigger.get("not_" + key))
            return (wanted is None or value in listed(wanted)) and value not in unwanted

        return passes(before, "from") and passes(after, "to")

    def _matches_numeric_state(self, trigger, old, new):
        return self.world.within(old, trigger) is False and self.world.within(new, trigger) is True

    def _matches_zone(self, trigger, old, new):
        was, is_in = (self.world.in_zone(thing, trigger["zone"].lower()) for thing in (old, new))
        return (is_in and not was) if trigger.get("event", "enter") == "enter" else (was and not is_in)

    # Runs.
    def _go(self):
        rule, setup, due = self.rule, self.setup, []
        for index, trigger in enumerate(rule.triggers):
            if not in_force(trigger):
                continue
            if self._matches(trigger):
                hold = period(trigger["for"]) if trigger.get("for") is not None else 0 * SECOND
                heapq.heappush(due, (setup.at + hold, index))
            if kind_of(trigger) in CLOCKS:
                self._next_clock(due, index, setup.start)
            if kind_of(trigger) == "homeassistant" and trigger["event"] == "start" and setup.event != ("start",):
                heapq.heappush(due, (setup.start, index))
        if not any(index == self.primary for _, index in due):
            raise Excluded("the reader's stimulus does not fit")
        self.end = None
        for _ in range(300):
            if not due or self.end is not None and due[0][0] > self.end:
                break
            when, index = heapq.heappop(due)
            self._fire(when, index)
            if kind_of(rule.triggers[index]) in CLOCKS:
                self._next_clock(due, index, when)
        else:
            raise Excluded("is set off hundreds of times")
        for run, cut in self.runs:
            # What it did in the moment in which it began is done, though it is stopped in the same one.
            self.deeds += [deed for deed in run.deeds
                           if deed[0] <= self.end and (cut is None or deed[0] < cut or deed[0] == run.start)]
        fired = {deed[2] for deed in self.deeds if deed[1] == "event"}
        if any(fired & set(listed(trigger.get("event_type"))) for trigger in rule.triggers):
            raise Excluded("fires an event that sets it off")
        self.deeds.sort(key=lambda deed: deed[0])

    def _next_clock(self, due, index, after):
        when = next_by_clock(self.rule.triggers[index], after, self.world)
        if when is not None:
            heapq.heappush(due, (when, index))

    def _fire(self, when, index):
        rule = self.rule
        primary = index == self.primary and self.end is None and when >= self.setup.at
        met = self.world.holds(rule.conditions, when, rule.id_of(index))
        run = self._start(when, index) if met else None
        if not primary:
            return
        self.met = met
        self.end = when + 2 * SECOND
        if run is not None:
            self.end = max(run.now, max((deed[0] for deed in run.deeds), default=when)) + 2 * SECOND

    def _start(self, when, index):
        running = [one for one in self.runs if one[1] is None and (one[0].endless or one[0].now > when)]
        if running and self.rule.mode == "single" or len(running) >= self.rule.most and self.rule.mode != "restart":
            return None
        if self.rule.mode == "restart":
            for one in running:
                one[1] = when
        if self.rule.mode == "queued" and running:
            if any(one[0].endless for one in running):
                return None
            when = max(one[0].now for one in running)
        run = Run(self.world, self.rule.id_of(index), when).perform(self.rule.actions)
        self.runs.append([run, None])
        return run


def story_of(automation, seed):
    """The first trigger that can be set off so that something is done; else one without that."""
    rule, reason = Rule(automation), None
    fallback = None
    for index, trigger in enumerate(rule.triggers):
        if not in_force(trigger) or kind_of(trigger) == "template":
            continue
        luck = random.Random(seed)
        try:
            for trial in range(TRIALS):
                story = Story(rule, index, luck, trial % 4 != 3)
                if story.met and story.deeds:
                    return story
                if fallback is None or story.met and not fallback.met:
                    fallback = story
        except Excluded as problem:
            reason = reason or problem
    if fallback is not None:
        return fallback
    raise reason or Excluded("no trigger that is in force")


def moment(when):
    return (when if not when.microsecond else when.replace(microsecond=0) + SECOND).strftime("%Y-%m-%d %H:%M:%S")


def given_of(story):
    world, setup, out = story.world, story.setup, {}
    for entity, thing in {**world.things, **setup.before}.items():
        if entity == "zone.home" and setup.location:
            continue
        out[entity] = {"state": thing.state, "attributes": thing.attributes, "for": int(thing.since.total_seconds()),
                       "answers": "never"}
    # What only obeys does so; whatever the rule looks at stays as it is.
    for deed in story.deeds:
        for entity in deed[3]:
            if ENTITY.fullmatch(entity) and entity.partition(".")[0] not in ITS_OWN and entity not in out:
                domain = entity.partition(".")[0]
                state = "20" if domain in ("number", "input_number", "counter") else "off"
                out[entity] = {"state": state, "attributes": {"min": -1e6, "max": 1e6}}
                # A timer would tell when it has run out.
                if domain == "timer" or entity in story.rule.watched:
                    out[entity]["answers"] = "never"
    for (kind, name, _), entity in world.places.items():
        key = {"area_id": "area", "device_id": "device", "label_id": "labels"}[kind]
        out.setdefault(entity, {"state": "off", "answers": "never"})[key] = [name] if key == "labels" else name
    for entity, device in world.devices.items():
        out.setdefault(entity, {"state": "off", "answers": "never"})["device"] = device
    # Who commands all of a kind finds some.
    for deed in story.deeds:
        if "all" in deed[3]:
            out.setdefault(deed[2].partition(".")[0] + ".one_of_them", {"state": "off", "answers": "never"})
    return out


def opened(deed, given):
    """The entities of a call, "all" opened up."""
    domain = deed[2].partition(".")[0]
    if "all" not in deed[3]:
        # A group without members: nobody. Other services than those of entities take it as it is written.
        return [entity for entity in deed[3] if domain in AS_WRITTEN or not entity.startswith("group.") or entity not in given]
    return sorted({entity for entity in given if entity.partition(".")[0] == domain} | set(deed[3]) - {"all"})


def test_of(story, name, services):
    """A map for `tests:`."""
    setup, given, calls, steps = story.setup, given_of(story), [], []
    for deed in story.deeds:
        entities = opened(deed, given)
        if deed[1] == "call":
            target = {"entity_id": entities} if entities and all(map(ENTITY.fullmatch, entities)) else {}
            calls.append({"action": deed[2], **target, "data": deed[4]})
    if story.rule.off:
        steps.append({"call": {"action": "automation.turn_on", "entity_id": f"automation.{name}"}})
    if setup.deed or setup.at > setup.start:
        steps.append({"at": moment(setup.at), **setup.deed})
    end = story.end + (70 * SECOND if setup.tolerant else 0 * SECOND)
    steps.append({"at": moment(end), "expect": {"only_calls": calls, "in_order": True}})
    test = {"name": name, "rules": [f"automation.{name}"], "now": moment(setup.start), "time_zone": "Europe/Berlin",
            "given": given, "steps": steps}
    if services:
        test["services"] = sorted(services)
    if setup.location:
        test["location"] = {"latitude": 52.52, "longitude": 13.41}
    return test
