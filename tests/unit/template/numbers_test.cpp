// Numbers: conversion, rounding, functions, statistics, methods.
#include <gtest/gtest.h>

#include "answers.hpp"

namespace gable::rules::jinja {
namespace {

TEST(Numbers, Float) {
  expect_answers({
      {"{{ '3.5' | float }}", "3.5"},
      {"{{ ' 7 ' | float }}", "7.0"},
      {"{{ '1_000' | float }}", "1000.0"},
      {"{{ 'nan' | float }}", "nan"},
      {"{{ 'x' | float(0) }}", "0"},
      {"{{ none | float('d') }}", "d"},
      {"{{ true | float }}", "1.0"},
      {"{{ float('1e5') }}", "100000.0"},
      {"{{ [] | float(none) }}", "None"},
      {"{{ '-inf' | float }}", "-inf"},
      {"{{ 'x' | float(default=3) }}", "3"},
      {"{{ 5 | float }}", "5.0"},
      {"{{ 'x' | float }}", "drop ValueError"},
      {"{{ x | float(0) }}", "passthrough UndefinedError"},
      {"{{ (10**400) | float(0) }}", "drop OverflowError"},
      {"{{ none | float }}", "drop ValueError"},
  });
}

TEST(Numbers, Int) {
  expect_answers({
      {"{{ '21.9' | int }}", "21"},
      {"{{ '1e3' | int }}", "1000"},
      {"{{ '0x1f' | int(base=16) }}", "31"},
      {"{{ '0x1f' | int(0,16) }}", "31"},
      {"{{ '1f' | int(base=16) }}", "31"},
      {"{{ 'z' | int(7) }}", "7"},
      {"{{ 3.99 | int }}", "3"},
      {"{{ '-5.5' | int }}", "-5"},
      {"{{ none | int(1) }}", "1"},
      {"{{ '0b11' | int(base=0) }}", "3"},
      {"{{ '12' | int(base=99) }}", "12"},
      {"{{ '12' | int(base='a') }}", "12"},
      {"{{ int('12') }}", "12"},
      {"{{ true | int }}", "1"},
      {"{{ ' 1_0 ' | int }}", "10"},
      {"{{ 1e300 | int }}",
       "10000000000000000525047602552044202487044685811081591549158541155118024579889081957863713750804478640"
       "43704443832883878176942523235360430575644792184786706982848387200926575803737830233794788090059368953"
       "234970799945081119038967640880074652742780142494579258788820056842838115669472196386865459400540160"},
      {"{{ '100000000000000000000' | int }}", "100000000000000000000"},
      {"{{ '1e25' | int }}", "10000000000000000905969664"},
      {"{{ -7.9 | int }}", "-7"},
      {"{{ 'nan' | int(0) }}", "0"},
      {"{{ (10**30) | int }}", "1000000000000000000000000000000"},
      {"{{ '0b1' | int }}", "drop ValueError"},
      {"{{ 'inf' | int(0) }}", "drop OverflowError"},
      {"{{ inf | int(0) }}", "drop OverflowError"},
      {"{{ x | int(0) }}", "passthrough UndefinedError"},
      {"{{ none | int }}", "drop ValueError"},
  });
}

TEST(Numbers, Bool) {
  expect_answers({
      {"{{ 'Yes' | bool }}", "True"},
      {"{{ ' off ' | bool }}", "False"},
      {"{{ 'x' | bool(5) }}", "5"},
      {"{{ 0.0 | bool }}", "False"},
      {"{{ none | bool(3) }}", "3"},
      {"{{ x | bool('u') }}", "u"},
      {"{{ 'enable' | bool }}", "True"},
      {"{{ [1] | bool('l') }}", "l"},
      {"{{ 2 | bool }}", "True"},
      {"{{ bool('DISABLE') }}", "False"},
      {"{{ '1' | bool }}", "True"},
      {"{{ 'x' | bool }}", "drop ValueError"},
      {"{{ none | bool }}", "drop ValueError"},
  });
}

TEST(Numbers, Round) {
  expect_answers({
      {"{{ 2.5 | round }}", "2"},
      {"{{ 3.5 | round }}", "4"},
      {"{{ 2.675 | round(2) }}", "2.67"},
      {"{{ 21.45 | round(1) }}", "21.4"},
      {"{{ 1234 | round(-2) }}", "1200.0"},
      {"{{ 1250.0 | round(-2) }}", "1200.0"},
      {"{{ 1.1 | round(0,'ceil') }}", "2"},
      {"{{ 1.15 | round(1,'floor') }}", "1.1"},
      {"{{ 1.3 | round(1,'half') }}", "1.5"},
      {"{{ 1.3 | round(0,'half') }}", "1"},
      {"{{ '2.5' | round(1) }}", "2.5"},
      {"{{ 1.05 | round(1,'ceil') }}", "1.1"},
      {"{{ (-0.04) | round(1) }}", "-0.0"},
      {"{{ 15 | round(-1) }}", "20.0"},
      {"{{ 25 | round(-1) }}", "20.0"},
      {"{{ 1234.5 | round(-2,'ceil') }}", "1300.0"},
      {"{{ 'x' | round(1,'common','d') }}", "d"},
      {"{{ 1.5 | round(none,'common','d') }}", "d"},
      {"{{ 1.234 | round(1.5,'ceil') }}", "1.2649110640673518"},
      {"{{ 1.234 | round(true) }}", "1.2"},
      {"{{ 1.5 | round(default=1,method='x') }}", "2"},
      {"{{ 'nan' | float | round(default='n') }}", "n"},
      {"{{ 'nan' | float | round(2) }}", "nan"},
      {"{{ inf | round(1) }}", "inf"},
      {"{{ 1e300 | round(2) }}", "1e+300"},
      {"{{ 1e22 | round }}", "10000000000000000000000"},
      {"{{ 1.5 | round(400) }}", "1.5"},
      {"{{ 1.5 | round(-400) }}", "0.0"},
      {"{{ -1.5 | round(-400) }}", "-0.0"},
      {"{{ 1e22 | round(2) }}", "1e+22"},
      {"{{ 123456789.987654321 | round(5) }}", "123456789.98765"},
      {"{{ 5e-324 | round(323) }}", "0.0"},
      {"{{ 0.5 | round }}", "0"},
      {"{{ 1.5 | round(0) }}", "2"},
      {"{{ 5.5 | round(0.0,'ceil') }}", "6"},
      {"{{ 95 | round(-1) }}", "100.0"},
      {"{{ 950 | round(-2) }}", "1000.0"},
      {"{{ 5 | round(-1) }}", "0.0"},
      {"{{ 15.5 | round(-1) }}", "20.0"},
      {"{{ 14.99 | round(-1) }}", "10.0"},
      {"{{ 999.5 | round(-3) }}", "1000.0"},
      {"{{ 0.000125 | round(5) }}", "0.00013"},
      {"{{ 1e15 | round(1) }}", "1000000000000000.0"},
      {"{{ -2.5 | round }}", "-2"},
      {"{{ 'x' | round }}", "drop ValueError"},
      {"{{ x | round }}", "passthrough UndefinedError"},
      {"{{ inf | round }}", "drop OverflowError"},
      {"{{ inf | round(1,'ceil') }}", "drop OverflowError"},
      {"{{ 1.5 | round(400,'floor') }}", "drop OverflowError"},
      {"{{ 1.7e308 | round(-308) }}", "drop OverflowError"},
      {"{{ 1.5 | round('a') }}", "drop ValueError"},
      {"{{ 1.5 | round(x) }}", "passthrough UndefinedError"},
  });
}

TEST(Numbers, AddAndMultiply) {
  expect_answers({
      {"{{ 5 | add(3) }}", "8.0"},
      {"{{ '5' | multiply(2) }}", "10.0"},
      {"{{ 'x' | add(1,default='d') }}", "d"},
      {"{{ 5 | add('a', 0) }}", "0"},
      {"{{ 'x' | multiply(2, 'm') }}", "m"},
      {"{{ 5 | add(x, 0) }}", "passthrough UndefinedError"},
      {"{{ 'x' | multiply(1) }}", "drop ValueError"},
      {"{{ 5 | add('a') }}", "drop ValueError"},
  });
}

TEST(Numbers, IsNumber) {
  expect_answers({
      {"{{ '5' | is_number }}", "True"},
      {"{{ 'inf' | is_number }}", "False"},
      {"{{ none | is_number }}", "False"},
      {"{{ true is is_number }}", "True"},
      {"{{ is_number('1e5') }}", "True"},
      {"{{ '' | is_number }}", "False"},
      {"{{ 'unavailable' is is_number }}", "False"},
      {"{{ x | is_number }}", "passthrough UndefinedError"},
      {"{{ (10**400) | is_number }}", "drop OverflowError"},
  });
}

TEST(Numbers, Bits) {
  expect_answers({
      {"{{ 6 | bitwise_and(3) }}", "2"},
      {"{{ '6' | bitwise_or(1) }}", "7"},
      {"{{ bitwise_xor(6.9,3) }}", "5"},
      {"{{ bitwise_and(-1, 2**70) }}", "1180591620717411303424"},
      {"{{ -5 | bitwise_and(3) }}", "3"},
      {"{{ bitwise_or(-8, 3) }}", "-5"},
      {"{{ 'x' | bitwise_and(1) }}", "drop ValueError"},
      {"{{ none | bitwise_and(1) }}", "drop TypeError"},
      {"{{ x | bitwise_and(1) }}", "passthrough UndefinedError"},
      {"{{ inf | bitwise_and(1) }}", "drop OverflowError"},
  });
}

TEST(Numbers, Abs) {
  expect_answers({
      {"{{ (-5) | abs }}", "5"},
      {"{{ true | abs }}", "1"},
      {"{{ (-2.5) | abs }}", "2.5"},
      {"{{ (-(10**30)) | abs }}", "1000000000000000000000000000000"},
      {"{{ (-9223372036854775807 - 1) | abs }}", "9223372036854775808"},
      {"{{ 0.0 | abs }}", "0.0"},
      {"{{ 'a' | abs }}", "drop TypeError"},
      {"{{ x | abs }}", "drop TypeError"},
  });
}

TEST(Numbers, Functions) {
  expect_answers({
      {"{{ log(8,2) }}", "3.0"},
      {"{{ log(100,10) }}", "2.0"},
      {"{{ log('x',default=1) }}", "1"},
      {"{{ 10 | log }}", "2.302585092994046"},
      {"{{ log(1) }}", "0.0"},
      {"{{ log(inf) }}", "inf"},
      {"{{ log(5, 'x', 3) }}", "3"},
      {"{{ sqrt(2) }}", "1.4142135623730951"},
      {"{{ sin(1) }}", "0.8414709848078965"},
      {"{{ 1 | cos }}", "0.5403023058681398"},
      {"{{ tan(1) }}", "1.5574077246549023"},
      {"{{ asin(1) }}", "1.5707963267948966"},
      {"{{ acos(2, 'bad') }}", "bad"},
      {"{{ atan('1') }}", "0.7853981633974483"},
      {"{{ sqrt(none, 5) }}", "5"},
      {"{{ sqrt(inf) }}", "inf"},
      {"{{ sqrt('nan') }}", "nan"},
      {"{{ atan2(1,2) }}", "0.4636476090008061"},
      {"{{ atan2([1,2]) }}", "0.4636476090008061"},
      {"{{ (1,2) | atan2 }}", "0.4636476090008061"},
      {"{{ atan2('1', true) }}", "0.7853981633974483"},
      {"{{ log(0) }}", "drop ValueError"},
      {"{{ log(5,1) }}", "drop ZeroDivisionError"},
      {"{{ log(x) }}", "passthrough UndefinedError"},
      {"{{ sqrt(-1) }}", "drop ValueError"},
      {"{{ sin(inf) }}", "drop ValueError"},
      {"{{ sin(x, 1) }}", "passthrough UndefinedError"},
      {"{{ atan2(1) }}", "drop TypeError"},
      {"{{ atan2('a',1) }}", "drop ValueError"},
  });
}

TEST(Numbers, Constants) {
  expect_answers({
      {"{{ pi }}", "3.141592653589793"},
      {"{{ e }}", "2.718281828459045"},
      {"{{ tau }}", "6.283185307179586"},
      {"{{ inf }}", "inf"},
      {"{{ -inf }}", "-inf"},
  });
}

TEST(Numbers, Statistics) {
  expect_answers({
      {"{{ average(1,2,4) }}", "2.3333333333333335"},
      {"{{ [1,2] | average }}", "1.5"},
      {"{{ average([], default=3) }}", "3"},
      {"{{ [true,2.5] | average }}", "1.75"},
      {"{{ average([0.1]*10) }}", "0.1"},
      {"{{ average(1e16, 1, -1e16) }}", "0.3333333333333333"},
      {"{{ average('12', '3', default=7) }}", "7"},
      {"{{ average([inf,1]) }}", "inf"},
      {"{{ average([1e-320,2e-320,0.1,1e10]) }}", "2500000000.025"},
      {"{{ average(1) }}", "1.0"},
      {"{{ average([10**20]) }}", "1e+20"},
      {"{{ median([3,1,2]) }}", "2"},
      {"{{ median(1,2) }}", "1.5"},
      {"{{ median(['b','a','c']) }}", "b"},
      {"{{ median([], default='x') }}", "x"},
      {"{{ median([1,'a'],default=0) }}", "0"},
      {"{{ median([1,2.5,3,4]) }}", "2.75"},
      {"{{ [5] | median }}", "5"},
      {"{{ average([]) }}", "drop ValueError"},
      {"{{ average('a') }}", "drop ValueError"},
      {"{{ average([1,x]) }}", "passthrough UndefinedError"},
      {"{{ average() }}", "drop ValueError"},
      {"{{ average([10**400]) }}", "drop OverflowError"},
      {"{{ average([inf,-inf]) }}", "drop ValueError"},
      {"{{ average([1e308,1e308]) }}", "drop OverflowError"},
      {"{{ median([1,x]) }}", "passthrough UndefinedError"},
      {"{{ median([]) }}", "drop ValueError"},
  });
}

TEST(Numbers, ClampAndRemap) {
  expect_answers({
      {"{{ clamp(15,0,10) }}", "10"},
      {"{{ 1.5 | clamp(0,10) }}", "1.5"},
      {"{{ (-1) | clamp(0,10) }}", "0"},
      {"{{ clamp(5.0,5,10) }}", "5"},
      {"{{ remap(5,0,10,0,100) }}", "50.0"},
      {"{{ '5' | remap(0,10,0,1) }}", "0.5"},
      {"{{ remap(0.3,0,1,10,20) }}", "13.0"},
      {"{{ clamp('5',0,10) }}", "drop TypeError"},
      {"{{ clamp(x,0,10) }}", "passthrough UndefinedError"},
      {"{{ remap(5,1,1,0,100) }}", "drop ZeroDivisionError"},
      {"{{ remap('x',0,1,0,100) }}", "drop ValueError"},
      {"{{ remap(5,'0',1,0,100) }}", "drop TypeError"},
  });
}

TEST(Numbers, Methods) {
  expect_answers({
      {"{{ (5).bit_length() }}", "3"},
      {"{{ (5).real }}", "5"},
      {"{{ (2.5).is_integer() }}", "False"},
      {"{{ (0.1).as_integer_ratio() }}", "(3602879701896397, 36028797018963968)"},
      {"{{ (255).to_bytes(2,'big') }}", R"t(b'\x00\xff')t"},
      {"{{ (1.5).hex() }}", "0x1.8000000000000p+0"},
      {"{{ (5).conjugate() }}", "5"},
      {"{{ true.real }}", "1"},
      {"{{ (5).numerator }}", "5"},
      {"{{ (2.5).imag }}", "0.0"},
      {"{{ (5).imag }}", "0"},
      {"{{ (5).denominator }}", "1"},
      {"{{ (2.0).is_integer() }}", "True"},
      {"{{ (4.0).as_integer_ratio() }}", "(4, 1)"},
      {"{{ (1e300).as_integer_ratio()[1] }}", "1"},
      {"{{ (0.0).as_integer_ratio() }}", "(0, 1)"},
      {"{{ (-256).bit_length() }}", "9"},
      {"{{ (0).bit_length() }}", "0"},
      {"{{ (2**100).bit_length() }}", "101"},
      {"{{ (-2).to_bytes(2,'little',signed=true) }}", R"t(b'\xfe\xff')t"},
      {"{{ (5).to_bytes() }}", R"t(b'\x05')t"},
      {"{{ (5).bit_count() }}", "2"},
      {"{{ (5).as_integer_ratio() }}", "(5, 1)"},
      {"{{ (-128).to_bytes(1,'big',signed=true) }}", R"t(b'\x80')t"},
      {"{{ (0).to_bytes(0,'big') }}", "b''"},
      {"{{ true.bit_count() }}", "1"},
      {"{{ (0.0).hex() }}", "0x0.0p+0"},
      {"{{ (-3.75e-5).hex() }}", "-0x1.3a92a30553261p-15"},
      {"{{ inf.hex() }}", "inf"},
      {"{{ 5e-324.hex() }}", "0x0.0000000000001p-1022"},
      {"{{ (1e300).hex() }}", "0x1.7e43c8800759cp+996"},
      {"{{ (5).is_integer() }}", "passthrough UndefinedError"},
      {"{{ (1.5).bit_length() }}", "passthrough UndefinedError"},
      {"{{ (-1).to_bytes(2,'big') }}", "drop OverflowError"},
      {"{{ (300).to_bytes(1,'big') }}", "drop OverflowError"},
      {"{{ (128).to_bytes(1,'big',signed=true) }}", "drop OverflowError"},
      {"{{ (5).to_bytes(2,'x') }}", "drop ValueError"},
      {"{{ inf.as_integer_ratio() }}", "drop OverflowError"},
  });
}

}  // namespace
}  // namespace gable::rules::jinja
