"""A message of an announced device as its templates see it: the document read once, the real Jinja2 (ha_environment), and
the three ways in which a template can fail.
"""
import json

import ha_environment

_ENVIRONMENT = ha_environment.environment(house=True)


def text_of(value):
    """What Python prints: true is True."""
    return value if isinstance(value, str) else str(value)


def _refuse(word):
    raise ValueError(word)


def strict_json(text):
    """The document; raises ValueError where it is none."""
    return json.loads(text, parse_constant=_refuse)


class Message:
    """One message, its document read once."""

    def __init__(self, topic, payload):
        self.topic, self.payload = topic, payload
        try:
            self.document, self.is_json = strict_json(payload), True
        except ValueError:
            self.document, self.is_json = None, False


class Dropped(Exception):
    """The template failed in a way that makes Home Assistant ignore the message."""


class Kept(Exception):
    """The template failed in a way that leaves a sensor as it is."""


class Template:
    """Compiled once for all who use the text."""

    _known = {}

    def __new__(cls, text):
        if text not in cls._known:
            made = super().__new__(cls)
            made.text = text.strip()
            made.static = ha_environment.is_static(text)
            made.program = None if made.static else _ENVIRONMENT.from_string(made.text)
            cls._known[text] = made
        return cls._known[text]

    def render(self, message, keeps=False):
        if self.static:
            return self.text
        variables = {"value": message.payload}
        if message.is_json:
            variables["value_json"] = message.document
        try:
            return self.program.render(variables).strip()
        except ha_environment.jinja2.TemplateError as error:
            if keeps:
                raise Kept() from error
            return message.payload
        except Exception as error:  # whatever Python raises
            raise Dropped() from error
