#include "discovery/maps/expression.hpp"

#include <algorithm>
#include <charconv>

#include "template/house/house.hpp"
#include "template/json_values.hpp"
#include "wire/json.hpp"

namespace gable::discovery::maps {

namespace {

namespace jinja = rules::jinja;

constexpr std::size_t kLongest = 64 * std::size_t{1024};
constexpr std::string_view kOpen = "<<", kClose = ">>";

// An announcement means the same whenever it is read.
class NoRandom final : public jinja::RandomSource {
 public:
  std::uint64_t below(std::uint64_t /*bound*/) override { return 0; }
};

jinja::Rendering rendered(const jinja::Template& source, const Scope& scope) {
  const jinja::EmptyHouse house;
  const jinja::Clock clock;
  NoRandom random;
  return source.render(scope, {house, clock, random, {}});
}

wire::Error too_long() { return {wire::ErrorCode::too_large, "an expression has at most 64 KiB", ""}; }

// The place of a mistake, counted from the expression and not from the "{{" before it.
wire::Error without_braces(wire::Error error) {
  constexpr std::string_view kFirstLine = "1:";
  if (!error.where.starts_with(kFirstLine)) return error;
  const std::string_view digits = std::string_view(error.where).substr(kFirstLine.size());
  int column = 0;
  std::from_chars(digits.data(), digits.data() + digits.size(), column);
  error.where = std::string(kFirstLine) + std::to_string(std::max(1, column - 2));
  return error;
}

// Puts an expression into a template. The place of a mistake is that within the expression.
wire::Result<std::shared_ptr<const jinja::Template>> compiled(std::string_view source,
                                                              std::string_view before,
                                                              std::string_view after) {
  if (source.size() > kLongest) return too_long();
  // By itself first: what is wrong with it must not be hidden by what stands around it.
  if (auto alone = jinja::Template::compile("{{" + std::string(source) + "}}"); !alone)
    return without_braces(alone.error());
  auto made = jinja::Template::compile(std::string(before) + std::string(source) + std::string(after));
  if (!made) return made.error();
  return std::make_shared<const jinja::Template>(std::move(*made));
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t\r\n";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

wire::Error inside(wire::Error error, const std::string& key) {
  error.where = error.where.empty() ? key : key + "." + error.where;
  return error;
}

wire::Result<wire::Value> evaluate_list(const Tree::List& list, const Scope& scope) {
  wire::List made;
  for (std::size_t i = 0; i < list.size(); ++i) {
    auto item = list[i].evaluate(scope);
    if (!item) return inside(item.error(), std::to_string(i));
    made.push_back(std::move(*item));
  }
  return wire::Value(std::move(made));
}

wire::Result<wire::Value> evaluate_members(const Tree::Members& members, const Scope& scope) {
  wire::Object made;
  for (const auto& [key, tree] : members) {
    auto value = tree.evaluate(scope);
    if (!value) return inside(value.error(), key);
    const auto* pattern = std::get_if<Pattern>(&tree.content);
    if (pattern != nullptr && value->is_null() && key != "name") continue;
    made.set(key, std::move(*value));
  }
  return wire::Value(std::move(made));
}

}  // namespace

std::optional<std::string> text_of(const wire::Value& value) {
  if (value.is_null()) return std::string();
  if (const bool* boolean = value.as_bool()) return std::string(*boolean ? "True" : "False");
  if (value.as_list() != nullptr || value.as_object() != nullptr) return std::nullopt;
  return wire::plain_text(value);
}

wire::Result<Expression> Expression::compile(std::string_view source) {
  Expression made;
  if (source.find("{%") != std::string_view::npos || source.find("{{") != std::string_view::npos) {
    if (source.size() > kLongest) return too_long();
    auto whole = jinja::Template::compile(source);
    if (!whole) return whole.error();
    made.template_ = std::make_shared<const jinja::Template>(std::move(*whole));
    return made;
  }
  // Sets, ranges and the like are no JSON: write `| list`.
  auto template_made = compiled(source, "{{ (", ") | to_json }}");
  if (!template_made) return template_made.error();
  made.template_ = std::move(*template_made);
  return made;
}

wire::Result<wire::Value> Expression::evaluate(const Scope& scope) const {
  const jinja::Rendering made = rendered(*template_, scope);
  if (made.outcome != jinja::Outcome::text) {
    if (made.error.find("Undefined is not JSON") != std::string::npos)
      return wire::Error{wire::ErrorCode::failed,
                         "it is undefined; where it may be missing write `| default(none)`", ""};
    return wire::Error{wire::ErrorCode::failed, made.error, ""};
  }
  auto value = wire::parse_json(made.text, wire::kDocumentLimits);
  // Only a whole template prints something else than JSON.
  if (!value && value.error().code == wire::ErrorCode::malformed) return wire::Value(made.text);
  return value;
}

wire::Result<Condition> Condition::compile(std::string_view source) {
  Condition made;
  auto template_made = compiled(source, "{{ 1 if (", ") else 0 }}");
  if (!template_made) return template_made.error();
  made.template_ = std::move(*template_made);
  return made;
}

bool Condition::holds(const Scope& scope) const {
  const jinja::Rendering made = rendered(*template_, scope);
  return made.outcome == jinja::Outcome::text && made.text == "1";
}

wire::Result<Pattern> Pattern::compile(std::string_view source, const Texts& texts) {
  Pattern made;
  for (std::size_t begin = 0; begin < source.size();) {
    const std::size_t open = source.find(kOpen, begin);
    if (open != begin) made.pieces_.push_back({std::string(source.substr(begin, open - begin)), {}, {}});
    if (open == std::string_view::npos) break;
    const std::size_t close = source.find(kClose, open);
    if (close == std::string_view::npos)
      return wire::Error{wire::ErrorCode::malformed, "'<<' without '>>': expected << expression >>", ""};
    const std::string_view inner = source.substr(open + kOpen.size(), close - open - kOpen.size());
    Piece& piece = made.pieces_.emplace_back();
    if (const auto text = texts.find(trimmed(inner)); text != texts.end()) {
      piece.text = text->second;
    } else {
      auto expression = Expression::compile(inner);
      if (!expression) return expression.error();
      piece.expression = std::move(*expression);
    }
    begin = close + kClose.size();
  }
  return made;
}

bool Pattern::whole() const { return pieces_.size() == 1 && pieces_.front().expression.has_value(); }

std::string Pattern::outline() const {
  std::string out;
  for (const Piece& piece : pieces_)
    out += piece.expression ? "x" : piece.text ? piece.text->outline() : piece.literal;
  return out;
}

wire::Result<wire::Value> Pattern::evaluate(const Scope& scope) const {
  if (whole()) return pieces_.front().expression->evaluate(scope);
  std::string out;
  for (const Piece& piece : pieces_) {
    if (!piece.expression && !piece.text) {
      out += piece.literal;
      continue;
    }
    const auto value = piece.text ? piece.text->evaluate(scope) : piece.expression->evaluate(scope);
    if (!value) return value.error();
    const auto text = text_of(*value);
    if (!text) {
      return wire::Error{
          wire::ErrorCode::failed,
          "expected a text or a number within the text, got a " + std::string(value->type_name()), ""};
    }
    out += *text;
    if (out.size() > kLongest)
      return wire::Error{wire::ErrorCode::too_large, "a text has at most 64 KiB", ""};
  }
  return wire::Value(std::move(out));
}

wire::Result<wire::Value> Tree::evaluate(const Scope& scope) const {
  if (const auto* pattern = std::get_if<Pattern>(&content)) return pattern->evaluate(scope);
  if (const auto* list = std::get_if<List>(&content)) return evaluate_list(*list, scope);
  if (const auto* members = std::get_if<Members>(&content)) return evaluate_members(*members, scope);
  return std::get<wire::Value>(content);
}

}  // namespace gable::discovery::maps
