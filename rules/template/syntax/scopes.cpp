// Which names belong to which scope: Jinja decides it before it renders (jinja2.idtracking). A name that a
// scope sets without having read it before is the scope's own from the begin, also for the scopes within that
// read it earlier than it is set. All else is what one finds by looking from the inner scopes to the outer
// ones.
#include "template/syntax/scopes.hpp"

#include <unordered_map>
#include <utility>

#include "template/syntax/walk.hpp"

namespace gable::rules::jinja {
namespace {

struct Inner {
  Statement* owner = nullptr;  // null: the outermost
  bool otherwise = false;      // the else of a for
  bool test = false;           // the condition of a for
  unsigned moment = 0;         // in the scope around it
};

class Scope {
 public:
  Scope(Scope* parent, Inner inner) : parent_(parent), inner_(inner) {}

  void read(const Expression& expression) {
    walk(expression, [this](const Expression& part) {
      if (part.kind == ExpressionKind::name) read(part.symbol);
    });
  }
  void read(std::uint32_t symbol) {
    ++now_;
    if (const auto own = names_.find(symbol); own != names_.end() && own->second.origin != Origin::outer)
      return;
    if (!note_read_of_outer(symbol)) names_.try_emplace(symbol, Name{Origin::given, now_, false});
  }
  void parameter(std::uint32_t symbol) {
    names_.insert_or_assign(symbol, Name{Origin::parameter, ++now_, false});
  }
  void store(std::uint32_t symbol) {
    ++now_;
    stores_.push_back(symbol);
    names_.try_emplace(symbol, Name{is_known_outside(symbol) ? Origin::outer : Origin::stored, now_, false});
  }

  // Goes through what belongs to this scope: of the owner, or of the outermost scope.
  void begin();
  void visit(const Body& body);
  [[nodiscard]] std::vector<std::string> hidden(const std::vector<std::string>& symbols) const {
    std::vector<std::string> result;
    for (const auto& [symbol, name] : names_) {
      if (name.hidden && name.origin == Origin::stored) result.push_back(symbols[symbol]);
    }
    return result;
  }
  // The scopes within.
  [[nodiscard]] const std::vector<Inner>& inner_scopes() const { return inner_scopes_; }

 private:
  enum class Origin : std::uint8_t {
    parameter,
    given,  // to the template
    outer,  // a scope around this
    stored  // nobody had it before this scope sets it
  };
  struct Name {
    Origin origin;
    unsigned moment;  // of its first store
    bool hidden;      // read within before that
  };

  void visit(Statement& statement);
  void visit_if(const Statement& statement);
  void visit_function(Statement& statement);
  void store(const Target& target);
  void parameter(const Target& target);
  void open(Statement& statement, bool otherwise = false, bool test = false) {
    inner_scopes_.push_back({&statement, otherwise, test, ++now_});
  }
  [[nodiscard]] bool is_known_outside(std::uint32_t symbol) const {
    for (const Scope* scope = parent_; scope != nullptr; scope = scope->parent_) {
      if (scope->names_.contains(symbol)) return true;
    }
    return false;
  }
  // False when no scope around this one has it.
  bool note_read_of_outer(std::uint32_t symbol) {
    for (Scope* scope = this; scope->parent_ != nullptr; scope = scope->parent_) {
      const auto found = scope->parent_->names_.find(symbol);
      if (found == scope->parent_->names_.end()) continue;
      if (scope->inner_.moment < found->second.moment) found->second.hidden = true;
      if (found->second.origin != Origin::outer) return true;
    }
    return is_known_outside(symbol);
  }

  Scope* parent_;
  Inner inner_;
  unsigned now_ = 0;
  std::unordered_map<std::uint32_t, Name> names_;
  std::vector<std::uint32_t> stores_;  // every one, in order
  std::vector<Inner> inner_scopes_;
};

void Scope::store(const Target& target) {
  if (!target.attribute.empty()) return read(target.symbol);
  if (target.parts.empty()) return store(target.symbol);
  for (const Target& part : target.parts) store(part);
}

void Scope::parameter(const Target& target) {
  if (target.parts.empty()) return parameter(target.symbol);
  for (const Target& part : target.parts) parameter(part);
}

void Scope::visit(const Body& body) {
  for (const StatementPtr& statement : body) visit(*statement);
}

void Scope::visit(Statement& statement) {
  switch (statement.kind) {
    case StatementKind::if_block:
      return visit_if(statement);
    case StatementKind::for_loop:
      read(*statement.expression);
      if (statement.filter) open(statement, false, true);
      open(statement);
      return open(statement, true);
    case StatementKind::set:
      read(*statement.expression);
      return store(statement.target);
    case StatementKind::set_block:
      open(statement);
      return store(statement.target);
    case StatementKind::macro:
    case StatementKind::call_block:
    case StatementKind::import_file:
    case StatementKind::from_import:
      return visit_function(statement);
    case StatementKind::filter_block:
      read(*statement.filter);
      return open(statement);
    case StatementKind::with:
      for (const ExpressionPtr& value : statement.with_values) read(*value);
      return open(statement);
    case StatementKind::autoescape:
      return open(statement);
    default:
      if (statement.expression) read(*statement.expression);
  }
}

void Scope::visit_function(Statement& statement) {
  if (statement.expression) read(*statement.expression);
  if (statement.kind == StatementKind::import_file || statement.kind == StatementKind::macro)
    store(statement.symbol);
  for (const ImportedName& name : statement.names) store(name.symbol);
  if (statement.kind == StatementKind::macro || statement.kind == StatementKind::call_block) open(statement);
}

// What is set in some of the ways through an if only comes from outside in the others. Jinja counts three
// ways: the first, all elifs together, the else.
void Scope::visit_if(const Statement& statement) {
  const unsigned begin = now_;
  std::unordered_map<std::uint32_t, unsigned> ways;  // symbol → ways in which it is set, a bit for each
  for (std::size_t i = 0; i < statement.branches.size(); ++i) {
    const Branch& branch = statement.branches[i];
    const unsigned way = i == 0 ? 1U : branch.condition ? 2U : 4U;
    const std::size_t from = stores_.size();
    if (branch.condition) read(*branch.condition);
    visit(branch.body);
    for (std::size_t at = from; at < stores_.size(); ++at) ways[stores_[at]] |= way;
  }
  for (const auto& [symbol, set_in] : ways) {
    Name& name = names_.at(symbol);
    if (set_in != 7U && name.moment > begin && name.origin == Origin::stored) name.origin = Origin::given;
  }
}

void Scope::begin() {
  const Statement& owner = *inner_.owner;
  switch (owner.kind) {
    case StatementKind::for_loop:
      if (inner_.otherwise) return visit(owner.otherwise);
      parameter(owner.target);
      if (inner_.test) return read(*owner.filter);
      return visit(owner.body);
    case StatementKind::with:
      for (const Target& target : owner.with_targets) parameter(target);
      return visit(owner.body);
    case StatementKind::filter_block:
      read(*owner.filter);
      return visit(owner.body);
    case StatementKind::autoescape:
      read(*owner.expression);
      return visit(owner.body);
    default:
      for (const Parameter& one : owner.parameters) parameter(one.symbol);
      for (const Parameter& one : owner.parameters) {
        if (one.fallback) read(*one.fallback);
      }
      visit(owner.body);
  }
}

void analyse(Scope& scope, const std::vector<std::string>& symbols) {
  for (const Inner& inner : scope.inner_scopes()) {
    Scope child(&scope, inner);
    child.begin();
    analyse(child, symbols);
    if (!inner.test)
      (inner.otherwise ? inner.owner->hidden_otherwise : inner.owner->hidden) = child.hidden(symbols);
  }
}

}  // namespace

void note_hidden_names(Tree& tree) {
  Scope scope(nullptr, {});
  scope.visit(tree.body);
  analyse(scope, tree.symbols);
  tree.hidden = scope.hidden(tree.symbols);
}

}  // namespace gable::rules::jinja
