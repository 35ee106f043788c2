#pragma once
// The parts of a device map that are calculated when a device is announced: expressions of the templates'
// language, texts with `<< expression >>` in them, and lists and objects of these. `{{ }}` is left alone: it
// is for the messages that come later.

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "template/template.hpp"
#include "wire/result_type.hpp"
#include "wire/value.hpp"

namespace gable::discovery::maps {

// What expressions can name; a later one hides an earlier one. The names are borrowed (they are the map's).
using Scope = std::vector<rules::jinja::Variable>;

class Expression {
 public:
  // An expression, or (with {% or {{ in it) a whole template, whose text is read as JSON if it is some.
  // Errors: malformed, too_large, with "line:column" of the mistake in `where`.
  static wire::Result<Expression> compile(std::string_view source);
  // Errors: failed (something is undefined, or cannot be calculated), too_large.
  [[nodiscard]] wire::Result<wire::Value> evaluate(const Scope& scope) const;

 private:
  std::shared_ptr<const rules::jinja::Template> template_;
};

// True or not; what cannot be calculated is not true.
class Condition {
 public:
  static wire::Result<Condition> compile(std::string_view source);
  [[nodiscard]] bool holds(const Scope& scope) const;

 private:
  std::shared_ptr<const rules::jinja::Template> template_;
};

class Pattern;
using Texts = std::map<std::string, std::shared_ptr<const Pattern>, std::less<>>;

// A text, in which `<< name >>` may also be one of the map's `texts`.
class Pattern {
 public:
  static wire::Result<Pattern> compile(std::string_view source, const Texts& texts);
  // A text that is one expression and nothing else gives its value, others a text. Errors: failed, too_large.
  [[nodiscard]] wire::Result<wire::Value> evaluate(const Scope& scope) const;
  // One expression and nothing else.
  [[nodiscard]] bool whole() const;
  // What stands there, with "x" in the place of every expression: to check what is left for later.
  [[nodiscard]] std::string outline() const;

 private:
  struct Piece {
    std::string literal;
    std::optional<Expression> expression;
    std::shared_ptr<const Pattern> text;
  };
  std::vector<Piece> pieces_;
};

// A value of the YAML file with patterns in the place of texts.
struct TreeMember;
struct Tree {
  using List = std::vector<Tree>;
  using Members = std::vector<TreeMember>;
  std::variant<wire::Value, Pattern, List, Members> content;

  // An expression that gives none leaves out its key, but for `name`. Errors: failed, with the key path in
  // `where`.
  [[nodiscard]] wire::Result<wire::Value> evaluate(const Scope& scope) const;
};

// One key of an object. (Not a pair: clang 14 wants both of its types complete at once.)
struct TreeMember {
  std::string key;
  Tree tree;
};

// Values as they stand in topics and names: 21.0, True, a text as it is. Empty for none; nothing for a list
// or an object.
std::optional<std::string> text_of(const wire::Value& value);

}  // namespace gable::discovery::maps
