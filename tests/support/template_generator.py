"""Random templates with random data, made from a seed. See template_grammar.py for what they are made of."""
import json
import random
import re

from template_grammar import LEAVES, PATTERNS

_HOLE = re.compile(r"<([nislrdbtqyxk])>")
_SIMPLE = re.compile(r"[\w.]+|'[^']*'|\[[^\[\]]*\]")
_TOKEN = re.compile(r"\{[{%#][-+]?|[-+]?[}%#]\}|\w+|\s+|'[^']*'|.", re.S)
_DATA = ["a", " ", "\n", "x y ", "  \n  ", "<b>", "{ }", "é", "1", "\t", "-", "", "", "}}", "%}", "#", "\r\n", "'"]
_SCALARS = [0, 1, 2, -1, 3, 21.5, 1.0, -0.0, 1e16, 1e300, 2**63, 2**70, -(2**65), True, False, None, "", "a", "on", "off", "21.5", "é",
            " 7", "abc", "Hello World", "1,2", "unavailable", "0", "2026-01-15T10:00:00+00:00", "12:30", "nan", "<b>", "A", "b"]


class Generator:
    def __init__(self, seed):
        self._random = random.Random(seed)
        self._names = []  # set in the template, with the kind of what they hold

    def case(self):
        """{"template": …, "vars": …} and in some cases "payload"."""
        self._names = []
        template = self._body(self._random.choice((0, 1, 1, 2, 3)), self._random.choice((1, 1, 2, 3, 4)))
        if self._chance(0.08):
            template = self._mutated(template)
        case = {"template": template, "vars": self._variables()}
        if "value" in template:
            case["payload"] = self._payload()
        return case

    # ------------------------------------------------------------ data
    def _variables(self):
        pick = self._random.choice
        numbers = [item for item in _SCALARS if isinstance(item, (int, float)) and not isinstance(item, bool)]
        texts = [item for item in _SCALARS if isinstance(item, str)]
        rows = [{key: pick(_SCALARS[:6] + texts[:8]) for key in ("a", "b", "name") if self._chance(0.9)}
                for _ in range(pick((0, 1, 2, 3, 4)))]
        return {
            "n": pick(numbers), "m": pick(numbers), "f": pick((0.5, 21.45, 2.675, -1.5, 1e22, 3.0)), "i": pick((0, 1, 2, -1)),
            "big": pick((2**64, -(2**70), 10**30)), "s": pick(texts), "t": pick(texts), "word": pick(("on", "Off", "ab", "")),
            "b": pick((True, False)), "l": self._value(2, "list"), "l2": self._value(1, "list"),
            "nums": [pick((1, 2, 2.5, 3, -4, 0)) for _ in range(pick((0, 2, 4)))],
            "words": [pick(texts) for _ in range(pick((0, 1, 3)))], "rows": rows,
            "d": self._value(2, "dict"), "d2": self._value(1, "dict"), "x": self._value(3), "y": self._value(3)}

    def _value(self, depth, kind=None):
        kind = kind or self._random.choice(("scalar", "scalar", "list", "dict") if depth else ("scalar",))
        size = self._random.choice((0, 1, 2, 3))
        if kind == "list":
            return [self._value(depth - 1 if depth else 0) for _ in range(size)]
        if kind == "dict":
            keys = self._random.sample(("a", "b", "c", "name", "n", "items", "keys", "zz", "B", "1"), size)
            return {key: self._value(depth - 1 if depth else 0) for key in keys}
        return self._random.choice(_SCALARS)

    def _payload(self):
        if self._chance(0.25):
            return self._random.choice(("", "5", "on", "21.5", "null", "[]", "{}", "{", "NaN", '"a"', '{"a": 1}', "é", "1e5"))
        return json.dumps(self._value(3, self._random.choice((None, "dict"))), ensure_ascii=self._chance(0.5))

    # ------------------------------------------------------------ expressions
    def _chance(self, probability):
        return self._random.random() < probability

    def expression(self, kind, depth):
        if depth <= 0 or self._chance(0.1):
            fitting = [name for name, held in self._names if held == kind or kind == "x"]
            if fitting and self._chance(0.5):
                return self._random.choice(fitting)
            leaf = self._random.choice(LEAVES[kind])
            return leaf if not leaf.startswith("loop") or self._in_loop() else "1"
        pattern = self._random.choice(PATTERNS[kind])
        if "loop" in pattern and not self._in_loop() and self._chance(0.95):
            return self.expression(kind, depth)
        return _HOLE.sub(lambda hole: self._part(hole.group(1), depth - 1), pattern)

    def _part(self, kind, depth):
        if self._chance(0.03):
            kind = self._random.choice(list(PATTERNS))
        text = self.expression(kind, depth)
        if _SIMPLE.fullmatch(text) or self._chance(0.15):
            return text
        return f"({text})"

    def _in_loop(self):
        return any(held == "loop" for _, held in self._names)

    # ------------------------------------------------------------ statements
    def _tag(self, text):
        left = self._random.choice(("", "", "", "-", "+"))
        right = self._random.choice(("", "", "", "-", "+"))
        return "{%" + left + " " + text + " " + right + "%}"

    def _output(self, text):
        if self._chance(0.8):
            return "{{ " + text + " }}"
        return "{{" + self._random.choice(("", "-", "+")) + " " + text + " " + self._random.choice(("", "-")) + "}}"

    def _body(self, depth, count):
        known = len(self._names)
        parts = [self._piece(depth) for _ in range(count)]
        del self._names[known:]
        return "".join(parts)

    def _inner(self, depth):
        return self._body(depth - 1, self._random.choice((1, 1, 2, 3)))

    def _piece(self, depth):
        kinds = [self._print] * 6 + [self._text] * 2
        if depth > 0:
            kinds += [self._if, self._if, self._for, self._for, self._set, self._set, self._set_block, self._namespace, self._macro,
                      self._call, self._filter, self._with, self._rare]
        return self._random.choice(kinds)(depth)

    def _text(self, _):
        return self._random.choice(_DATA)

    def _print(self, _):
        kind = self._random.choice("nsldbxnslx" + "tqy")
        return self._output(self.expression(kind, self._random.choice((1, 1, 2, 2, 3))))

    def _some(self, kind):
        return self.expression(kind, self._random.choice((0, 1, 2)))

    def _if(self, depth):
        parts = [self._tag("if " + self._some("b")), self._inner(depth)]
        if self._chance(0.3):
            parts += [self._tag("elif " + self._some("b")), self._inner(depth)]
        if self._chance(0.5):
            parts += [self._tag("else"), self._inner(depth)]
        return "".join(parts) + self._tag("endif")

    def _for(self, depth):
        target, kind, source = self._random.choice((
            ("v", "x", "l"), ("v", "n", "nums"), ("w", "s", "words"), ("v", "d", "rows"), ("k, v", "x", "d.items()"), ("k", "s", "d"),
            ("v", "x", "x"), ("(a, b)", "x", "zip(l, l2)"), ("v", "x", "range(3)"), ("v", "s", "s")))
        head = f"for {target} in {source if self._chance(0.7) else self._some('l')}"
        known = len(self._names)
        self._names += [(name, kind) for name in re.findall(r"\w+", target)]
        if self._chance(0.2):
            head += " if " + self._some("b")
        self._names.append(("loop.index", "loop"))
        parts = [self._tag(head), self._inner(depth)]
        if self._chance(0.15):
            parts += [self._tag("if " + self._some("b")), self._tag(self._random.choice(("break", "continue"))), self._tag("endif")]
            parts.append(self._inner(depth))
        del self._names[known:]
        if self._chance(0.2):
            parts += [self._tag("else"), self._inner(depth)]
        return "".join(parts) + self._tag("endfor")

    def _name(self):
        return self._random.choice(("p", "q", "r", "n", "s", "l", "x"))

    def _set(self, _):
        if self._chance(0.1):
            self._names += [("p", "x"), ("q", "x")]
            return self._tag("set p, q = " + self._random.choice((self._some("x") + ", " + self._some("x"), self._some("l"))))
        name, kind = self._name(), self._random.choice("nsldbxt")
        text = self._tag(f"set {name} = " + self._some(kind))
        self._names.append((name, kind))
        return text

    def _set_block(self, depth):
        name = self._name()
        head = f"set {name}" + self._random.choice(("", "", " | upper", " | trim | length", " | replace('a', 'b')"))
        text = self._tag(head) + self._inner(depth) + self._tag("endset")
        self._names.append((name, "s"))
        return text

    def _namespace(self, depth):
        text = self._tag("set ns = namespace(a=" + self._some("x") + ", c=0)")
        self._names += [("ns.a", "x"), ("ns.c", "n")]
        if self._chance(0.5):
            loop = self._tag("for v in l") + self._tag("set ns.c = ns.c + " + self._random.choice(("1", "loop.index", "v | int(0)")))
            return text + loop + self._inner(depth) + self._tag("endfor") + "{{ ns.c }}"
        return text + self._tag("set ns.a = " + self._some("x")) + "{{ ns.a }}"

    def _macro(self, depth):
        name = self._random.choice("fg")
        signature = self._random.choice(("v", "v=1", "v, b=2", "v, b=v", "v=b, b=1", "", "v, caller=none"))
        known = len(self._names)
        self._names += [("v", "x")]
        body = self._inner(depth) + self._random.choice(("", "{{ varargs }}", "{{ kwargs }}", "{{ caller() }}", "{{ v }}", "{{ b }}"))
        del self._names[known:]
        call = f"{name}({self._random.choice(('', self._some('x'), self._some('x') + ', ' + self._some('n'), 'v=' + self._some('x'), '1, 2, 3'))})"
        return self._tag(f"macro {name}({signature})") + body + self._tag("endmacro") + self._output(call)

    def _call(self, depth):
        signature = self._random.choice(("", "", "(v)", "(v, w=3)"))
        arguments = "(1)" if signature else "()"
        macro = self._tag("macro h(v=1)") + "<{{ caller" + arguments + " }}>" + self._tag("endmacro")
        return macro + self._tag(f"call{signature} h({self._some('x')})") + self._inner(depth) + self._tag("endcall")

    def _filter(self, depth):
        name = self._random.choice(("upper", "trim", "replace('a', 'b')", "title | length", "indent(2)", "truncate(5)", "list"))
        return self._tag("filter " + name) + self._inner(depth) + self._tag("endfilter")

    def _with(self, depth):
        name, kind = self._name(), self._random.choice("nsx")
        head = self._tag(f"with {name} = {self._some(kind)}, w = {self._some('x')}")
        self._names.append((name, kind))
        text = head + self._inner(depth) + self._tag("endwith")
        self._names.pop()
        return text

    def _rare(self, depth):
        kind = self._random.randrange(7)
        if kind == 0:
            return "{#" + self._random.choice(("", "-", "+")) + " {{ a }} " + self._random.choice(("", "-", "+")) + "#}"
        if kind == 1:
            return self._tag("raw").replace("+%}", "%}") + " {{ x }}{% if %} " + self._tag("endraw")
        if kind == 2:
            return self._tag("do " + self._some("x"))
        if kind == 3:
            return self._tag("print " + self._some("x") + ", " + self._some("s"))
        if kind == 4:
            start = self._random.choice(("[1, [2, [3]], 4]", "[[], [[]]]", "l"))
            return (self._tag(f"for v in {start} recursive") + "{{ loop.depth }}"
                    + "{% if v is sequence and v is not string %}[{{ loop(v) }}]{% else %}{{ v }}{% endif %}" + self._tag("endfor"))
        if kind == 5:
            return self._tag("if " + self._some("b")) + self._output("x | nofilter") + self._tag("else") + self._inner(depth) + self._tag("endif")
        return self._output("value_json" + "".join(self._random.choice((".a", ".b", "['a']", "[0]", "['c']", ".name", "[-1]"))
                                                   for _ in range(self._random.choice((1, 2, 3)))))

    # ------------------------------------------------------------ mistakes
    def _mutated(self, template):
        """The template with a token lost, doubled, moved or replaced: most are refused, by both sides."""
        tokens = _TOKEN.findall(template)
        for _ in range(self._random.choice((1, 1, 2))):
            if not tokens:
                break
            at = self._random.randrange(len(tokens))
            kind = self._random.randrange(5)
            if kind == 0:
                del tokens[at]
            elif kind == 1:
                tokens.insert(at, tokens[at])
            elif kind == 2:
                other = self._random.randrange(len(tokens))
                tokens[at], tokens[other] = tokens[other], tokens[at]
            elif kind == 3:
                tokens[at] = self._random.choice("( ) [ ] { } , : . | ~ ** // - + == != < is not in if else or and x 1 1.5 'a' = % ; !".split())
            else:
                tokens.insert(at, self._random.choice("( ) [ ] , : . | ~ - + is not in if else {{ }} {% %} \\ ' \" #} {# endif for".split()))
        return "".join(tokens)
