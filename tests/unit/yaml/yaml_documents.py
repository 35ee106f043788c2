"""YAML documents for the comparison with PyYAML: hand-picked ones, and an endless supply of made ones."""
import random

SCALARS = """on off yes no On OFF Yes NO oN y n Y N true false True FALSE tRue null Null NULL nULL ~ 0 -0 +0 00 07 0123 08 0o17 0_7 0_ 0b101 0b_
0b 0b2 0x1F 0X1F 0x_ 0x 0xg -0x1f +0b11 1_000 1__0 _1 1_ 12345678901234567890 0xa4c1388bd7d2e7f8 -9223372036854775808 1:30 1:30:00 01:30
0:30 1:60 1:5 1:05 1:005 12:00 07:30:00 23:59:59 1_0:30 -1:30 +1:30 1:30.5 1:30. 1:30:00.25 0:30.5 1.5 1. .5 -.5 +.5 1.5e3 1.5e+3
1.5E-3 1e3 1e+3 1.e+3 .5e+1 1_000.5 1_0.0_1 1._5 1.5_ .inf -.inf +.Inf .INF .iNF .nan .NaN .NAN -.nan nan inf . .. ... - -- + -+1 1.2.3
192.168.1.1 2026-01-02 2026-1-2 2026-13-45 2026-02-30 2024-02-29 0000-01-01 2026-01-02T03:04:05 2026-01-02T03:04:05Z 2026-01-02t3:04:05.123456789
2026-01-02T03:04:05+01:00 2026-01-02T03:04:05-5 2026-01-02T25:04:05 2026-01-02T03:04 2026-01-02T03:04:05+25:00 2026-01-02T03:04:05. = << <<< == a=b
light.kitchen {{ {% [a] {} [] {a:1} *x &x !x !!str !input !secret %x @x `x #x x#y x: :x x:y ::x ?x -x ,x |x >x 'x' "x" it's a"b ' " \\ a\\n
http://x.y/z?a=b&c=d 5s 00:05:00 -5 +5 50% 1,5 $ ^ (x) /dev/tty 4294967296 1e400 1.0e+400 1.0e-400 0.1 100.0 1234567.891 0.30000000000000004""".split()

SPACED = ["2026-01-02 03:04:05", "2026-01-02  3:04:05.5", "2026-01-02 03:04:05 +01:30", "2026-01-02 03:04:05 Z", "a b", "a  b",
          "a # b", "a #b", "a: b", "a :b", "- a", "? a", "{{ x }}", "{% if a %}b{% endif %}", "'a' b", "\"a\" b", "it is 'x'",
          "[a, b]", "[a, b] c", "{a: b}", "x, y", "!secret a b", "!input a", "&a b", "*a b", "küche ä", "日本", "😀 x", "\u2028", "a\u2028b",
          "\ufeffa", "\u00a0", "a\u0085b", "\x07", "\x7f", "\ufffe"]

DOCUMENTS = [
    "", "\n", "# only\n", "---\n", "---\n---\n", "--- a", "...", "---\na: 1\n...\n", "a: 1\n...\nb: 2", "a: 1\n--- \nb: 2", "%YAML 1.1\n---\na: 1",
    "%YAML 1.2\n---\na: 1", "%YAML 2.0\n---\na: 1", "%TAG ! !x\n---\na: 1", "%FOO x\n---\na: 1", "%TAG !e! tag:yaml.org,2002:\n---\na: !e!str 5",
    "\ufeffa: 1", "a: 1\r\nb: |\r\n  x\r\n  y\r\n", "a: 1\rb: 2\r", "a: \"x\r\n  y\"", "a: 'x\r\n\r\n  y'", "a: x\r\n  y\r\n", "a: >\r\n  x\r\n\r\n  y\r\n",
    "a: \"x\u0085 y\"", "a: \"x\u2028y\"", "a: 'x\u2029 y'", "a: |\n  x\u2028y\n", "# a\u2028b\nc: d", "a: x\u2028y",
    'a: "\\ud83d\\ude00"', 'a: "\\\\ud83d\\ude00"', 'a: "\\\\\\ud83d\\ude00"', "a: '\\ud83d\\ude00'", "a: \\ud83d\\ude00", "a: |\n  \\ud83d\\ude00\n",
    'a: "\\ud83d"', 'a: "\\ude00\\ud83d"', '"\\ud83d\\ude00": 1', '{"a":"\\uD83D\\uDE00\\ud83c\\udf55"}', 'a: "\\U0001F600"', 'a: "\\U00110000"',
    'a: "\\x41\\u0042\\0\\a\\b\\t\\n\\v\\f\\r\\e\\ \\"\\\\\\/\\N\\_\\L\\P"', 'a: "\\\'"', 'a: "\\q"', 'a: "\\x4"', 'a: "\\u12"', 'a: "x\\\n   y"', 'a: "x \\\n  \\ y"',
    'a: "\\\ty"', "a: 'it''s'", "a: ''", "a: ''''", "a: '\n'", 'a: "\n\n"', "a: ' x '", 'a: " x\n  y "', "a: 'x\n\n\n  y'", "a: 'x", 'a: "x', "a: 'x''\n\nb: 1\n",
    "a: \"x\n--- y\"", "a: &x !!str \"x\\\"\nb: 1\n",
    "a: |\n  x\n  y\n", "a: |-\n  x\n", "a: |+\n  x\n\n\n", "a: |+\n\n\nb: 1", "a: |2\n   x\n  y\n", "a: |1-\n  x", "a: |-1\n  x", "a: |0\n x", "a: |10\n x", "a: |x\n x", "a: | # c\n  x",
    "a: |#c\n  x", "a: |\n\n  x\n   y\n\n  z\n\n\nb: 1", "a: |\n # no\n  x\n", "a: |\n     \n  x\n", "a: |\n   \n  x\n", "a: |\n  x\n # c\nb: 1", "a: |\n  x\n  # c\nb: 1", "a: |\n\tx", "a: |\n \tx", "a: |\n  x\t\n",
    "a: >\n\n  x\n  y\n   z\n\n   q\n  r\n", "a: >-\n  x\n\n\n  y\n # c\nb: 1", "a: >\n  x\n    y\n  z\n", "a: >\n   x\n\n    y\n\n\n   z\n", "a: >+\n  x\n\n", "a: >2\n    x\n   y\n", "a: >\n  x\n  \ty\n  z\n", "- |\n x\n- >\n y\n",
    "- |\n  x\n -\n", "a:\n- |\n  x\n- y", "a: |\nb: 1", "a: >", "a: |", "--- |\nx\n", "--- >\n x\n y\n", "|\n x", "? |\n  a\n: |\n  b\n", "a: !!str |\n  5\n", "a: &x |\n  y\nb: *x\n", "a:\n  - b: |\n      x\n    c: d\n",
    "a: b\n  c\n  d", "a: b\n\n  c", "a: b\n c: d", "a: b # c\n  d", "a: b\n # c\n  d", "- a\n b", "- a\n  b\n- c", "a:\n  b\n  c", "a:\n  b\n  c: d", "a\nb", "a\n b", "a\n: b", "a b: c", "a#b: c", "a #b: c", "a : b", "a:b", "a::b", "a:: b", "a: ::", "::: b", "a: x:", "a: :x",
    "a: b: c", "a: 'b': c", "'a': b", '"a": b', "'a':b", '"a":b', "? a", "? a\n: b", "? a\nb: c", "? a\n? b", "? a\n  b\n: c", "? - a\n: - b", "? [a]\n: b", "? {a: b}\n: c", "? \n: a", "? a\n:", ": a", "- : a", "- ? a\n", "~: a", "null: a", ": ", "- :", "a:\n?", "?", "-", ":",
    "- - a\n  - b\n- c", "-\n- a", "- \n- ", "-\n  a: b\n-\n - c", "-a", "-- a", "- -- a", "- - - a", "- -", "-   a: b\n    c: d", "- a: b\n  c: d", "- a: b\n c: d", "- a: b\n   c: d", "- a\nb: c", "a:\n- b\n- c\nd: e", "a:\n - b\n - c\nd: e", "a:\n - b\n- c", "a:\n-b", "a: - b", "a:\n  - b\n   - c",
    "a:\n  -\n  -", "a:\nb:\n", "a:\n  b:\n  c:\nd:", "a:\n    b: c\n  d: e", "a:\n  b: c\n    d: e", " a: b\n c: d", " a: b\nc: d", "a: b\n\n\nc: d\n\n", "a: b\n#x\n  #y\nc: d", "a:    b", "a:\n\n  b: c",
    "[]", "{}", "[a]", "[a, b]", "[a,b]", "[a, ]", "[,]", "[a,,b]", "[a", "a]", "[a]]", "[a] b", "[a]\nb: c", "[a]: b", "{a: b}: c", "{a}", "{a, b: c}", "{a: }", "{a:}", "{a:1}", "{a:1, b:2}", '{"a":1}', "{'a':1}", "{\"a\":1,\"b\":[1,2,{}]}", "{,}", "{a,}", "{: b}", "{a: b,}",
    "{a: b c}", "{a: b\n  c}", "{a: [b, {c: d}]}", "[a: b]", "[a: b, c: d]", '["a":1]', "[a:1]", "[a: ]", "[? a]", "[? a: b]", "{? a: b}", "{? a, b: c}", "{? }", "[a?b]", "[a, ?b]", "[-]", "[-1]", "[- 1]", "[-, a]", "{-: a}", "[a#b]", "[a #b\n]", "[a,#b\n c]", "[|]", "[>x]", "[!t a]", "[&x a, *x]", "[*x]",
    "[[[a]]]", "[{a: b}]", "{a: {b: c}}", "{{a: b}: c}", "{[a]: b}", "[a, [b, c]: d]", "a: {{ x }}", "{a: {{ x }}}", "a: [\nb\n]", "a: [\n]\n", "a: {\n}\nb: c", "a: [b,\n c,\n]", "a: [b\n]", "a: {b: c\n}", "a:\n  [b,\nc]", "[a,\n---\nb]", "[http://x:8]", "{a: http://x}", "{http://x: a}", "[a :b]", "[a : b]", "{a :b}", "[a: b: c]", "[::]", "[a::b]",
    "[\"a\" b]", "[\"a\"b]", "[[a] b]", "[[a]b]", "{a: 'b' c}", "[a\n\n b]", "[ a , b ]", "{ a : b }", "{ }", "[ ]", "[ null , ~ ]", "[&a , b]", "[!!null , b]", "{&a : b}", "{a: &x , b: *x}",
    "a:\tb", "a: b\t", "a: b\t#c", "a:\t#c\n  b: c", "a: b\n\t", "a: b\n \t\nc: d", "\ta: b", "- \ta: b", "-\ta", "a:\n\tb: 1", "a:\n  b: 1\n\tc: 2", "{\n\t\"a\": 1\n}", "[\ta,\tb\t]", "a: 'x\ty'", "a: x\ty", "a: |\n  x\ty\n", "a: x\n\t y", "a: \"x\n\ty\"", "\t", "a: 1\n\t# c\nb: 2", "a:\t|\n  x", "a: |\t\n  x", "a\t: b", "{a:\tb}", "?\ta",
    "a: &x 1\nb: *x", "a: &x\nb: *x", "a: &x [1]\nb: *x", "&x a: b\nc: *x", "a: &x 1\nb: &x 2\nc: *x", "a: *x", "*x : a", "&x a: *x", "a: &x [*x]", "a: &x {b: *x}", "a: &x {b: 1}\nc: {<<: *x}", "a: &x-y_1 b\nc: *x-y_1", "a: &x: b", "a: &x,b c", "a: &ä b", "a: &x.y b", "a: *x\nb: &x 1", "- &a a\n- &b b\n- [*a, *b]", "a: &x !!str 5\nb: *x", "a: !!str &x 5\nb: *x",
    "? &x a\n: *x", "&x [a, b]", "&x\na: b", "a: &x\n  b: c\nd: *x", "a: &x\n- b\nc: *x", "&a &b c", "!!str !!int 5", "a: *x b", "a: & b", "a: * b", "*a", "&a", "- &a\n- *a", "a: &x # c\n  b\nc: *x",
    "a: !!str 5", "a: !!str", "a: !!int 5", "a: !!int 'x'", "a: !!int '5'", "a: !!int 0x1F", "a: !!int 1:30", "a: !!float 5", "a: !!float 1e3", "a: !!float x", "a: !!float 1:30", "a: !!bool yes", "a: !!bool oN", "a: !!bool x", "a: !!null x", "a: !!null", "a: !!seq [a]", "a: !!map {b: c}", "a: !!seq {b: c}", "a: !!map [a]", "a: !!str [a]", "a: !!timestamp 2026-01-02", "a: !!timestamp 2026-1-2", "a: !!timestamp x",
    "a: !<tag:yaml.org,2002:str> 5", "a: !<!input> b", "! 5", "! '5'", "! [a]", "a: ! b", "a: ! ", "a: !", "a: !unknown b", "a: !!unknown b", "a: !input", "a: !input b", "a: !input 'b'", "a: !input\n  b", "a: !input\nb: c", "a: !input [b]", "a: !secret 5", "a: !include b.yaml", "- !include b.yaml\n- !secret c", "!input a: b", "a: !include_dir_list b/c", "a: !include_dir_named b", "a: !include_dir_merge_list b", "a: !include_dir_merge_named b", "a: !env_var B c d",
    "a: !!set {b, c}", "a: !!omap [b: c]", "a: !!pairs [b: c]", "a: !!binary aGk=", "a: !!merge x", "a: !!value x", "!!map\na: b", "!!seq\n- a", "a: !!map\n  b: c", "a: !!seq\n- b", "a: !!str\nb: c", "a:!b", "a: b !c", "[!input a, !input b]", "{!input a: !input b}", "{a: !input b}", "{a: !input b, c: d}", "[!input a]", "a: !input b # c", "a: !input &x b\nc: *x", "a: !a!b c", "a: !%41 b",
    "a: <<", "- <<", "<<: {a: 1}", "<<: {a: 1}\na: 2", "a: 2\n<<: {a: 1, b: 3}", "'<<': 1", "<<: 1", "<<:", "<<: []", "<<: [1]", "<<: [{a: 1}, {a: 2, b: 3}]", "<<: {a: 1}\n<<: {a: 2, b: 3}", "<<: {<<: {a: 1}, b: 2}", "<<: {<<: {a: 1}, a: 2}\na: 3", "<<: [[{a: 1}]]", "b: 1\n<<: {a: 1}\nc: 2", "<<: {1: a, on: b}\ntrue: c", "a: &x {p: 1}\nb: &y {p: 2, q: 3}\nc: {<<: [*x, *y]}", "a: &x {p: 1, q: 2}\nb:\n  <<: *x\n  q: 3\nc: {<<: *x, r: 4}",
    "!!merge x: {a: 1}", "!!str <<: {a: 1}", "? <<\n: {a: 1}", "=: a", "a: =", "- =", "!!value =: a", "{<<: {a: 1}, b: 2}", "<<: &x {a: 1}\nb: *x", "a: 1\na: 2", "a: 1\n'a': 2", "1: a\ntrue: b", "1: a\n1.0: b\n01: c", "0: a\nfalse: b\nno: c", "on: a\nyes: b", "null: a\n~: b", "1.5: a\n1.50: b", ".nan: a\n.nan: b", "2026-01-02: a\n2026-01-02: b", "{a: 1, b: 2, a: 3}", "a: 1\na: 2\na: 3",
    "5: a", "1.5: b", "on: c", "~: d", "2026-01-02: e", "0x10: f", "1:30: g", "'5': a\n5: b",
]

PIECES = ["a", "b: ", ": ", ":", "- ", "-", "? ", "?", "\n", "\n  ", "\n ", "\n    ", " ", "  ", "\t", "[", "]", "{", "}", ", ", ",", "'", '"', "|\n", ">\n", "|-\n", ">+\n", "#", " # c", "&x ", "*x", "!t ", "!!str ",
          "!input ", "\\", "\\u00e4", "\\ud83d\\ude00", "ä", "😀", "{{ x }}", "on", "5", "1:30", "0x1f", "2026-01-02", "~", "<<: ", "'a'", '"a b"', "---\n", "...\n", "%", "@", "`", "\r\n", "key: value", "- x: y", "|2\n", "null"]


class Maker:
    """Documents with the structure of rule files, now and then with a fault."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.anchors = 0

    def scalar(self, flow=False):
        kind = self.random.random()
        text = self.random.choice(SPACED if self.random.random() < 0.2 else SCALARS)
        if kind < 0.55:
            return text
        if kind < 0.7:
            return "'" + text.replace("'", "''") + "'"
        if kind < 0.85:
            return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
        if kind < 0.9 and not flow:
            return self.random.choice(["!input ", "!secret ", "!!str ", "!!int ", "!!float ", "!!bool ", "! "]) + text
        if kind < 0.93 and self.anchors:
            return f"*a{self.random.randrange(self.anchors)}"
        if kind < 0.96:
            self.anchors += 1
            return f"&a{self.anchors - 1} {text}"
        return ""

    def key(self):
        return self.random.choice(["a", "b", "entity_id", "on", "1", "'x y'", '"q"', "a b", "<<", "null", "trigger"])

    def flow(self, depth):
        if depth <= 0 or self.random.random() < 0.4:
            return self.scalar(flow=True)
        count = self.random.randrange(4)
        space = self.random.choice(["", " ", "\n      "])
        if self.random.random() < 0.5:
            return "[" + ("," + space).join(self.flow(depth - 1) for _ in range(count)) + "]"
        return "{" + ("," + space).join(f"{self.key()}: {self.flow(depth - 1)}" for _ in range(count)) + "}"

    def text_block(self, indent):
        lines = [self.random.choice(["", " ", "  ", "    "]) + self.random.choice(["x", "{{ y }}", "# z", "- a: b", ""])
                 for _ in range(self.random.randrange(5))]
        head = self.random.choice("|>") + self.random.choice(["", "-", "+", "2", "-1"]) + self.random.choice(["", "", " # c"])
        return head + "\n" + "".join(" " * indent + line + "\n" for line in lines)

    def block(self, indent, depth):
        """Lines of a block that begins on a line of its own."""
        pad = " " * indent
        if self.random.random() < 0.02:
            pad += " "
        out = []
        is_list = self.random.random() < 0.4
        for _ in range(self.random.randrange(1, 4)):
            head = pad + ("-" if is_list else self.key() + ":")
            out.append(self.entry(head, indent, depth, is_list))
            if self.random.random() < 0.1:
                out.append(self.random.choice(["\n", "# c\n", pad + "# c\n", "  \n", "\t\n"]))
        return "".join(out)

    def entry(self, head, indent, depth, is_list):
        choice = self.random.random()
        if depth > 0 and choice < 0.35:
            tag = self.random.choice(["", "", "", " &m" + str(self.random.randrange(99)), " !!map", " # c"])
            step = 0 if not is_list and self.random.random() < 0.3 else self.random.choice([1, 2, 4])
            return head + tag + "\n" + self.block(indent + step, depth - 1)
        if depth > 0 and is_list and choice < 0.5:
            return head + " " + self.block(indent + 2, depth - 1).lstrip(" ")
        if choice < 0.6:
            return head + " " + self.text_block(indent + 2)
        if choice < 0.75:
            return head + " " + self.flow(2) + "\n"
        end = self.random.choice(["", "", "", " # c", "\n" + " " * (indent + 2) + "more"])
        return head + " " + self.scalar() + end + "\n"

    def document(self):
        self.anchors = 0
        if self.random.random() < 0.3:
            return "".join(self.random.choice(PIECES) for _ in range(self.random.randrange(1, 14)))
        text = self.block(0, self.random.randrange(4))
        if self.random.random() < 0.2:
            place = self.random.randrange(len(text) + 1)
            text = text[:place] + self.random.choice(PIECES) + text[place + self.random.randrange(2):]
        if self.random.random() < 0.1:
            text = text.replace("\n", "\r\n")
        return text


def hand_picked():
    yield from DOCUMENTS
    for text in SCALARS + SPACED:
        for form in ("{}", "a: {}", "- {}", "a: {}\n", "[{}]", "{{a: {}}}", "{}: a", "{{{}: a}}", "a: '{}'", 'a: "{}"', "a: |\n  {}\n", "a:\n  {}\n  {}", "a: ! {}", "a: !!str {}", "a: !input {}",
                     "a: !!int {}", "a: !!float {}", "a: !!timestamp {}", "a: !!bool {}", "? {}\n: b", "a: {} # c", "a: &x {}\nb: *x"):
            yield form.replace("{{", "\0").replace("}}", "\1").replace("{}", text).replace("\0", "{").replace("\1", "}")


def made(seed, count):
    maker = Maker(seed)
    for _ in range(count):
        yield maker.document()
