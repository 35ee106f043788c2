// Numbers and octets in binary layouts.

#include "template/callables/pack.hpp"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>
#include <string>
#include <vector>

#include "template/callables/half.hpp"
#include "template/value/big_integer.hpp"
#include "template/value/error.hpp"
#include "template/value/operations.hpp"

namespace gable::rules::jinja {
namespace {

// One letter of a format with its count.
struct Field {
  char code = 0;
  std::size_t count = 1;
  std::size_t size = 1;    // octets of one
  std::size_t offset = 0;  // of the first
  // "4s" is one value, "4H" are four, "4x" is none.
  [[nodiscard]] std::size_t values() const {
    if (code == 'x') return 0;
    return code == 's' || code == 'p' ? 1 : count;
  }
};

struct Layout {
  std::vector<Field> fields;
  std::size_t size = 0;
  bool native = true;
  bool big_endian = std::endian::native == std::endian::big;
};

// Octets of one; 0 for a letter that is none. Native sizes are those of 64-bit Unix, as where Home Assistant
// runs.
std::size_t size_of(char code, bool native) {
  switch (code) {
    case 'x':
    case 'c':
    case 'b':
    case 'B':
    case '?':
    case 's':
    case 'p':
      return 1;
    case 'h':
    case 'H':
    case 'e':
      return 2;
    case 'i':
    case 'I':
    case 'f':
      return 4;
    case 'l':
    case 'L':
      return native ? 8 : 4;
    case 'q':
    case 'Q':
    case 'd':
      return 8;
    case 'n':
    case 'N':
    case 'P':
      return native ? 8 : 0;
    default:
      return 0;
  }
}

constexpr bool is_space(char c) { return c == ' ' || (c >= 9 && c <= 13); }

std::optional<Layout> layout_of(std::string_view format) {
  constexpr std::size_t kMost = 1 << 30;
  Layout layout;
  if (!format.empty() && std::string_view("@=<>!").find(format.front()) != std::string_view::npos) {
    const char order = format.front();
    layout.native = order == '@';
    if (order == '<') layout.big_endian = false;
    if (order == '>' || order == '!') layout.big_endian = true;
    format.remove_prefix(1);
  }
  for (std::size_t at = 0; at < format.size(); ++at) {
    if (is_space(format[at])) continue;
    Field field;
    const char* const end = format.data() + format.size();
    const auto digits = std::from_chars(format.data() + at, end, field.count);
    if (digits.ec == std::errc::result_out_of_range || digits.ptr == end) return std::nullopt;
    field.code = *digits.ptr;
    at = static_cast<std::size_t>(digits.ptr - format.data());
    field.size = size_of(field.code, layout.native);
    if (field.size == 0 || field.count > kMost) return std::nullopt;
    if (layout.native) layout.size = (layout.size + field.size - 1) / field.size * field.size;
    field.offset = layout.size;
    layout.size += field.count * field.size;
    if (layout.size > kMost) return std::nullopt;
    layout.fields.push_back(field);
  }
  return layout;
}

void put(std::uint64_t bits, std::size_t size, bool big_endian, char* out) {
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t place = big_endian ? size - 1 - i : i;
    out[place] = static_cast<char>(bits >> (8 * i) & 0xFFU);
  }
}

std::uint64_t get(std::string_view octets, bool big_endian) {
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < octets.size(); ++i) {
    const std::size_t place = big_endian ? i : octets.size() - 1 - i;
    bits = bits << 8U | static_cast<unsigned char>(octets[place]);
  }
  return bits;
}

bool is_signed(char code) { return code >= 'a' && code <= 'z'; }

// The bits of an integer that fits `size` octets.
std::optional<std::uint64_t> integer_bits(const Value& value, char code, std::size_t size) {
  constexpr std::size_t kWhole = 8;
  if (const BigInteger* const big = value.as_big()) {
    const std::string digits = big->text();
    std::uint64_t number = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool fits = big->sign() > 0 && read.ec == std::errc() && size == kWhole && !is_signed(code);
    return fits ? std::optional(number) : std::nullopt;
  }
  std::int64_t number = 0;
  if (!small_integer(value, number)) return std::nullopt;
  if (size < kWhole) {
    const std::int64_t range = std::int64_t{1} << (8 * size);
    const std::int64_t low = is_signed(code) ? -range / 2 : 0;
    if (number < low || number >= low + range) return std::nullopt;
  } else if (number < 0 && !is_signed(code) && code != 'P') {
    return std::nullopt;
  }
  return static_cast<std::uint64_t>(number);
}

std::optional<double> real_of(const Value& value) {
  if (!value.is_number()) return std::nullopt;
  try {
    return to_real(value);
  } catch (const EvaluationError&) {
    return std::nullopt;  // an integer beyond all floats
  }
}

std::optional<std::uint64_t> real_bits(const Value& value, char code, bool native) {
  const std::optional<double> number = real_of(value);
  if (!number) return std::nullopt;
  if (code == 'd') return std::bit_cast<std::uint64_t>(*number);
  // OverflowError is for floats, and not in native format: an integer that is too large is a struct.error.
  const bool is_real = value.as_real() != nullptr;
  if (code == 'f') {
    const auto narrow = static_cast<float>(*number);
    if (std::isinf(narrow) && !std::isinf(*number) && !native) {
      if (!is_real) return std::nullopt;
      throw_error(ErrorClass::overflow_error, "float too large to pack with f format");
    }
    return std::bit_cast<std::uint32_t>(narrow);
  }
  if (const std::optional<std::uint16_t> half = half_bits(*number)) return *half;
  if (!is_real) return std::nullopt;
  throw_error(ErrorClass::overflow_error, "float too large to pack with e format");
}

bool pack_octets(const Value& value, const Field& field, char* out) {
  const std::string* const octets = value.as_bytes();
  if (octets == nullptr || (field.code == 'c' && octets->size() != 1)) return false;
  constexpr std::size_t kLongest = 255;
  std::size_t room = field.count;
  if (field.code == 'p' && room > 0) {
    --room;
    *out++ = static_cast<char>(std::min({octets->size(), room, kLongest}));
  }
  std::copy_n(octets->begin(), std::min(room, octets->size()), out);
  return true;
}

bool pack_field(const Value& value, const Field& field, const Layout& layout, char* out) {
  std::optional<std::uint64_t> bits;
  switch (field.code) {
    case 'c':
    case 's':
    case 'p':
      return pack_octets(value, field, out);
    case '?':
      bits = truth(value) ? 1 : 0;
      break;
    case 'e':
    case 'f':
    case 'd':
      bits = real_bits(value, field.code, layout.native);
      break;
    default:
      bits = integer_bits(value, field.code, field.size);
  }
  if (bits) put(*bits, field.size, layout.big_endian, out);
  return bits.has_value();
}

Value integer_of(std::uint64_t bits, char code, std::size_t size) {
  if (is_signed(code)) {
    const auto unused = static_cast<unsigned>(64 - 8 * size);
    return static_cast<std::int64_t>(bits << unused) >> unused;
  }
  if (bits <= static_cast<std::uint64_t>(INT64_MAX)) return static_cast<std::int64_t>(bits);
  return integer_from_digits(std::to_string(bits), 10).value_or(None{});
}

Value octets_of(const Field& field, std::string_view octets) {
  if (field.code != 'p') return Bytes{std::string(octets)};
  if (octets.empty()) return Bytes{};
  const std::size_t size = static_cast<unsigned char>(octets.front());
  return Bytes{std::string(octets.substr(1, size))};
}

Value value_of(const Field& field, std::string_view octets, bool big_endian) {
  const std::string_view first = octets.substr(field.offset, field.size);
  switch (field.code) {
    case 's':
    case 'p':
      return octets_of(field, octets.substr(field.offset, field.count));
    case 'c':
      return Bytes{std::string(first)};
    case '?':
      return get(first, big_endian) != 0;
    case 'e':
      return half_value(static_cast<std::uint16_t>(get(first, big_endian)));
    case 'f':
      return static_cast<double>(std::bit_cast<float>(static_cast<std::uint32_t>(get(first, big_endian))));
    case 'd':
      return std::bit_cast<double>(get(first, big_endian));
    default:
      return integer_of(get(first, big_endian), field.code, field.size);
  }
}

}  // namespace

std::optional<Value> pack(Evaluation& evaluation, std::string_view format, const Value& value) {
  const std::optional<Layout> layout = layout_of(format);
  if (!layout) return std::nullopt;
  std::size_t values = 0;
  const Field* only = nullptr;
  for (const Field& field : layout->fields) {
    values += field.values();
    if (field.values() > 0) only = &field;
  }
  if (values != 1) return std::nullopt;
  evaluation.budget().text(layout->size);
  std::string octets(layout->size, '\0');
  if (!pack_field(value, *only, *layout, octets.data() + only->offset)) return std::nullopt;
  return Bytes{std::move(octets)};
}

bool is_pack_format(std::string_view format) { return layout_of(format).has_value(); }

std::optional<Value> unpack(Evaluation& evaluation, std::string_view format, std::string_view octets,
                            std::int64_t offset) {
  const std::optional<Layout> layout = layout_of(format);
  if (!layout) return std::nullopt;
  const auto size = static_cast<std::int64_t>(octets.size());
  if (offset < 0) offset += size;
  if (offset < 0 || offset > size || static_cast<std::size_t>(size - offset) < layout->size) {
    return std::nullopt;
  }
  evaluation.budget().work(layout->size);
  const auto field = std::ranges::find_if(layout->fields, [](const Field& f) { return f.values() > 0; });
  if (field == layout->fields.end()) throw_error(ErrorClass::index_error, "tuple index out of range");
  return value_of(*field, octets.substr(static_cast<std::size_t>(offset)), layout->big_endian);
}

}  // namespace gable::rules::jinja
