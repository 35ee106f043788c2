// Templates: the entities, attributes and states that they name, what `trigger` has, and names that nobody
// defines.
#include <algorithm>
#include <array>

#include "check/inspection.hpp"
#include "check/template_names.hpp"
#include "check/trigger_ids.hpp"
#include "template/house/constant_names.hpp"
#include "template/house/static_reads.hpp"
#include "template/syntax/walk.hpp"

namespace gable::rules {

namespace {

using jinja::Expression;
using jinja::ExpressionKind;

const std::string* constant_text(const Expression& expression) {
  return expression.kind == ExpressionKind::constant ? expression.constant.as_text() : nullptr;
}

class TemplateInspector {
 public:
  TemplateInspector(Inspection& in, const jinja::Template& compiled, Place place)
      : in_(in), tree_(compiled.tree()), place_(place), names_(tree_) {}

  void inspect() {
    inspect_reads();
    guarded_ = asks_what_is_defined();
    jinja::walk(tree_.body, [this](const Expression& expression) { visit(expression); });
    inspect_names(in_, tree_, names_, place_);
  }

 private:
  void inspect_reads() {
    const jinja::StaticReads reads = jinja::static_reads(tree_);
    for (const auto& read : reads.entities) {
      const std::size_t dot = read.entity_id.find('.');
      if (dot == std::string::npos) continue;
      const std::string domain = read.entity_id.substr(0, dot);
      if (wire::find_domain(domain) == nullptr) {
        // It renders, as unknown; so this is nothing that could never run.
        inspect_domain(domain, read.entity_id);
        continue;
      }
      if (inspect_entity(in_, read.entity_id, place_) && !read.attribute.empty())
        inspect_attribute(in_, read.entity_id, read.attribute, place_);
    }
    for (const auto& read : reads.domains) {
      if (wire::find_domain(read.text) == nullptr) inspect_domain(read.text, read.text);
    }
  }

  void inspect_domain(const std::string& domain, const std::string& id) {
    std::vector<std::string_view> names;
    for (const wire::DomainSpec& spec : wire::domains()) names.push_back(spec.name);
    const std::string near(wire::nearest(domain, names));
    in_.warn(place_, "unknown_domain",
             "there are no entities '" + domain + ".…', so " + id + " is always unknown" + did_you_mean(near),
             near);
  }

  // Whoever asks whether something is there knows that it may be missing.
  [[nodiscard]] bool asks_what_is_defined() const {
    bool asks = false;
    jinja::walk(tree_.body, [&asks](const Expression& expression) {
      const bool test =
          expression.kind == ExpressionKind::test &&
          (expression.text == "defined" || expression.text == "undefined" || expression.text == "none");
      const bool in = expression.kind == ExpressionKind::comparison &&
                      std::find(expression.operators.begin(), expression.operators.end(),
                                jinja::Operator::in) != expression.operators.end();
      asks |= test || in || expression.kind == ExpressionKind::conditional ||
              (expression.kind == ExpressionKind::binary);
    });
    for (const auto& statement : tree_.body) asks |= statement->kind == jinja::StatementKind::if_block;
    return asks;
  }

  void visit(const Expression& expression) {
    if (expression.kind == ExpressionKind::call || expression.kind == ExpressionKind::test)
      return visit_call(expression);
    if (expression.kind == ExpressionKind::comparison) return visit_comparison(expression);
    if (expression.kind == ExpressionKind::attribute) visit_field(expression);
  }

  [[nodiscard]] bool is_name(const Expression& expression, std::string_view name) const {
    return expression.kind == ExpressionKind::name && expression.text == name && !names_.is_bound(name);
  }

  // is_state('light.a', 'on'), 'light.a' is is_state('on'), is_state_attr(…).
  void visit_call(const Expression& use) {
    const bool call = use.kind == ExpressionKind::call;
    if (call && use.operands[0]->kind != ExpressionKind::name) return;
    const std::string& name = call ? use.operands[0]->text : use.text;
    const std::size_t first = call ? 1 : 0;
    if (name != "is_state" && name != "is_state_attr") return;
    const std::size_t value = name == "is_state" ? 1 : 2;
    if (use.operands.size() <= first + value) return;
    const std::string* entity = constant_text(*use.operands[first]);
    const std::string* attribute = value == 2 ? constant_text(*use.operands[first + 1]) : nullptr;
    if (entity == nullptr || (value == 2 && attribute == nullptr)) return;
    std::vector<jinja::ConstantText> texts;
    if (!names_.find(*use.operands[first + value], texts)) return;
    for (const auto& text : texts)
      expect(*entity, attribute == nullptr ? std::string() : *attribute, std::string(text.text));
  }

  void expect(const std::string& entity, const std::string& attribute, const std::string& value) {
    inspect_expected(in_, entity, attribute, jinja::Value(value), place_);
  }

  // states('x') == 'on', states.x.y.state == 'on', trigger.id == 'a'
  void visit_comparison(const Expression& comparison) {
    if (comparison.operators.size() != 1) return;
    const jinja::Operator op = comparison.operators[0];
    if (op != jinja::Operator::equal && op != jinja::Operator::not_equal) return;
    for (const bool swapped : {false, true}) {
      const Expression& left = *comparison.operands[swapped ? 1 : 0];
      const std::string* text = constant_text(*comparison.operands[swapped ? 0 : 1]);
      if (text == nullptr) continue;
      if (left.kind == ExpressionKind::attribute && left.text == "id" &&
          is_name(*left.operands[0], "trigger"))
        inspect_trigger_id(in_, *text, place_);
      if (const std::string entity = entity_of(left); !entity.empty()) expect(entity, {}, *text);
    }
  }

  // Of which entity this is the state; empty when it is something else.
  [[nodiscard]] std::string entity_of(const Expression& expression) const {
    if (expression.kind == ExpressionKind::call && is_name(*expression.operands[0], "states") &&
        expression.operands.size() == 2) {
      const std::string* id = constant_text(*expression.operands[1]);
      return id == nullptr ? std::string() : *id;
    }
    if (expression.kind != ExpressionKind::attribute || expression.text != "state") return {};
    const Expression& object = *expression.operands[0];
    if (object.kind != ExpressionKind::attribute) return {};
    const Expression& domain = *object.operands[0];
    if (domain.kind != ExpressionKind::attribute || !is_name(*domain.operands[0], "states")) return {};
    return domain.text + "." + object.text;
  }

  // trigger.to_state.state: what is asked of something that is not there is an error. trigger.to_state alone
  // is not.
  void visit_field(const Expression& expression) {
    if (guarded_) return;
    const Expression& inner = *expression.operands[0];
    if (inner.kind == ExpressionKind::attribute && is_name(*inner.operands[0], "trigger"))
      inspect_trigger_field(in_, inner.text, place_);
  }

  Inspection& in_;
  const jinja::Tree& tree_;
  Place place_;
  jinja::ConstantNames names_;
  bool guarded_ = false;
};

}  // namespace

void inspect_templates(Inspection& in, const Templated& value) {
  switch (value.kind()) {
    case Templated::Kind::literal:
      return;
    case Templated::Kind::text_template:
      return TemplateInspector(in, value.compiled(), value.place).inspect();
    case Templated::Kind::list:
      for (const Templated& item : value.items()) inspect_templates(in, item);
      return;
    case Templated::Kind::map:
      for (const auto& [key, item] : value.entries()) {
        inspect_templates(in, key);
        inspect_templates(in, item);
      }
  }
}

void inspect_templates(Inspection& in, const Variables& variables) {
  for (const auto& [name, value] : variables) inspect_templates(in, value);
}

}  // namespace gable::rules
