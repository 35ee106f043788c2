// What a template reads, found in its tree.

#include "template/house/static_reads.hpp"

#include <algorithm>
#include <array>
#include <string_view>

#include "template/house/constant_names.hpp"
#include "template/house/entity_ids.hpp"

namespace gable::rules::jinja {
namespace {

// The functions, filters and tests that read one entity: its id is the first argument.
struct Reader {
  std::string_view name;
  bool attribute = false;  // the second one names an attribute
};
constexpr std::array kReaders{
    Reader{"states"},           Reader{"is_state"},
    Reader{"state_attr", true}, Reader{"has_value"},
    Reader{"state_translated"}, Reader{"is_state_attr", true},
    Reader{"entity_name"},      Reader{"state_attr_translated", true},
};
// These take any number of entities, groups and states.
constexpr std::array<std::string_view, 3> kExpanders{"expand", "closest", "distance"};
constexpr std::array<std::string_view, 6> kTimers{"now",           "utcnow",     "today_at",
                                                  "relative_time", "time_since", "time_until"};
constexpr std::array<std::string_view, 29> kRegistry{"areas",
                                                     "area_id",
                                                     "area_name",
                                                     "area_entities",
                                                     "area_devices",
                                                     "floors",
                                                     "floor_id",
                                                     "floor_name",
                                                     "floor_areas",
                                                     "floor_entities",
                                                     "labels",
                                                     "label_id",
                                                     "label_name",
                                                     "label_entities",
                                                     "label_devices",
                                                     "label_areas",
                                                     "device_id",
                                                     "label_description",
                                                     "device_attr",
                                                     "device_name",
                                                     "is_device_attr",
                                                     "device_entities",
                                                     "entity_name",
                                                     "config_entry_id",
                                                     "config_entry_attr",
                                                     "is_hidden_entity",
                                                     "integration_entities",
                                                     "issues",
                                                     "issue"};
// Filters that take the name of another filter or test.
constexpr std::array<std::string_view, 3> kAppliers{"map", "select", "reject"};

template <typename Names>
bool is_one_of(const Names& names, std::string_view name) {
  return std::ranges::find(names, name) != names.end();
}

const Reader* find_reader(std::string_view name) {
  const auto* const found = std::ranges::find(kReaders, name, &Reader::name);
  return found == kReaders.end() ? nullptr : found;
}

// A step of states.light.kitchen["attributes"]: its name, where that is constant.
struct Step {
  const std::string* name = nullptr;
  const Expression* expression = nullptr;
};

const std::string* constant_text(const Expression& expression) {
  return expression.kind == ExpressionKind::constant ? expression.constant.as_text() : nullptr;
}

class Finder {
 public:
  explicit Finder(const Tree& tree) : names_(tree) {}

  StaticReads find(const Body& body) {
    visit_body(body);
    return std::move(reads_);
  }

 private:
  void visit_body(const Body& body) {
    for (const StatementPtr& statement : body) visit_statement(*statement);
  }

  void visit_statement(const Statement& statement) {
    const StatementKind kind = statement.kind;
    if (kind == StatementKind::import_file || kind == StatementKind::from_import ||
        kind == StatementKind::include) {
      reads_.complete = false;
    }
    if (kind == StatementKind::text) add_name_of_text(statement);
    visit(statement.expression);
    visit(statement.filter);
    for (const Branch& branch : statement.branches) {
      visit(branch.condition);
      visit_body(branch.body);
    }
    for (const Parameter& parameter : statement.parameters) visit(parameter.fallback);
    for (const ExpressionPtr& value : statement.with_values) visit(value);
    visit_body(statement.body);
    visit_body(statement.otherwise);
  }

  // {% if … %}light.turn_on{% else %}…: all that a branch says may be a name.
  void add_name_of_text(const Statement& statement) {
    constexpr std::string_view kSpace = " \t\r\n";
    const std::string_view text = statement.text;
    const std::size_t begin = text.find_first_not_of(kSpace);
    if (begin == std::string_view::npos) return;
    const std::string_view name = text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
    if (!is_valid_entity_id(name)) return;
    Position position = statement.position;
    for (const char c : text.substr(0, begin)) {
      if (c == '\n') {
        ++position.line;
        position.column = 1;
      } else {
        ++position.column;
      }
    }
    reads_.names.push_back({std::string(name), position});
  }

  void visit(const ExpressionPtr& expression) {
    if (expression) visit(*expression);
  }

  void visit(const Expression& expression) {
    switch (expression.kind) {
      case ExpressionKind::constant:
        return add_name_of_constant(expression);
      case ExpressionKind::name:
        return visit_name(expression);
      case ExpressionKind::attribute:
      case ExpressionKind::item:
        if (!visit_chain(expression, {})) visit_parts(expression, 0);
        return;
      case ExpressionKind::call:
        return visit_call(expression);
      case ExpressionKind::filter:
      case ExpressionKind::test:
        visit_use(expression.text, expression, 0);
        return visit_parts(expression, 0);
      default:
        return visit_parts(expression, 0);
    }
  }

  // All that is below an expression, from operand number `first`.
  void visit_parts(const Expression& expression, std::size_t first) {
    for (std::size_t i = first; i < expression.operands.size(); ++i) visit(expression.operands[i]);
    for (const KeywordArgument& keyword : expression.keywords) visit(*keyword.value);
    visit(expression.star);
    visit(expression.double_star);
  }

  void add_name_of_constant(const Expression& expression) {
    std::vector<ConstantText> texts;
    static_cast<void>(names_.find(expression, texts));
    for (const ConstantText& constant : texts) {
      if (is_valid_entity_id(constant.text)) {
        reads_.names.push_back({std::string(constant.text), constant.position});
      }
    }
  }

  // A function as a value, to be called later with who knows what.
  void visit_name(const Expression& expression) {
    if (names_.is_bound(expression.text)) return;
    if (expression.text == "states") {
      reads_.all = true;
    } else if (find_reader(expression.text) != nullptr || is_one_of(kExpanders, expression.text)) {
      reads_.complete = false;
    }
    note_kind(expression.text);
  }

  void visit_call(const Expression& call) {
    const Expression& callee = *call.operands[0];
    if (callee.kind == ExpressionKind::name && !names_.is_bound(callee.text)) {
      visit_use(callee.text, call, 1);
      return visit_parts(call, 1);
    }
    // states.light.kitchen.attributes.get('brightness') reads that attribute; other methods none.
    if (callee.kind == ExpressionKind::attribute && is_chain(*callee.operands[0])) {
      const bool get = callee.text == "get" && call.operands.size() > 1;
      const std::string* attribute = get ? constant_text(*call.operands[1]) : nullptr;
      static_cast<void>(
          visit_chain(*callee.operands[0], attribute == nullptr ? std::string_view{} : *attribute));
      return visit_parts(call, 1);
    }
    visit_parts(call, 0);
  }

  void note_kind(std::string_view name) {
    if (is_one_of(kTimers, name)) reads_.time = true;
    if (is_one_of(kRegistry, name)) reads_.registry = true;
  }

  // A function, filter or test is used; its arguments are the operands from number `first`.
  void visit_use(std::string_view name, const Expression& use, std::size_t first) {
    note_kind(name);
    if (const Reader* reader = find_reader(name)) {
      const Expression* id = argument(use, first, "entity_id");
      const Expression* attribute =
          reader->attribute ? argument(use, first + 1, name == "state_attr_translated" ? "attribute" : "name")
                            : nullptr;
      return add_entities(id, attribute, use.position);
    }
    if (is_one_of(kExpanders, name)) return expand(use, first);
    if (use.kind == ExpressionKind::filter && is_one_of(kAppliers, name)) apply(use);
  }

  static const Expression* argument(const Expression& use, std::size_t i, std::string_view keyword) {
    if (i < use.operands.size()) return use.operands[i].get();
    for (const KeywordArgument& given : use.keywords) {
      if (given.name == keyword) return given.value.get();
    }
    return nullptr;
  }

  void add_entities(const Expression* ids, const Expression* attribute, Position position) {
    std::vector<ConstantText> found;
    if (ids == nullptr || !names_.find(*ids, found)) reads_.complete = false;
    std::vector<ConstantText> attributes;
    if (attribute == nullptr || !names_.find(*attribute, attributes)) attributes.assign(1, {{}, position});
    for (const ConstantText& id : found) {
      for (const ConstantText& name : attributes) {
        reads_.entities.push_back({std::string(id.text), std::string(name.text), id.position});
      }
    }
  }

  void expand(const Expression& use, std::size_t first) {
    if (use.star || use.double_star) reads_.complete = false;
    for (std::size_t i = first; i < use.operands.size(); ++i) {
      if (!use.operands[i]) continue;
      const Expression& argument = *use.operands[i];
      if (is_chain(argument) || is_number(argument)) continue;  // read as what it is
      std::vector<ConstantText> found;
      if (!names_.find(argument, found)) reads_.complete = false;
      for (const ConstantText& id : found) {
        // What is in a group is only known in evaluation.
        if (id.text.starts_with("group.") || id.text.starts_with("zone.")) reads_.complete = false;
        reads_.entities.push_back({std::string(id.text), {}, id.position});
      }
    }
  }

  static bool is_number(const Expression& expression) {
    return expression.kind == ExpressionKind::constant && expression.constant.is_number();
  }

  // x | map('states'), x | select('is_state', 'on')
  void apply(const Expression& use) {
    const std::string* name = use.operands.size() > 1 ? constant_text(*use.operands[1]) : nullptr;
    if (name == nullptr) return;
    note_kind(*name);
    const Reader* reader = find_reader(*name);
    if (reader == nullptr) {
      if (is_one_of(kExpanders, *name)) reads_.complete = false;
      return;
    }
    const Expression* attribute = reader->attribute ? argument(use, 2, "name") : nullptr;
    add_entities(use.operands[0].get(), attribute, use.position);
  }

  [[nodiscard]] bool is_chain(const Expression& expression) const {
    const Expression* base = &expression;
    while (base->kind == ExpressionKind::attribute || base->kind == ExpressionKind::item) {
      base = base->operands[0].get();
    }
    return base->kind == ExpressionKind::name && base->text == "states" && !names_.is_bound("states");
  }

  // states.light.kitchen.attributes.brightness, with any of the names in brackets. False when it begins with
  // something else than `states`. `attribute`: what the expression around it reads of the attributes.
  bool visit_chain(const Expression& expression, std::string_view attribute) {
    if (!is_chain(expression)) return false;
    std::vector<Step> steps;
    for (const Expression* at = &expression; at->kind != ExpressionKind::name; at = at->operands[0].get()) {
      if (at->kind == ExpressionKind::attribute) {
        steps.push_back({&at->text, at});
      } else {
        const std::string* name = constant_text(*at->operands[1]);
        if (name == nullptr) visit(at->operands[1]);
        steps.push_back({name, at});
      }
    }
    std::ranges::reverse(steps);
    if (steps.empty()) {
      reads_.all = true;
    } else {
      add_chain(steps, attribute, base_position(expression));
    }
    return true;
  }

  static Position base_position(const Expression& expression) {
    const Expression* base = &expression;
    while (base->kind != ExpressionKind::name) base = base->operands[0].get();
    return base->position;
  }

  void add_chain(const std::vector<Step>& steps, std::string_view attribute, Position position) {
    if (steps[0].name == nullptr) {
      reads_.complete = false;
      return;
    }
    std::string id = *steps[0].name;
    std::size_t rest = 1;
    if (id.find('.') == std::string::npos) {
      if (steps.size() == 1) {
        reads_.domains.push_back({std::move(id), position});
        return;
      }
      if (steps[1].name == nullptr) {
        reads_.complete = false;
        return;
      }
      id += '.' + *steps[1].name;
      rest = 2;
    }
    const bool of_attributes =
        steps.size() > rest && steps[rest].name != nullptr && *steps[rest].name == "attributes";
    std::string name;
    if (of_attributes) {
      name = steps.size() > rest + 1 && steps[rest + 1].name != nullptr ? *steps[rest + 1].name
                                                                        : std::string(attribute);
    }
    reads_.entities.push_back({std::move(id), std::move(name), position});
  }

  ConstantNames names_;
  StaticReads reads_;
};

}  // namespace

StaticReads static_reads(const Tree& tree) { return Finder(tree).find(tree.body); }

}  // namespace gable::rules::jinja
