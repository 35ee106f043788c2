"""What random templates are made of: for each kind of value, ways to write one.

<n> number, <i> small whole number, <s> text, <l> list, <r> list of dicts, <d> dict, <b> truth value, <t> point in
time, <q> length of time, <y> octets, <x> anything, <k> key of a dict in <r> or <d>.

Nothing here may be random in itself (random, now in a real clock, the order of a set of text), nor make Python work
for minutes: powers, repetitions and widths stay small.
"""

# Without another value in it: where expressions end.
LEAVES = {
    "n": """0 1 2 3 5 -1 7 10 100 255 1.0 0.5 2.5 21.45 -3.75 1e3 1e16 1.5e-7 0.1 1_000 0x1F 0b101 0o17 n m f big
        loop.index""".split(),
    "i": "0 1 2 3 -1 -2 5 10 i".split(),
    "s": ["''", "'a'", "'abc'", "'Hello World'", "'on'", "'off'", "'21.5'", "' 7 '", "'1,2,3'", "'a_b-c d'", "'héllo'",
          "'ßtraße'", "'x' 'y'", r"'\n\t'", r"'it\'s'", r'"say \"hi\""', "'unavailable'", "'1e3'", "'0x1A'", "'NaN'",
          "'2026-01-15T10:00:00+00:00'", "'{\"a\": [1, 2.0, null]}'", "'<b>&\"</b>'", "'a b  c'", "'日本'", "s", "t", "u.x",
          "word"],
    "l": ["[]", "[1, 2, 3]", "[3, 1, 2]", "['a', 'b']", "['b', 'A', 'c']", "[1, 1.0, true]", "[none, 0, '']",
          "[[1, 2], [3]]", "('x', 1)", "(1,)", "()", "range(3)", "range(5, 0, -2)", "l", "l2", "nums", "words"],
    "r": ["rows", "[{'a': 1, 'b': 'x'}, {'a': 2, 'b': 'y'}]", "[{'a': 1}, {'b': 2}]", "[]", "rows"],
    "d": ["{}", "{'a': 1}", "{'b': 2, 'a': 1}", "{1: 'x', true: 'y'}", "{'a': {'b': [1]}}", "d", "d2", "rows[0]"],
    "b": ["true", "false", "True", "b", "u", "u is defined", "n is defined"],
    "t": ["now()", "utcnow()", "today_at('10:30')", "today_at()", "as_datetime('2026-03-01T12:00:00+01:00')",
          "as_datetime(1768480496)", "strptime('2024-02-29', '%Y-%m-%d')", "as_datetime('2025-12-31 23:59:59')"],
    "q": ["timedelta(hours=1)", "timedelta(days=2, minutes=30)", "timedelta(seconds=-90.5)", "as_timedelta('1:30:00')",
          "timedelta()", "as_timedelta('3 days, 04:05:06.5')"],
    "y": ["'48656c6c6f' | from_hex", "('aGk=' | base64_decode(none))", "('ff00' | from_hex)", "(258 | pack('>H'))"],
    "k": ["'a'", "'b'", "'name'", "'zz'"],
    "x": ["none", "n", "s", "l", "d", "u", "u", "x", "y", "true", "value_json", "value", "none", "1.0", "''", "[]", "ns"],
}

NUMBERS = [
    "<n> + <n>", "<n> - <n>", "<n> * <n>", "<n> / <n>", "<n> // <n>", "<n> % <n>", "<i> ** <i>", "-<n>", "+<n>", "(<n>)",
    "<n> | int", "<s> | int(<n>)", "<s> | int(0)", "<s> | float(<n>)", "<x> | int(default=<n>)", "<x> | float(none)",
    "<s> | int(0, 16)", "int(<x>, 0)", "float(<s>, 0)", "<n> | round", "<n> | round(<i>)", "<n> | round(1)",
    "<n> | round(<i>, 'floor')", "<n> | round(<i>, 'ceil')", "<n> | round(0, 'half')", "<x> | round(2, default=0)",
    "<n> | abs", "<l> | length", "<s> | length", "<d> | count", "<l> | sum", "<r> | sum('a')", "<r> | sum(attribute='a')",
    "<l> | sum(start=<n>)", "<l> | max", "<l> | min", "max(<n>, <n>)", "min(<l>)", "min(<n>, <n>, <n>)", "<l> | first",
    "<l> | last", "<l>[<i>]", "<s>.count(<s>)", "<s>.find(<s>)", "<l>.index(<n>)", "<l>.count(<x>)", "<l> | average",
    "average(<n>, <n>)", "<l> | median", "<x> | add(<n>)", "<x> | multiply(<n>, 0)", "log(<n>)", "<n> | log(10)",
    "sqrt(<n>)", "<n> | sqrt(0)", "sin(<n>)", "cos(<n>)", "atan2(<n>, <n>)", "<n> | bitwise_and(<i>)",
    "bitwise_or(<i>, <i>)", "<i> | bitwise_xor(<i>)", "clamp(<n>, <n>, <n>)", "remap(<n>, 0, 10, 0, 255)",
    "<s> | wordcount", "<t>.timestamp()", "as_timestamp(<t>)", "<t>.hour", "<t>.isocalendar()[1]", "<t>.isocalendar().week", "<t>.weekday()", "(<t> - <t>).days",
    "<q>.total_seconds()", "<q>.seconds", "<q> / <q>", "<n> if <b> else <n>", "<x> | default(<n>)", "d.n | default(<n>)",
    "<d>.get(<k>, <n>)", "<s> | ord", "<y> | unpack('>B')", "<n>.real", "<i>.bit_length()", "iif(<b>, <n>, <n>)",
    "<n> ~ <n>", "loop.index0", "loop.length", "loop.revindex", "<r> | map(attribute='a') | sum", "<x> | as_timestamp(0)",
    "pi", "<n> | is_number", "<l> | map('int', 0) | sum", "<s> | from_json(0)", "<n> and <n>", "<n> or <n>",
]

TEXTS = [
    "<s> ~ <s>", "<s> + <s>", "<n> ~ <s>", "<s> * <i>", "<s> | upper", "<s> | lower", "<s> | title", "<s> | capitalize",
    "<s> | trim", "<s> | trim(<s>)", "<s> | replace(<s>, <s>)", "<s> | replace(<s>, <s>, <i>)", "<s> | string", "<x> | string",
    "<l> | join(<s>)", "<l> | join", "<r> | join(', ', attribute='b')", "<s> | center(<i>)", "<s> | truncate(<i>)",
    "<s> | truncate(<i>, true)", "<s> | truncate(5, true, '', 0)", "<s> | truncate(6, false, '..')", "<s> | indent",
    "<s> | indent(<i>, true)", "<s> | wordwrap(5)", "<s> | reverse", "<s> | first", "<s> | last", "<s>[<i>]", "<s>[<i>:]",
    "<s>[:<i>]", "<s>[::<i>]", "<s>[<i>:<i>]", "<s>.upper()", "<s>.lower()", "<s>.title()", "<s>.strip()", "<s>.lstrip(<s>)",
    "<s>.rstrip()", "<s>.replace(<s>, <s>)", "<s>.split()[0]", "<s>.zfill(<i>)", "<s>.rjust(6, '*')", "<s>.ljust(5)",
    "<s>.capitalize()", "<s>.swapcase()", "<s>.casefold()", "<s>.center(9)", "<s>.join(<l>)", "<s>.format(<x>, a=<x>)",
    "'{}-{}'.format(<x>, <x>)", "'{0:>6}|{1:.2f}'.format(<s>, <n>)", "'%s' % <x>", "'%d-%s' % (<n>, <s>)", "'%.2f' % <n>",
    "'%05.1f' | format(<n>)", "'%s %s' | format(<x>, <x>)", "'%x' % <i>", "'%-5s|' % <s>", "'{:,}'.format(<n>)",
    "'{:+.1e}'.format(<n>)", "'%r' % <x>", "<s> | slugify", "slugify(<s>, '-')", "<s> | urlencode", "<d> | urlencode",
    "<s> | regex_replace('[aeiou]', <s>)", "<s> | regex_replace('(\\\\w)(\\\\d)', '\\\\2\\\\1')", "<s> | regex_findall_index('\\\\w+')",
    "<x> | to_json", "<d> | to_json(sort_keys=true)", "<x> | to_json(pretty_print=true)", "<s> | base64_encode",
    "<s> | base64_encode | base64_decode", "<s> | md5", "<s> | sha1", "<n> | ordinal", "<n> | filesizeformat",
    "<n> | filesizeformat(true)", "<n> | timestamp_custom('%H:%M')", "<n> | timestamp_custom", "<n> | timestamp_local(0)",
    "<n> | timestamp_utc", "<t>.strftime('%Y-%m-%d %H:%M:%S')", "<t>.strftime('%A %d %B %j %U %p %I')", "<t>.isoformat()",
    "<t>.date().isoformat()", "<t> | string", "<q> | string", "<t>.ctime()", "<x> | typeof", "typeof(<x>)",
    "<s> if <b> else <s>", "<s> if <b>", "<x> | default(<s>)", "<x> | default(<s>, true)", "<x> | d('-', boolean=true)",
    "<d>.get(<k>)", "<d>[<k>]", "<d>.a", "<r>[0].b", "<r> | map(attribute='b') | first", "iif(<x>, <s>, <s>, <s>)",
    "<s> or <s>", "<s> and <s>", "<s> | striptags", "<s>.partition('b')[0]", "<l> | pprint", "<y> | base64_encode",
    "<s>.removeprefix('a')", "<s>.expandtabs(4)", "<s>.encode() | string", "<y>.decode()",
    "<y>.hex()", "<s> | from_json | to_json", "joiner(<s>)()", "<s> | items | list", "<x> ~ <x>",
    "<s> | regex_findall('[a-z]') | join", "<n> | tojson", "<s> | list | to_json", "loop.cycle(<s>, <s>)", "<s> | e",
]

LISTS = [
    "[<x>]", "[<n>, <n>]", "[<x>, <x>, <x>]", "(<x>, <x>)", "[<s>, <s>]", "<l> + <l>", "<l> * <i>", "<l>[<i>:]", "<l>[:<i>]",
    "<l>[::<i>]", "<l>[<i>:<i>]", "<l> | list", "<l> | sort", "<l> | sort(reverse=true)", "<l> | sort(case_sensitive=true)",
    "<l> | reverse | list", "<l> | unique | list", "<l> | map('int', 0) | list", "<l> | map('float', 0) | list",
    "<l> | map('upper') | list", "<l> | map('string') | list", "<l> | select | list", "<l> | reject | list",
    "<l> | select('defined') | list", "<l> | select('eq', <x>) | list", "<l> | reject('eq', <x>) | list",
    "<l> | select('number') | list", "<l> | select('in', <l>) | list", "<l> | select('gt', <n>) | list",
    "<l> | select('==', <x>) | list", "<l> | batch(2) | list", "<l> | batch(<i>, <x>) | list", "<l> | slice(2) | list",
    "<l> | slice(3, <x>) | list", "<r> | map(attribute='a') | list", "<r> | map(attribute='b', default=<x>) | list",
    "<r> | selectattr('a') | list", "<r> | selectattr('a', 'eq', <n>) | list", "<r> | rejectattr('b', 'defined') | list",
    "<r> | sort(attribute='a')", "<r> | sort(attribute='a,b')", "<r> | groupby('a') | list", "<r> | unique(attribute='b') | list",
    "<r> | groupby('b', default='-') | map('first') | list", "<d>.keys() | list", "<d>.values() | list", "<d>.items() | list",
    "<d> | list", "<d> | dictsort", "<d> | dictsort(by='value')", "<d> | dictsort(true, reverse=true)", "<d> | items | list",
    "<s> | list", "<s>.split(',')", "<s>.split()", "<s>.split(<s>, 1)", "<s>.rsplit('b')", "<s>.splitlines()",
    "<s>.partition(<s>)", "<s> | regex_findall('[a-z]+')", "<s> | regex_findall('(\\\\w)(\\\\d)')", "range(<i>) | list",
    "range(<i>, <i>) | list", "range(0, 10, <i>) | list", "zip(<l>, <l>) | list", "<l> | flatten", "flatten(<l>, 1)",
    "intersect(<l>, <l>) | sort", "union(<l>, <l>) | sort", "<l> | difference(<l>) | sort", "set(<l>) | sort",
    "<l> | symmetric_difference(<l>) | sort", "tuple(<l>)", "<l> if <b> else <l>", "<x> | default(<l>)", "<l> or <l>",
    "<s> | batch(2) | map('join') | list", "<l> | map('default', <x>) | list", "<l> | map('replace', 'a', 'b') | list",
    "<l> | tojson | from_json", "<l> | list | to_json | from_json", "<d>.get(<k>, <l>)", "<s> | from_json(<l>)",
    "<l> | select('match', '[a-c]') | list", "<l> | map('length') | list", "<l> | map(attribute=<i>) | list",
    "<r> | map('items') | map('list') | list", "<r> | map(attribute='a.b') | list", "<l> | map('is_number') | list",
    "<t>.timetuple() | list", "<s> | slice(2) | map('list') | list", "<l> | sort | unique | list",
    "<l> | map('round', 1) | list", "<l> | map('abs') | list", "<l> | select('odd') | list", "<l> | select('string') | list",
]

DICTS = [
    "{<k>: <x>}", "{<s>: <x>, <k>: <x>}", "{<n>: <x>}", "{<x>: <x>}", "dict(a=<x>)", "dict(<d>, b=<x>)", "dict(<d>.items())",
    "dict([('a', <x>)])", "dict.from_keys([('a', <x>)])", "dict(zip(['a', 'b'], <l>))", "combine(<d>, <d>)",
    "<d> | combine({'a': <x>}, recursive=true)", "<r>[0]", "<r> | first", "<r> | last", "<d> if <b> else <d>", "<d>.a",
    "<x> | default(<d>)", "<d> | to_json | from_json", "'{\"a\": 1}' | from_json", "<d>.copy()", "<d> | items | sort | list",
    "<r> | groupby('a') | first", "namespace(a=<x>)", "<d> or <d>", "<d>.get(<k>, <d>)",
]

TRUTHS = [
    "<n> == <n>", "<n> != <n>", "<n> < <n>", "<n> <= <n>", "<n> > <n>", "<n> >= <n>", "<n> < <n> < <n>", "<x> == <x>",
    "<x> != <x>", "<s> == <s>", "<s> < <s>", "<s> in <s>", "<s> not in <s>", "<x> in <l>", "<x> not in <l>", "<k> in <d>",
    "<l> == <l>", "<l> < <l>", "<d> == <d>", "<t> < <t>", "<q> > <q>", "<t> == <t>", "not <b>", "<b> and <b>", "<b> or <b>",
    "not <x>", "<x> and <x>", "<x> or <x>", "<x> is defined", "<x> is undefined", "<x> is none", "<x> is not none",
    "<x> is number", "<x> is string", "<x> is mapping", "<x> is iterable", "<x> is sequence", "<x> is callable",
    "<x> is boolean", "<x> is integer", "<x> is float", "<x> is true", "<x> is false", "<x> is sameas <x>", "<x> is sameas none",
    "<n> is odd", "<n> is even", "<n> is divisibleby <n>", "<n> is divisibleby(<i>)", "<s> is upper", "<s> is lower",
    "<x> is eq <x>", "<n> is gt <n>", "<n> is lt(<n>)", "<n> is ge 1", "<x> is in <l>", "<x> is not in <l>", "<x> is list",
    "<x> is set", "<x> is tuple", "<x> is datetime", "<x> is string_like", "<x> is is_number", "<s> is match('[a-z]+')",
    "<s> is search(<s>)", "<s> is search('\\\\d$')", "<l> is contains(<x>)", "<s> is contains <s>", "<x> | bool(false)",
    "bool(<s>, none)", "<x> | is_number", "is_number(<x>)", "<s> | regex_match('h.*o')", "<s> | regex_search('B', true)",
    "<s>.startswith(<s>)", "<s>.endswith(<s>)", "<s>.startswith(('a', 'b'))", "<s>.isdigit()", "<s>.isalpha()",
    "<s>.isupper()", "<s>.isspace()", "<s>.isalnum()", "<s>.isnumeric()", "<s>.isidentifier()", "<l> | contains(<x>)",
    "loop.first", "loop.last", "loop.changed(<x>)", "<b> if <b> else <b>", "(<x>) == (<x>)", "<x> is escaped",
    "<n> is ne <n>", "<n> is number and <s> is string", "<x> is defined and <x>", "<l> | length > <i>", "<x> is filter",
    "<s> is filter", "<s> is test", "<t> is sameas <t>", "<n>.is_integer()",
]

TIMES = [
    "<t> + <q>", "<t> - <q>", "<q> + <t>", "<t>.replace(hour=0, minute=0)", "<t>.replace(day=<i>)", "<t> | as_local",
    "<t>.astimezone()", "as_datetime(<n>)", "as_datetime(<s>)", "<x> | as_datetime(none)", "<n> | as_datetime",
    "strptime(<s>, '%Y')", "strptime('12:30', '%H:%M')", "strptime(<s>, '%d', none)", "max(<t>, <t>)", "<t> if <b> else <t>",
    "<t>.date()", "<t>.time()", "<t>.replace(tzinfo=none)", "today_at(<s>)", "<x> | default(<t>)", "<t> | max(<t>)",
    "as_datetime(<t>.isoformat())", "as_local(<t>)", "<t>.utcoffset()", "<t>.tzinfo",
]

LENGTHS = [
    "<q> + <q>", "<q> - <q>", "<q> * <i>", "<q> / <i>", "<q> // <i>", "-<q>", "<t> - <t>", "timedelta(hours=<n>)",
    "timedelta(<i>, <i>)", "timedelta(minutes=<n>, milliseconds=<i>)", "as_timedelta(<s>)", "<s> | as_timedelta",
"<q> | abs", "<q> % <q>", "<q> if <b> else <q>", "max(<q>, <q>)",
]

OCTETS = [
    "<s>.encode()", "<i> | pack('B')", "pack(<i>, '<i')", "<s> | base64_encode | base64_decode(none)", "<y> + <y>",
    "<y>[<i>:]", "<y> * <i>", "<y>[<i>]",
]

ANYTHING = [
    "<n>", "<s>", "<l>", "<d>", "<b>", "<n>", "<s>", "<l>", "<t>", "<q>", "<y>", "<r>", "x[<x>]", "<d>[<x>]", "<l>[<x>]",
    "x.a", "y.b.c", "x['a']", "x.a.b", "y[0].a", "<x>.a", "<x>[<i>]", "<x> | first", "<x> | last", "<x> | length", "<x> + <x>",
    "<x> * <i>", "<x> | list", "<x>.items()", "value_json.a", "value_json['b'][0]", "value_json.a.b", "value_json.c.0",
    "<x> if <b> else <x>", "<x> if <b>", "<x> | default", "<x> | default(<x>)", "<x> | default(<x>, true)", "<x> or <x>",
    "<x> and <x>", "<x> | is_defined", "<x> | iif(<x>, <x>)", "value", "value | float", "value | int(0) > 3",
    "value_json | to_json", "<s> | from_json", "<s> | from_json(default=<x>)", "namespace(a=<x>).a", "namespace(b=1).a",
    "cycler(<x>, <x>).next()", "cycler(1, 2).current", "loop.previtem", "loop.nextitem", "loop.depth", "loop", "<x>()",
    "<s>.nothing", "<n>.real", "<l>.a", "<x> | attr('a')", "<x> | attr(<s>)", "[<x>][0]", "{'a': <x>}.a", "u.a.b", "u", "u[0]",
    "none.a", "<x> == <x>", "<x> < <x>", "-<x>", "<x> | sort", "<x> | sum", "<x> | join(',')", "<x> | reverse", "<x> | max",
    "<x> | round(1)", "<x> | string | length", "set(<l>) | length", "set(<l>) == set(<l>)", "(set(<l>) - set(<l>)) | sort",
    "<l>.append(1)", "<d>.update({})", "<x> | upper", "<x> | replace('a', <x>)", "<d> | length", "<x> | abs", "caller()",
    "varargs", "kwargs", "f(<x>)", "g(<x>, b=<x>)", "range(<x>) | list", "<x> | map('string') | list", "not <x>",
]

PATTERNS = {"n": NUMBERS, "i": ["<i>"], "s": TEXTS, "l": LISTS, "r": ["<r>", "<r> | sort(attribute='a')", "<r>[<i>:]"],
            "d": DICTS, "b": TRUTHS, "t": TIMES, "q": LENGTHS, "y": OCTETS, "x": ANYTHING, "k": ["<k>"]}
