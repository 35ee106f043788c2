// Methods of bytes.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(BytesMethods, Basic) {
  expect_answers({
      {"{{ 'äb'.encode().decode() }}", "äb"},
      {"{{ 'äb'.encode().hex() }}", "c3a462"},
      {"{{ 'abcdef'.encode().hex('-',2) }}", "6162-6364-6566"},
      {"{{ 'abcdef'.encode().hex('-',-4) }}", "61626364-6566"},
      {"{{ 'a b'.encode().split() }}", "[b'a', b'b']"},
      {"{{ 'aXb'.encode().lower() }}", "b'axb'"},
      {"{{ 'a'.encode().startswith('a'.encode()) }}", "True"},
      {"{{ 'a'.encode().startswith('a') }}", "drop TypeError"},
      {"{{ 'abc'.encode().find(98) }}", "1"},
      {"{{ 'abc'.encode().find('c'.encode()) }}", "2"},
      {"{{ 'abc'.encode().count('z'.encode()) }}", "0"},
      {"{{ 'abc'.encode().replace('b'.encode(),'x'.encode()) }}", "b'axc'"},
      {"{{ '12'.encode().isdigit() }}", "True"},
      {"{{ 'Ab'.encode().istitle() }}", "True"},
      {"{{ 'ab'.encode().center(6) }}", "b'  ab  '"},
      {"{{ 'x'.encode().join(['a'.encode(),'b'.encode()]) }}", "b'axb'"},
      {"{{ 'x'.encode().join(['a']) }}", "drop TypeError"},
      {"{{ 'ab'.encode()[0] }}", "97"},
      {"{{ 'ab'.encode()|list }}", "[97, 98]"},
      {"{{ 'abc'.encode().upper() }}", "b'ABC'"},
      {"{{ '5'.encode().zfill(3) }}", "b'005'"},
  });
}

TEST(BytesMethods, Decode) {
  expect_answers({
      {"{{ 'ff'|from_hex }}", "b'\\xff'"},
      {"{{ ('ff'|from_hex).decode() }}", "drop ValueError"},
      {"{{ ('ff41'|from_hex).decode('utf-8','ignore') }}", "A"},
      {"{{ ('ff41'|from_hex).decode('latin-1') }}", "ÿA"},
      {"{{ ('e282ac e282 41'|from_hex).decode(errors='replace') }}", "€�A"},
      {"{{ ('ff41'|from_hex).decode('ascii') }}", "drop ValueError"},
      {"{{ ('610062'|from_hex).decode('utf-16-le') }}", "drop ValueError"},
      {"{{ ('fffe6100'|from_hex).decode('utf-16') }}", "a"},
      {"{{ ('3dd800de'|from_hex).decode('utf-16-le') }}", "😀"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
