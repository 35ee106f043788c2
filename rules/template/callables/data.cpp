// JSON, bytes, hashes and what else turns data into other data; defaults and types.

#include "template/callables/codec.hpp"
#include "template/callables/digest.hpp"
#include "template/callables/json_text.hpp"
#include "template/callables/pack.hpp"
#include "template/callables/text_kinds.hpp"
#include "template/callables/version.hpp"
#include "template/json_values.hpp"
#include "template/value/error.hpp"

namespace gable::rules::jinja {
namespace {

Value default_to(Evaluation& /*evaluation*/, const Bound& arguments) {
  const bool missing = arguments[0].is_undefined() || (arguments.flag(2, false) && !truth(arguments[0]));
  if (!missing) return arguments[0];
  return arguments.has(1) ? arguments[1] : Value("");
}

Value is_defined(Evaluation& /*evaluation*/, const Bound& arguments) {
  require_defined(arguments[0]);
  return arguments[0];
}

Value iif(Evaluation& /*evaluation*/, const Bound& arguments) {
  if (arguments[0].is_none() && arguments.has(3)) return arguments[3];
  if (truth(arguments[0])) return arguments.has(1) ? arguments[1] : Value(true);
  return arguments.has(2) ? arguments[2] : Value(false);
}

Value type_of(Evaluation& /*evaluation*/, const Bound& arguments) { return type_name(arguments[0]); }

// Bytes are read as UTF-8. Nothing is no text, or text that is no JSON.
std::optional<Value> json_value(Evaluation& evaluation, const Value& text) {
  const std::string* octets = text.as_text();
  if (octets == nullptr) octets = text.as_bytes();
  if (octets == nullptr) return std::nullopt;
  evaluation.budget().work(octets->size());
  wire::Result<Value> value = read_json(*octets);
  if (!value) return std::nullopt;
  return std::move(*value);
}

Value from_json(Evaluation& evaluation, const Bound& arguments) {
  if (std::optional<Value> value = json_value(evaluation, arguments[0])) return *std::move(value);
  if (arguments.has(1)) return arguments[1];
  throw_value_error("'from_json' got invalid input '" + str(arguments[0]) + "' and no default was given");
}

Value to_json(Evaluation& evaluation, const Bound& arguments) {
  constexpr std::size_t kIndent = 2;
  JsonLayout layout;
  layout.ascii = arguments.flag(1, false);
  if (arguments.flag(2, false)) layout.indent.emplace(kIndent, ' ');
  layout.sort_keys = arguments.flag(3, false);
  // Compact, but Python's own spacing for ASCII: Home Assistant writes the two with different libraries.
  if (layout.ascii && !layout.indent) layout.between_items = ", ";
  if (layout.ascii || layout.indent) layout.after_key = ": ";
  return json_text(evaluation, arguments[0], layout);
}

Value tojson(Evaluation& evaluation, const Bound& arguments) {
  JsonLayout layout{true, true, std::nullopt, ", ", ": "};
  // Python looks at the indentation only where there is something to indent.
  if (arguments.has(1) && !arguments[1].is_none() && arguments[0].as_text() == nullptr) {
    require_defined(arguments[1]);
    layout.between_items = ",";
    if (const std::string* const indent = arguments[1].as_text()) {
      layout.indent = *indent;
    } else {
      const auto size = static_cast<std::size_t>(std::max<std::int64_t>(need_index(arguments[1]), 0));
      evaluation.budget().text(size);
      layout.indent.emplace(size, ' ');
    }
  }
  return html_safe_json(json_text(evaluation, arguments[0], layout));
}

Value base64_encode(Evaluation& evaluation, const Bound& arguments) {
  const std::string* octets = arguments[0].as_text();
  if (octets == nullptr) octets = arguments[0].as_bytes();
  if (octets == nullptr) {
    throw_type_error("a bytes-like object is required, not '" + std::string(type_name(arguments[0])) + "'");
  }
  evaluation.budget().text(octets->size() * 2);
  return base64_text(*octets);
}

Value base64_decode(Evaluation& evaluation, const Bound& arguments) {
  static const Value kEncoding = "utf-8";
  const std::string* octets = arguments[0].as_bytes();
  if (octets == nullptr) {
    octets = arguments[0].as_text();
    if (octets == nullptr) {
      throw_type_error("argument should be a bytes-like object or ASCII string, not '" +
                       std::string(type_name(arguments[0])) + "'");
    }
    if (!unicode::is_ascii(*octets))
      throw_value_error("string argument should contain only ASCII characters");
  }
  evaluation.budget().work(octets->size());
  std::string plain = base64_octets(*octets);
  const Value& encoding = arguments.get(1, kEncoding);
  if (!truth(encoding)) return Bytes{std::move(plain)};
  return decoded(evaluation, plain, need_text(encoding, "encoding"), "strict");
}

Value from_hex(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view text = need_text(arguments[0], "fromhex() argument");
  evaluation.budget().work(text.size());
  return Bytes{hex_octets(text)};
}

template <const char* const& Algorithm>
Value digest(Evaluation& evaluation, const Bound& arguments) {
  require_defined(arguments[0]);
  const std::string* const text = arguments[0].as_text();
  if (text == nullptr) throw_no_attribute(arguments[0], "encode");
  evaluation.budget().work(text->size() * 4);
  return hex_digest(Algorithm, *text);
}
constexpr const char* kMd5 = "MD5";
constexpr const char* kSha1 = "SHA1";
constexpr const char* kSha256 = "SHA256";
constexpr const char* kSha512 = "SHA512";

std::string_view format_of(const Value& value) {
  if (const std::string* const octets = value.as_bytes()) return *octets;
  return need_text(value, "Struct() argument 1");
}

Value pack_value(Evaluation& evaluation, const Bound& arguments) {
  return pack(evaluation, format_of(arguments[1]), arguments[0]).value_or(None{});
}

Value unpack_value(Evaluation& evaluation, const Bound& arguments) {
  const std::string_view format = format_of(arguments[1]);
  const std::int64_t offset = arguments.has(2) ? need_index(arguments[2]) : 0;
  if (!is_pack_format(format)) return None{};
  const std::string* const octets = arguments[0].as_bytes();
  if (octets == nullptr) {
    throw_type_error("a bytes-like object is required, not '" + std::string(type_name(arguments[0])) + "'");
  }
  return unpack(evaluation, format, *octets, offset).value_or(None{});
}

Value version(Evaluation& evaluation, const Bound& arguments) {
  std::string kept;
  const std::string_view text = text_of(arguments[0], kept);
  evaluation.budget().work(text.size());
  return version_value(text);
}

constexpr Callable kFilters[] = {
    {"base64_decode", "value, encoding?", base64_decode},
    {"base64_encode", "value", base64_encode},
    {"d", "value, default_value?, boolean?", default_to},
    {"default", "value, default_value?, boolean?", default_to},
    {"from_hex", "value", from_hex},
    {"from_json", "value, default?", from_json},
    {"iif", "value, if_true?, if_false?, if_none?", iif},
    {"is_defined", "value", is_defined},
    {"md5", "value", digest<kMd5>},
    {"pack", "value, format_string", pack_value},
    {"sha1", "value", digest<kSha1>},
    {"sha256", "value", digest<kSha256>},
    {"sha512", "value", digest<kSha512>},
    {"to_json", "value, ensure_ascii?, pretty_print?, sort_keys?", to_json},
    {"tojson", "value, indent?", tojson},
    {"typeof", "value", type_of},
    {"unpack", "value, format_string, offset?", unpack_value},
    {"version", "value", version},
};

constexpr Callable kFunctions[] = {
    {"iif", "value, if_true?, if_false?, if_none?", iif},
    {"md5", "value", digest<kMd5>},
    {"pack", "value, format_string", pack_value},
    {"sha1", "value", digest<kSha1>},
    {"sha256", "value", digest<kSha256>},
    {"sha512", "value", digest<kSha512>},
    {"typeof", "value", type_of},
    {"unpack", "value, format_string, offset?", unpack_value},
    {"version", "value", version},
};

}  // namespace

CallableTable data_filters() { return kFilters; }
CallableTable data_functions() { return kFunctions; }

}  // namespace gable::rules::jinja
