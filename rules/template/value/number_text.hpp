#pragma once
// Digits of numbers and how they are laid out: what the % operator and the format mini-language share. Pure.

#include <cstddef>
#include <string>
#include <string_view>

namespace gable::rules::jinja {

// The conversions of floats. 'r' is the shortest text that reads back as the same number.
struct RealStyle {
  char type = 'r';  // e, f, g, r or E, F, G
  std::size_t precision = 6;
  bool alternate = false;   // the point stays, and the zeros of 'g'
  bool point_zero = false;  // "1.0" where it would be "1"
};

// Of `number` without its sign; "inf", "nan".
std::string real_digits(double number, const RealStyle& style);

// Puts `separator` between groups of `group` digits, and zeros before them until it has `width` characters.
std::string grouped(std::string_view digits, char separator, std::size_t group, std::size_t width);

// `text` with `fill` around it until it is `width` code points long; align is '<', '>' or '^'.
struct Padding {
  std::string_view fill = " ";
  char align = '<';
  std::size_t width = 0;
};
void append_padded(std::string_view text, const Padding& padding, std::string& out);

}  // namespace gable::rules::jinja
