#pragma once
// ConstantNames: which texts an expression of a template may have, where only constants are in it: literals,
// lists of them, a choice between them, and variables that are only ever set to such. Pure.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "template/syntax/tree.hpp"

namespace gable::rules::jinja {

struct ConstantText {
  std::string_view text;
  Position position;
};

class ConstantNames {
 public:
  // Borrows the tree.
  explicit ConstantNames(const Tree& tree);

  // Appends the texts; false when there may be others.
  bool find(const Expression& expression, std::vector<ConstantText>& out) const;
  // Is it set, a parameter, a macro or imported somewhere in the template?
  [[nodiscard]] bool is_bound(std::string_view name) const { return bindings_.contains(name); }

 private:
  struct Binding {
    std::vector<const Expression*> values;
    bool constant = true;
    bool certain = false;  // bound before any use, so that it cannot come from outside
  };

  void bind_body(const Body& body, bool certain);
  void bind_statement(const Statement& statement, bool certain);
  void bind_target(const Target& target, const Expression* value, bool certain);
  void bind_unknown(const std::string& name) { bindings_[name].constant = false; }
  bool find(const Expression& expression, std::vector<ConstantText>& out, int depth) const;
  bool find_variable(std::string_view name, std::vector<ConstantText>& out, int depth) const;

  std::map<std::string, Binding, std::less<>> bindings_;
};

}  // namespace gable::rules::jinja
