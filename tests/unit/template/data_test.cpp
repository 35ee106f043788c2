// JSON, bytes, layouts, check sums, defaults.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Data, ToJson) {
  expect_answers({
      {"{{ {'b':1,'a':[1,2.0,none,true,'ä']}|to_json }}", "{\"b\":1,\"a\":[1,2.0,null,true,\"ä\"]}"},
      {"{{ {'b':1,'a':'ä'}|to_json(ensure_ascii=true) }}", "{\"b\": 1, \"a\": \"\\u00e4\"}"},
      {"{{ {'b':1,'a':[1,{}]}|to_json(pretty_print=true) }}",
       "{\n  \"b\": 1,\n  \"a\": [\n    1,\n    {}\n  ]\n}"},
      {"{{ {'b':1,'a':[]}|to_json(sort_keys=true) }}", "{\"a\":[],\"b\":1}"},
      {"{{ {'b':1,'a':2}|to_json(true,true,true) }}", "{\n  \"a\": 2,\n  \"b\": 1\n}"},
      {"{{ {1:2,none:3,true:4,1.5:5}|to_json }}", "{\"1\":4,\"null\":3,\"1.5\":5}"},
      {"{{ {(1,2):3}|to_json }}", "drop TypeError"},
      {"{{ 'a\"\\\\\\n\\t/\\u0001'|to_json }}", "\"a\\\"\\\\\\n\\t/\\u0001\""},
      {"{{ '😀'|to_json(true) }}", "\"\\ud83d\\ude00\""},
      {"{{ undef|to_json }}", "drop TypeError"},
      {"{{ set([1])|to_json }}", "drop TypeError"},
      {"{{ [undef]|to_json }}", "drop TypeError"},
      {"{{ (1,2)|to_json }}", "[1,2]"},
      {"{{ 10**20|to_json }}", "drop TypeError"},
      {"{{ 1e20|to_json }}", "1e+20"},
      {"{{ 'x'.encode()|to_json }}", "drop TypeError"},
      {"{{ {1:1,'a':2}|to_json(sort_keys=true) }}", "drop TypeError"},
      {"{{ now()|to_json }}", "drop TypeError"},
      {"{{ [float('nan'),inf,-inf]|to_json }}", "[NaN,Infinity,-Infinity]"},
  });
}

TEST(Data, ToHtmlJson) {
  expect_answers({
      {"{{ {'b':'<a>','a':\"it's & ä\"}|tojson }}",
       "{\"a\": \"it\\u0027s \\u0026 \\u00e4\", \"b\": \"\\u003ca\\u003e\"}"},
      {"{{ [1,{'a':2}]|tojson(2) }}", "[\n  1,\n  {\n    \"a\": 2\n  }\n]"},
      {"{{ [1]|tojson('--') }}", "[\n--1\n]"},
      {"{{ []|tojson(2) }}", "[]"},
      {"{{ undef|tojson }}", "drop TypeError"},
      {"{{ [1]|tojson(0) }}", "[\n1\n]"},
  });
}

TEST(Data, FromJson) {
  expect_answers({
      {"{{ '{\"a\":[1,2.0]}'|from_json }}", "{'a': [1, 2.0]}"},
      {"{{ ('{\"a\":[1,2.0]}'|from_json).a[1] }}", "2.0"},
      {"{{ 'x'|from_json }}", "drop ValueError"},
      {"{{ 'x'|from_json(5) }}", "5"},
      {"{{ 'x'|from_json(default=none) }}", "None"},
      {"{{ 5|from_json }}", "drop ValueError"},
      {"{{ undef|from_json }}", "drop ValueError"},
      {"{{ undef|from_json(1) }}", "1"},
      {"{{ '[1]'.encode()|from_json }}", "[1]"},
      {"{{ 'NaN'|from_json }}", "drop ValueError"},
      {"{{ ''|from_json('e') }}", "e"},
      {"{{ ' 5 '|from_json }}", "5"},
      {"{{ '100000000000000000000'|from_json }}", "100000000000000000000"},
      {"{{ '{\"a\":1,\"a\":2}'|from_json }}", "{'a': 2}"},
  });
}

TEST(Data, Base64) {
  expect_answers({
      {"{{ 'hello ä'|base64_encode }}", "aGVsbG8gw6Q="},
      {"{{ 'aGVsbG8gw6Q='|base64_decode }}", "hello ä"},
      {"{{ 'aGVsbG8'|base64_decode }}", "drop ValueError"},
      {"{{ 'aGVs*bG8='|base64_decode }}", "hello"},
      {"{{ '/w=='|base64_decode }}", "drop ValueError"},
      {"{{ '/w=='|base64_decode(none) }}", "b'\\xff'"},
      {"{{ '/w=='|base64_decode('latin-1') }}", "ÿ"},
      {"{{ 'a'|base64_decode }}", "drop ValueError"},
      {"{{ 'ä'|base64_decode }}", "drop ValueError"},
      {"{{ 5|base64_decode }}", "drop TypeError"},
      {"{{ 'ff'|from_hex|base64_encode }}", "/w=="},
      {"{{ 5|base64_encode }}", "drop TypeError"},
      {"{{ undef|base64_encode }}", "drop TypeError"},
      {"{{ ''|base64_encode }}", ""},
      {"{{ 'YQ==YQ=='|base64_decode }}", "a"},
      {"{{ 'YWI=YWI='|base64_decode }}", "ab"},
  });
}

TEST(Data, Hexadecimal) {
  expect_answers({
      {"{{ '0a ff'|from_hex }}", "b'\\n\\xff'"},
      {"{{ '0aF'|from_hex }}", "drop ValueError"},
      {"{{ 'zz'|from_hex }}", "drop ValueError"},
      {"{{ 5|from_hex }}", "drop TypeError"},
      {"{{ ''|from_hex }}", "b''"},
      {"{{ 'a b'|from_hex }}", "drop ValueError"},
  });
}

TEST(Data, Pack) {
  expect_answers({
      {"{{ 1000|pack('>H') }}", "b'\\x03\\xe8'"},
      {"{{ 1000|pack('<I') }}", "b'\\xe8\\x03\\x00\\x00'"},
      {"{{ -1|pack('b') }}", "b'\\xff'"},
      {"{{ 256|pack('B') }}", "None"},
      {"{{ 1.5|pack('>f') }}", "b'?\\xc0\\x00\\x00'"},
      {"{{ 1.5|pack('!d') }}", "b'?\\xf8\\x00\\x00\\x00\\x00\\x00\\x00'"},
      {"{{ 1.5|pack('>e') }}", "b'>\\x00'"},
      {"{{ 'abc'.encode()|pack('5s') }}", "b'abc\\x00\\x00'"},
      {"{{ 'abc'.encode()|pack('5p') }}", "b'\\x03abc\\x00'"},
      {"{{ 5|pack('s') }}", "None"},
      {"{{ 1|pack('>HH') }}", "None"},
      {"{{ 1|pack('z') }}", "None"},
      {"{{ 1|pack('') }}", "None"},
      {"{{ true|pack('?') }}", "b'\\x01'"},
      {"{{ 1|pack('bi') }}", "None"},
      {"{{ 1|pack('2xH') }}", "b'\\x00\\x00\\x01\\x00'"},
      {"{{ 1e300|pack('f') }}", "b'\\x00\\x00\\x80\\x7f'"},
      {"{{ 1|pack(5) }}", "drop TypeError"},
      {"{{ 18446744073709551615|pack('>Q') }}", "b'\\xff\\xff\\xff\\xff\\xff\\xff\\xff\\xff'"},
      {"{{ 1.5|pack('H') }}", "None"},
      {"{{ pack(7,'<h') }}", "b'\\x07\\x00'"},
      {"{{ 'a'.encode()|pack('c') }}", "b'a'"},
  });
}

TEST(Data, Unpack) {
  expect_answers({
      {"{{ '03e8'|from_hex|unpack('>H') }}", "1000"},
      {"{{ 'e803'|from_hex|unpack('<H') }}", "1000"},
      {"{{ 'ff'|from_hex|unpack('b') }}", "-1"},
      {"{{ 1|unpack('>B>B') }}", "None"},  // the format is looked at first
      {"{{ 'ffff'|from_hex|unpack('>H',1) }}", "None"},
      {"{{ '0102'|from_hex|unpack('B',1) }}", "2"},
      {"{{ '0102'|from_hex|unpack('B',-1) }}", "2"},
      {"{{ '3fc00000'|from_hex|unpack('>f') }}", "1.5"},
      {"{{ '3e00'|from_hex|unpack('>e') }}", "1.5"},
      {"{{ 'ffffffffffffffff'|from_hex|unpack('>Q') }}", "18446744073709551615"},
      {"{{ 'ffffffffffffffff'|from_hex|unpack('>q') }}", "-1"},
      {"{{ '616263'|from_hex|unpack('3s') }}", "b'abc'"},
      {"{{ '02616263'|from_hex|unpack('4p') }}", "b'ab'"},
      {"{{ '01'|from_hex|unpack('?') }}", "True"},
      {"{{ '01'|from_hex|unpack('x') }}", "drop IndexError"},
      {"{{ '01'|unpack('B') }}", "drop TypeError"},
      {"{{ '0100000002000000'|from_hex|unpack('bi') }}", "1"},
      {"{{ '01'|from_hex|unpack('z') }}", "None"},
      {"{{ unpack('7f'|from_hex,'b') }}", "127"},
  });
}

TEST(Data, Hashes) {
  expect_answers({
      {"{{ 'abc'|md5 }}", "900150983cd24fb0d6963f7d28e17f72"},
      {"{{ 'abc'|sha1 }}", "a9993e364706816aba3e25717850c26c9cd0d89d"},
      {"{{ 'abc'|sha256 }}", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},
      {"{{ 'ä'|sha512 }}",
       "64868c5784a6004e675bcf405f549369bf607cd3269c0cac1711e21ba9f40a5abbf0c7535856e7cf77ea55a072dd04aa89eea"
       "361e95f497aa965309b50587157"},
      {"{{ md5('') }}", "d41d8cd98f00b204e9800998ecf8427e"},
      {"{{ undef|md5 }}", "passthrough UndefinedError"},
      {"{{ 5|md5 }}", "drop AttributeError"},
      {"{{ 'x'.encode()|md5 }}", "drop AttributeError"},
  });
}

TEST(Data, Defaults) {
  expect_answers({
      {"{{ undef|default('x') }}", "x"},
      {"{{ none|default('x') }}", "None"},
      {"{{ none|default('x',true) }}", "x"},
      {"{{ ''|d('x',true) }}", "x"},
      {"{{ 0|d(5,boolean=true) }}", "5"},
      {"{{ undef|d }}", ""},
      {"{{ undef|d(default_value=3) }}", "3"},
      {"{{ 'a'|is_defined }}", "a"},
      {"{{ undef|is_defined }}", "passthrough UndefinedError"},
      {"{{ none|is_defined }}", "None"},
      {"{{ value_json.x|is_defined }}", "passthrough UndefinedError"},
  });
}

TEST(Data, ImmediateIf) {
  expect_answers({
      {"{{ iif(true) }}", "True"},
      {"{{ iif(false) }}", "False"},
      {"{{ iif(0,'y','n') }}", "n"},
      {"{{ iif('a','y','n') }}", "y"},
      {"{{ iif(none,'y','n','u') }}", "u"},
      {"{{ iif(none,'y','n') }}", "n"},
      {"{{ (1 > 0)|iif('y','n') }}", "y"},
      {"{{ iif(undef,1,2) }}", "2"},
      {"{{ iif() }}", "drop TypeError"},
  });
}

TEST(Data, Types) {
  expect_answers({
      {"{{ 1|typeof }}", "int"},
      {"{{ 1.0|typeof }}", "float"},
      {"{{ 'a'|typeof }}", "str"},
      {"{{ []|typeof }}", "list"},
      {"{{ {}|typeof }}", "dict"},
      {"{{ (1,)|typeof }}", "tuple"},
      {"{{ none|typeof }}", "NoneType"},
      {"{{ true|typeof }}", "bool"},
      {"{{ undef|typeof }}", "Undefined"},
      {"{{ now()|typeof }}", "datetime"},
      {"{{ timedelta(1)|typeof }}", "timedelta"},
      {"{{ set([1])|typeof }}", "set"},
      {"{{ typeof('a'.encode()) }}", "bytes"},
      {"{{ 10**20|typeof }}", "drop TypeError"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
