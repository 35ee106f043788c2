#!/usr/bin/env python3
"""Reads domains.yaml, checks it strictly and writes the C++ tables behind wire/domains.hpp.

    generate_domains.py domains.yaml domains_table.cpp

What the keys mean is explained at the top of domains.yaml. Any mistake there ends with file:line and a sentence.
"""
import os
import re
import sys

import yaml

STATE_KINDS = {"number", "text", "time", "open"}
TYPES = ["any", "boolean", "integer", "number", "string", "list", "object", "date", "time", "datetime", "duration"]
NAME = re.compile(r"[a-z0-9_]+\Z")

DOMAIN_KEYS = {"title", "states", "features", "attributes", "services", "device_classes", "text_classes",
               "bare_value", "helper"}
SHAPE_KEYS = {"type", "unit", "min", "max", "options", "items", "item", "needs", "range_from", "options_from",
              "when_off", "tolerance"}
ATTRIBUTE_KEYS = SHAPE_KEYS | {"set_by"}
PARAM_KEYS = SHAPE_KEYS | {"sets", "required", "zero", "converts"}
SERVICE_KEYS = {"words", "params", "needs", "expects", "toggles", "timeout", "timeout_param",
                "needs_param", "repeatable"}
ITEM_KEYS = {"type", "min", "max"}
CONVERT_KEYS = {"to", "by", "factor"}
CONVERSIONS = {"scale", "step", "mired"}


class Mistake(Exception):
    """A line number (or None) and what is wrong there."""


class Map(dict):
    """A mapping that knows the line of each key; `line` is its own."""
    line = 0

    def at(self, key):
        return self.lines.get(key, self.line)


class Loader(yaml.SafeLoader):
    """Plain `on`, `off`, `yes` and `no` are words here, as in YAML 1.2; duplicate keys are mistakes."""

    def make_map(self, node):
        result = Map()
        result.line = node.start_mark.line + 1
        result.lines = {}
        for key_node, value_node in node.value:
            key = self.construct_object(key_node, deep=True)
            line = key_node.start_mark.line + 1
            if key in result:
                raise Mistake(line, f"duplicate key {key}")
            result.lines[key] = line
            result[key] = self.construct_object(value_node, deep=True)
        return result


Loader.yaml_implicit_resolvers = {
    first: [(tag, regexp) for tag, regexp in rules
            if tag not in ("tag:yaml.org,2002:bool", "tag:yaml.org,2002:timestamp")]
    for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"(?:true|false)\Z"), list("tf"))
Loader.add_constructor("tag:yaml.org,2002:map", Loader.make_map)


def check_keys(spec, allowed, what):
    if not isinstance(spec, Map):
        raise Mistake(None, f"{what} must be a mapping")
    for key in spec:
        if key not in allowed:
            raise Mistake(spec.at(key), f"{what}: unknown key {key}; known are {', '.join(sorted(allowed))}")


def texts(spec, key, what):
    value = spec.get(key, [])
    if not isinstance(value, list) or not all(isinstance(v, str) for v in value):
        raise Mistake(spec.at(key), f"{what}: {key} must be a list of words")
    if len(set(value)) != len(value):
        raise Mistake(spec.at(key), f"{what}: {key} names something twice")
    return value


def mapping(spec, key, what):
    value = spec.get(key)
    if value is None:
        empty = Map()
        empty.lines = {}
        return empty
    if not isinstance(value, Map):
        raise Mistake(spec.at(key), f"{what}: {key} must be a mapping")
    for name in value:
        if not isinstance(name, str) or not NAME.match(name):
            raise Mistake(value.at(name), f"{what}: {name} is no name")
    return value


def is_number(value):
    return isinstance(value, (int, float)) and not isinstance(value, bool)


class Domain:
    """One domain: checked in the constructor, its parts as dictionaries afterwards."""

    def __init__(self, name, spec):
        self.name, self.spec = name, spec
        check_keys(spec, DOMAIN_KEYS, name)
        if "title" not in spec or "states" not in spec:
            raise Mistake(None, f"{name}: title and states are needed")
        self.check_states()
        self.features = mapping(spec, "features", name)
        for feature, bit in self.features.items():
            if not isinstance(bit, int) or bit < 0 or bit & (bit - 1):
                raise Mistake(self.features.at(feature), f"{name}: feature {feature} needs one bit (a power of two) or 0")
        bits = [bit for bit in self.features.values() if bit]
        if len(set(bits)) != len(bits):
            raise Mistake(spec.at("features"), f"{name}: two features share a bit")
        self.device_classes = texts(spec, "device_classes", name)
        self.text_classes = texts(spec, "text_classes", name)
        if set(self.text_classes) - set(self.device_classes):
            raise Mistake(spec.at("text_classes"), f"{name}: text_classes must be among device_classes")
        self.attributes = mapping(spec, "attributes", name)
        for attribute, field in self.attributes.items():
            self.check_field(field, ATTRIBUTE_KEYS, f"{name}.{attribute}", self.attributes.at(attribute))
        self.services = mapping(spec, "services", name)
        for service, body in self.services.items():
            self.check_service(service, body)
        self.check_words()
        self.check_set_by()
        self.value_service, self.value_param = self.bare_value()

    def check_states(self):
        states = self.spec["states"]
        if isinstance(states, list):
            self.state_kind, self.states = "choice", texts(self.spec, "states", self.name)
        elif states in STATE_KINDS:
            self.state_kind, self.states = states, []
        else:
            raise Mistake(self.spec.at("states"), f"{self.name}: states is a list or one of {', '.join(sorted(STATE_KINDS))}")

    def check_field(self, field, allowed, what, line):
        if not isinstance(field, Map):
            raise Mistake(line, f"{what} must be a mapping")
        check_keys(field, allowed, what)
        if field.get("type", "any") not in TYPES:
            raise Mistake(field.at("type"), f"{what}: unknown type {field['type']}; known are {', '.join(TYPES)}")
        if "type" not in field:
            raise Mistake(line, f"{what}: type is needed")
        for key in ("min", "max", "when_off", "tolerance"):
            if key in field and not is_number(field[key]):
                raise Mistake(field.at(key), f"{what}: {key} must be a number")
        if "min" in field and "max" in field and field["min"] > field["max"]:
            raise Mistake(field.at("min"), f"{what}: min is above max")
        texts(field, "options", what)
        self.check_needs(field, what)
        for item in field.get("items", []):
            check_keys(item, ITEM_KEYS, f"{what}: items")
            if item.get("type") not in TYPES:
                raise Mistake(item.line, f"{what}: items need a type")
        if field.get("item", "any") not in TYPES:
            raise Mistake(field.at("item"), f"{what}: unknown type {field['item']}")
        if ("items" in field or "item" in field) and field["type"] != "list":
            raise Mistake(line, f"{what}: items are for lists")

    def check_needs(self, spec, what):
        for feature in texts(spec, "needs", what):
            if feature not in self.features:
                raise Mistake(spec.at("needs"), f"{what}: unknown feature {feature}")

    def check_service(self, service, body):
        what = f"{self.name}.{service}"
        if body is None:
            body = Map()
            body.lines = {}
            self.services[service] = body
        check_keys(body, SERVICE_KEYS, what)
        self.check_needs(body, what)
        texts(body, "words", what)
        for key in ("repeatable", "needs_param"):
            if not isinstance(body.get(key, True), bool):
                raise Mistake(body.at(key), f"{what}: {key} is true or false")
        if not is_number(body.get("timeout", 5)):
            raise Mistake(body.at("timeout"), f"{what}: timeout must be seconds")
        params = mapping(body, "params", what)
        for param in params:
            self.check_param(params, param, what)
        for param, field in params.items():
            self.check_conversion(params, field, f"{what}({param})")
        if "timeout_param" in body and body["timeout_param"] not in params:
            raise Mistake(body.at("timeout_param"), f"{what}: no parameter {body['timeout_param']}")
        self.check_expects(body, params, what)

    def check_param(self, params, param, service):
        what, line, field = f"{service}({param})", params.at(param), params[param]
        if not isinstance(field, Map):
            raise Mistake(line, f"{what} must be a mapping")
        sets = field.get("sets")
        if sets is not None and sets != "state":
            if sets not in self.attributes:
                raise Mistake(field.at("sets"), f"{what}: no attribute {sets}")
            for key in SHAPE_KEYS - {"when_off", "tolerance"}:
                if key in self.attributes[sets]:
                    field.setdefault(key, self.attributes[sets][key])
        self.check_field(field, PARAM_KEYS, what, line)
        if "zero" in field and field["zero"] not in self.services:
            raise Mistake(field.at("zero"), f"{what}: no service {field['zero']}")
        if not isinstance(field.get("required", False), bool):
            raise Mistake(field.at("required"), f"{what}: required is true or false")

    def check_conversion(self, params, field, what):
        if "converts" not in field:
            return
        rule = field["converts"]
        check_keys(rule, CONVERT_KEYS, what)
        if rule.get("to") not in params:
            raise Mistake(rule.line, f"{what}: converts to an unknown parameter")
        if rule.get("by") not in CONVERSIONS:
            raise Mistake(rule.line, f"{what}: by is one of {', '.join(sorted(CONVERSIONS))}")
        if not is_number(rule.get("factor", 1)):
            raise Mistake(rule.line, f"{what}: factor must be a number")

    def check_expects(self, body, params, what):
        expects = mapping(body, "expects", what)
        for attribute, value in expects.items():
            if attribute != "state" and attribute not in self.attributes:
                raise Mistake(expects.at(attribute), f"{what}: no attribute {attribute}")
            for one in value if isinstance(value, list) else [value]:
                if attribute == "state" and self.states and one not in self.states:
                    raise Mistake(expects.at(attribute), f"{what}: {one} is no state of {self.name}")
        for state, to in mapping(body, "toggles", what).items():
            if self.states and (state not in self.states or to not in self.states):
                raise Mistake(body.at("toggles"), f"{what}: toggles from {state} to {to}: no such state")

    def check_words(self):
        seen = {}
        for service, body in self.services.items():
            for word in body.get("words", []):
                if word in seen:
                    raise Mistake(body.at("words"), f"{self.name}: the word {word} means {seen[word]} and {service}")
                seen[word] = service

    def setter(self, attribute):
        """(service, parameter) that set the attribute, or two empty texts."""
        service = self.attributes[attribute].get("set_by")
        if service is None:
            return "", ""
        for param, field in self.services[service].get("params", {}).items():
            if field.get("sets") == attribute:
                return service, param
        return service, ""

    def check_set_by(self):
        for attribute, field in self.attributes.items():
            line = self.attributes.at(attribute)
            setters = [service for service, body in self.services.items()
                       for param in body.get("params", {}).values() if param.get("sets") == attribute]
            service = field.get("set_by")
            if service is None and setters:
                raise Mistake(line, f"{self.name}.{attribute}: set_by must name one of {', '.join(setters)}")
            if service is not None and service not in setters:
                raise Mistake(line, f"{self.name}.{attribute}: service {service} has no parameter that sets it")

    def bare_value(self):
        text = self.spec.get("bare_value")
        if text is None:
            return "", ""
        service, _, param = str(text).partition(".")
        if param not in self.services.get(service, {}).get("params", {}):
            raise Mistake(self.spec.at("bare_value"), f"{self.name}: bare_value names no service.parameter")
        return service, param

    def expectations(self, body):
        """[(attribute, constants, parameter)]: `expects`, and what the parameters set."""
        found = [(attribute, value if isinstance(value, list) else [value], "")
                 for attribute, value in body.get("expects", {}).items()]
        for param, field in body.get("params", {}).items():
            if "sets" in field:
                found = [one for one in found if one[0] != field["sets"] or one[2]]
                found.append((field["sets"], [], param))
        constants = body.get("expects", {})
        # A constant stays where the parameter that sets the same thing may be left out.
        for attribute, value in constants.items():
            if not any(one[0] == attribute and not one[2] for one in found):
                found.insert(0, (attribute, value if isinstance(value, list) else [value], ""))
        return found


def quote(text):
    return '"' + str(text).replace("\\", "\\\\").replace('"', '\\"') + '"'


def number(value):
    if value is None:
        return "kNone"
    text = repr(float(value))
    return text


def plain(value):
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)


class Writer:
    """Collects static arrays, each with a name of its own."""

    def __init__(self):
        self.lines, self.count = [], 0

    def array(self, kind, rows):
        if not rows:
            return "{}"
        self.count += 1
        name = f"k{self.count}"
        self.lines.append(f"constexpr {kind} {name}[] = {{")
        self.lines += [f"    {row}," for row in rows]
        self.lines.append("};")
        return name

    def texts(self, values):
        return self.array("std::string_view", [quote(plain(v)) for v in values])

    def field(self, name, spec, extra):
        items = self.array("ItemSpec", [
            f"{{ValueType::{item['type']}, {number(item.get('min'))}, {number(item.get('max'))}}}"
            for item in spec.get("items", [])])
        parts = [f".name = {quote(name)}", f".type = ValueType::{spec['type']}",
                 f".unit = {quote(spec.get('unit', ''))}",
                 f".min = {number(spec.get('min'))}", f".max = {number(spec.get('max'))}",
                 f".options = {self.texts(spec.get('options', []))}", f".items = {items}",
                 f".item_type = ValueType::{spec.get('item', 'any')}",
                 f".features = {self.texts(spec.get('needs', []))}",
                 f".range_from = {quote(spec.get('range_from', ''))}",
                 f".options_from = {quote(spec.get('options_from', ''))}",
                 f".when_off = {number(spec.get('when_off'))}",
                 f".tolerance = {number(spec.get('tolerance', 0))}"]
        return "{" + ", ".join(parts + extra) + "}"

    def attribute(self, domain, name):
        service, param = domain.setter(name)
        return self.field(name, domain.attributes[name],
                          [f".service = {quote(service)}", f".param = {quote(param)}", ".required = false",
                           ".zero_service = {}", ".converts_to = {}", ".conversion = Conversion::none",
                           ".factor = 1"])

    def param(self, name, spec):
        rule = spec.get("converts", {})
        required = "true" if spec.get("required") else "false"
        return self.field(name, spec,
                          [".service = {}", ".param = {}", f".required = {required}",
                           f".zero_service = {quote(spec.get('zero', ''))}",
                           f".converts_to = {quote(rule.get('to', ''))}",
                           f".conversion = Conversion::{rule.get('by', 'none')}",
                           f".factor = {number(rule.get('factor', 1))}"])

    def service(self, domain, name):
        body = domain.services[name]
        words = self.texts(body.get("words", []))
        params = self.array("FieldSpec", [self.param(p, s) for p, s in (body.get("params") or {}).items()])
        needs = self.texts(body.get("needs", []))
        expects = self.array("Expectation", [
            f"{{{quote(attribute)}, {self.texts(values)}, {quote(param)}}}"
            for attribute, values, param in domain.expectations(body)])
        toggles = self.array("Toggle", [f"{{{quote(a)}, {quote(b)}}}" for a, b in body.get("toggles", {}).items()])
        repeatable = "true" if body.get("repeatable", True) else "false"
        needs_param = "true" if body.get("needs_param") else "false"
        return (f"{{{quote(name)}, {words}, {params}, {needs}, {expects}, {toggles}, "
                f"{number(body.get('timeout', 5))}, {quote(body.get('timeout_param', ''))}, {needs_param}, {repeatable}}}")

    def domain(self, domain):
        attributes = self.array("FieldSpec", [self.attribute(domain, a) for a in domain.attributes])
        services = self.array("ServiceSpec", [self.service(domain, s) for s in domain.services])
        features = self.array("FeatureSpec", [f"{{{quote(f)}, {bit}U}}" for f, bit in domain.features.items()])
        helper = "true" if domain.spec.get("helper") else "false"
        return (f"{{{quote(domain.name)}, {quote(domain.spec['title'])}, StateKind::{domain.state_kind}, "
                f"{self.texts(domain.states)}, {attributes}, {services}, {features}, "
                f"{self.texts(domain.device_classes)}, {self.texts(domain.text_classes)}, "
                f"{quote(domain.value_service)}, {quote(domain.value_param)}, {helper}}}")


def generate(tree):
    check = []
    for name, spec in tree.items():
        if not isinstance(spec, Map):
            raise Mistake(tree.at(name), f"{name} must be a mapping")
        try:
            check.append(Domain(name, spec))
        except Mistake as mistake:
            line, text = mistake.args
            raise Mistake(line or tree.at(name), text) from None
    writer = Writer()
    rows = [writer.domain(domain) for domain in sorted(check, key=lambda d: d.name)]
    writer.lines += ["constexpr DomainSpec kDomains[] = {"] + [f"    {row}," for row in rows] + ["};"]
    head = ["// Generated by generate_domains.py from domains.yaml: change that file, not this one.",
            '#include "wire/domains.hpp"', "", "namespace gable::wire {", "namespace {", ""]
    tail = ["", "}  // namespace", "", "std::span<const DomainSpec> domains() { return kDomains; }", "",
            "}  // namespace gable::wire", ""]
    return "\n".join(head + writer.lines + tail)


def main():
    if len(sys.argv) != 3:
        sys.exit("usage: generate_domains.py domains.yaml domains_table.cpp")
    source, target = sys.argv[1:]
    try:
        with open(source, encoding="utf-8") as file:
            tree = yaml.load(file, Loader)
        if not isinstance(tree, Map):
            raise Mistake(1, "a mapping of domains is expected")
        text = generate(tree)
    except Mistake as mistake:
        line, message = mistake.args
        sys.exit(f"{source}:{line or 1}: {message}")
    except yaml.YAMLError as error:
        sys.exit(f"{source}: {error}")
    temporary = f"{target}.{os.getpid()}"
    with open(temporary, "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(temporary, target)


if __name__ == "__main__":
    main()
