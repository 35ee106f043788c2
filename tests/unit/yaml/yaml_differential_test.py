"""Thousands of documents mean to our reader what they mean to PyYAML, or are refused by both.

As Home Assistant does, a file is read by libyaml's scanner or, failing that, PyYAML's own: what PyYAML refuses and
libyaml reads (tabs) may be read. What both refuse must be refused; what PyYAML reads must be read as PyYAML does, but
for what REFUSED_BY_US names.

usage: yaml_differential_test.py [SEED [COUNT]]
"""
import collections
import datetime
import json
import re
import subprocess
import sys

import yaml
from gable_process import program
from yaml_documents import hand_picked, made

OUR_TAGS = ["!secret", "!include", "!include_dir_list", "!include_dir_named", "!include_dir_merge_list", "!include_dir_merge_named", "!env_var", "!input"]


class Tagged(collections.namedtuple("Tagged", "tag text")):
    pass


def construct_tagged(loader, node):
    if not isinstance(node, yaml.ScalarNode):
        raise yaml.YAMLError("a name must follow")
    return Tagged(node.tag, node.value)


class PythonLoader(yaml.SafeLoader):
    pass


class LibyamlLoader(yaml.CSafeLoader):
    pass


for loader_class in (PythonLoader, LibyamlLoader):
    for tag_name in OUR_TAGS:
        loader_class.add_constructor(tag_name, construct_tagged)


def canonical(value):
    """The form in which yaml_dump prints."""
    if isinstance(value, Tagged):
        return {"t": value.tag, "v": value.text}
    if value is None or isinstance(value, (bool, str)):
        return value
    if isinstance(value, int):
        return {"i": str(value)}
    if isinstance(value, float):
        return {"f": str(value)}
    if isinstance(value, datetime.date):
        return {"d": str(value)}
    if isinstance(value, list):
        return [canonical(item) for item in value]
    if isinstance(value, dict):
        return {"m": [[canonical(key), canonical(item)] for key, item in value.items()]}
    raise NotImplementedError(type(value))


def read_by(loader, text):
    """{"value": …} or {"error": …}"""
    try:
        return {"value": canonical(yaml.load(text, loader))}
    except RecursionError:
        return {"error": "a cycle"}
    except Exception as error:  # pylint: disable=broad-except  # constructors let any through
        return {"error": f"{type(error).__name__}: {error}"}


def ours(texts):
    documents = [text.encode("utf-8", "surrogatepass") for text in texts]
    data = b"".join(b"%d\n" % len(document) + document for document in documents)
    done = subprocess.run([program("yaml_dump")], input=data, stdout=subprocess.PIPE, check=True, timeout=280)
    answers = [json.loads(line) for line in done.stdout.decode().split("\n")[:-1]]
    assert len(answers) == len(texts), (len(answers), len(texts))
    return answers


def joined_surrogates(value):
    """Python keeps both halves of an escaped pair apart; as text they are one character."""
    text = json.dumps(value, ensure_ascii=False).encode("utf-16", "surrogatepass").decode("utf-16", "surrogatepass")
    return json.loads(text)


# What PyYAML reads and we refuse: a part of our message, and what then stands in the document.
FEW = ""  # any message; main() sees to it that they stay few
REFUSED_BY_US = [
    ("this is no value for !!", r"!!(set|omap|pairs|binary|int|float|timestamp|bool|value|map|seq)"),
    ("a key must be a text", r"[\[{?]"),         # PyYAML has tuples as keys
    ("a key cannot be included", r"!include"),
    ("a name must follow", r"!"),                # a tag of ours with nothing behind
    ("a value is missing after the tag", r"!"),  # a document that is a tag
    ("a line separator", "[\u2028\u2029]"),      # where PyYAML would break a line
    ("a backslash before a character", r"\\[uU]"),  # half a surrogate pair
    ("an escape that is no character", r"\\[uU]"),
    ("an alias refers to the block", r"\*"),     # cycles
    ("the name of an anchor", r"&\w+:"),         # "&x: a" is an anchor and an empty key
    # yaml-cpp wants something after '?', and does not know it without a blank behind.
    ("a key is missing before ':'", r"\?|[\[{][^\]}]*[\r\n]"),
    ("a text cannot begin with this character", r"\?"),
    # yaml-cpp wants a block of text indented.
    ("this does not belong to the", r"[\r\n]\s*[|>]"),
    ("the file should end here", r"[\r\n]\s*[|>]"),
    ("a line cannot begin with '%'", r"[\r\n]%"),  # within a plain text that is the whole document
    (FEW, "[\u2028\u2029]"),  # ends a comment, in PyYAML
    # yaml-cpp ends a plain text that follows a tag or an anchor with its line, and finds a fault in the next.
    (FEW, r"[!&]\S* +[^\s'\"\[{|>].*[\r\n]+\s*\S"),
]


def known_refusal(error, text):
    return any(part in error and re.search(pattern, text) for part, pattern in REFUSED_BY_US)


# What both refuse and we read: yaml-cpp does not mind an anchor before a '?'.
READ_BY_US = re.compile(r"[\[{,]\s*[&!]\S*\s+\?")


def with_spaces(value):
    return json.loads(json.dumps(value).replace("\\t", " "))


def verdict(text, ours_says, theirs, libyaml):
    """Empty when all is well, else what is wrong."""
    if "value" in theirs:
        expected = joined_surrogates(theirs["value"])
        if "value" in ours_says:
            return "" if ours_says["value"] == expected else "another value"
        return "" if known_refusal(ours_says["error"], text) else "refused by us alone"
    if "error" in ours_says:
        return ""
    if "value" in libyaml and libyaml["value"] == ours_says["value"]:
        return ""
    if READ_BY_US.search(text):
        return ""
    if "\t" in text:
        # Both refuse a tab that only separates; we may take it for the space that it stands for.
        spaced = read_by(PythonLoader, text.replace("\t", " "))
        if "value" in spaced and with_spaces(joined_surrogates(spaced["value"])) == with_spaces(ours_says["value"]):
            return ""
    return "read by us alone"


def main():
    seed = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 6000
    texts = list(dict.fromkeys(hand_picked())) + list(made(seed, count))
    kinds, bad = collections.Counter(), []
    for text, answer in zip(texts, ours(texts)):
        theirs = read_by(PythonLoader, text)
        libyaml = read_by(LibyamlLoader, text) if "error" in theirs else theirs
        if "value" in theirs and "error" in answer:
            kinds["refused by us alone, as known"] += 1
        fault = verdict(text, answer, theirs, libyaml)
        kinds["read by both" if "value" in theirs and "value" in answer else "refused" if "error" in answer else "as libyaml"] += 1
        if fault:
            bad.append((fault, text, answer, theirs, libyaml))
    for fault, text, answer, theirs, libyaml in bad[:40]:
        print(f"{fault}: {text!r}\n  ours    {answer}\n  PyYAML  {theirs}\n  libyaml {libyaml}")
    print(f"{len(texts)} documents: {dict(kinds)}; {len(bad)} differ: {dict(collections.Counter(entry[0] for entry in bad))}")
    assert kinds["read by both"] > count // 4, "too few documents are good ones"
    assert kinds["refused by us alone, as known"] < len(texts) // 60, "too many documents are refused by us alone"
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
