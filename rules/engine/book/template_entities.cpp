#include "engine/book/template_entities.hpp"

#include <algorithm>

#include "engine/book/template_states.hpp"
#include "template/json_values.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"

namespace gable::rules {

namespace {

constexpr std::chrono::minutes kMinute{1};

std::string_view domain_of(std::string_view entity) { return entity.substr(0, entity.find('.')); }

bool same_reads(const jinja::Reads& a, const jinja::Reads& b) {
  return a.entities() == b.entities() && a.domains() == b.domains() && a.reads_all() == b.reads_all() &&
         a.reads_time() == b.reads_time();
}

}  // namespace

void TemplateEntityDesk::load(std::vector<TemplateGroup> groups, std::vector<TemplateEntity> entities,
                              LoadReport& report) {
  for (const auto& group : groups_) {
    if (group->owner != 0) p_.triggers.detach(group->owner);
  }
  std::map<std::string, std::unique_ptr<Entry>> former;
  for (auto& entry : entries_) former[entry->id] = std::move(entry);
  groups_.clear(), entries_.clear(), by_id_.clear(), owners_.clear();
  for (TemplateGroup& group : groups) {
    groups_.push_back(std::make_unique<Group>());
    groups_.back()->content = std::move(group);
  }
  for (TemplateEntity& content : entities) {
    const std::string id = content.domain + "." + content.id;
    if (content.refused()) {
      report.refused.push_back(id);
      continue;
    }
    auto entry = std::make_unique<Entry>();
    entry->id = id;
    const auto known = former.find(id);
    (known == former.end() ? report.added : report.changed).push_back(id);
    if (known != former.end()) former.erase(known);
    p_.around.declare({id, content.unique_id, content.name, {}, content.description});
    entry->content = std::move(content);
    by_id_[id] = entry.get();
    entries_.push_back(std::move(entry));
  }
  for (const auto& [id, entry] : former) {
    p_.around.withdraw(id);
    report.removed.push_back(id);
  }
  index();
  if (started_) start();
}

void TemplateEntityDesk::start() {
  started_ = true;
  for (const auto& group : groups_) attach(*group);
  for (const auto& entry : entries_) {
    if (state_based(*entry)) render_plain(*entry);
  }
}

bool TemplateEntityDesk::state_based(const Entry& entry) const {
  return groups_[entry.content.group]->content.triggers.empty();
}

void TemplateEntityDesk::attach(Group& group) {
  if (group.content.triggers.empty() || group.owner != 0) return;
  group.variables = std::make_unique<Scope>();
  group.owner = p_.triggers.new_owner();
  const auto place =
      std::find_if(groups_.begin(), groups_.end(), [&](const auto& g) { return g.get() == &group; });
  owners_[group.owner] = static_cast<std::size_t>(place - groups_.begin());
  p_.triggers.attach(group.owner,
                     {&group.content.triggers,
                      group.variables.get(),
                      "template." + std::to_string(owners_[group.owner]),
                      {},
                      false},
                     p_.now);
}

bool TemplateEntityDesk::on_fired(const Fired& fired) {
  const auto found = owners_.find(fired.owner);
  if (found == owners_.end()) return false;
  Group& group = *groups_[found->second];
  Scope scope;
  scope.define("trigger", fired.trigger);
  const Renderer renderer(p_.around, p_.now);
  for (const auto& [name, value] : group.content.variables) {
    Rendered rendered = renderer.native(value, scope);
    if (!rendered.ok()) {
      p_.around.log("error", "template entities: variables: " + name + ": " + rendered.error);
      return true;
    }
    scope.define(name, std::move(rendered.value));
  }
  if (judge(group.content.conditions, scope, renderer).verdict != Verdict::yes) return true;
  if (group.content.actions.empty()) {
    render_group(found->second, scope);
    return true;
  }
  RunDesk::Start start;
  start.variables = scope.own();
  start.context = p_.around.context_below(fired.cause);
  p_.runs.start(*runnable("template#" + std::to_string(found->second)), std::move(start), p_.now);
  return true;
}

bool TemplateEntityDesk::on_end(const RunEnd& end) {
  constexpr std::string_view kGroup = "template#";
  if (!end.entity.starts_with(kGroup)) return end.entity.find('#') != std::string::npos;
  const std::size_t group = std::stoull(end.entity.substr(kGroup.size()));
  if (group >= groups_.size() || end.kind != RunEnd::Kind::finished) return true;
  Scope scope;
  for (const auto& [name, value] : end.variables) scope.define(name, value);
  render_group(group, scope);
  return true;
}

void TemplateEntityDesk::render_group(std::size_t group, const Scope& scope) {
  for (const auto& entry : entries_) {
    if (entry->content.group == group) render(*entry, scope);
  }
}

void TemplateEntityDesk::render_plain(Entry& entry) {
  const Scope empty;
  render(entry, empty);
}

void TemplateEntityDesk::render(Entry& entry, const Scope& outer) {
  Scope scope(&outer);
  if (const auto state = p_.around.snapshot(entry.id)) scope.define("this", state_object(entry.id, *state));
  const jinja::Reads before = entry.reads;
  entry.reads = {};
  entry.rendered = p_.now;
  entry.stale = false;
  Result result = compute(entry, scope);
  if (state_based(entry) && !same_reads(before, entry.reads)) index();
  put(entry, result, scope);
}

TemplateEntityDesk::Result TemplateEntityDesk::compute(Entry& entry, const Scope& scope) {
  const Renderer renderer(p_.around, p_.now);
  Result result;
  bool available = true;
  for (const auto& [name, templated] : entry.content.templates) {
    const Rendered rendered = renderer.native(templated, scope, &entry.reads);
    if (!rendered.ok()) {
      p_.around.log("error", entry.id + ": " + name + ": " + rendered.error);
      // As Home Assistant: without its state or availability it is unavailable; an attribute is left out.
      if (name == "state" || name == "availability") available = false;
      continue;
    }
    if (name == "availability") {
      available = available && template_truth(rendered.value).value_or(false);
    } else if (name == "state") {
      result.state = state_text(entry.content.domain, rendered.value);
    } else {
      result.attributes.set(attribute_name(entry.content.domain, name), to_row(rendered.value));
    }
  }
  if (!available) return {"unavailable", {}};
  return result;
}

void TemplateEntityDesk::put(Entry& entry, const Result& result, const Scope& scope) {
  shown_[entry.id] = result.attributes;
  const auto delay = result.state == "on"    ? entry.content.delay_on
                     : result.state == "off" ? entry.content.delay_off
                                             : std::nullopt;
  if (result.state == entry.state || !delay || entry.state.empty()) {
    entry.next.reset(), entry.due.reset();
    const bool turned_on = result.state == "on" && entry.state != "on";
    show(entry, result.state, result.attributes);
    if (!turned_on || !entry.content.auto_off) return;
    const Rendered rendered = Renderer(p_.around, p_.now).native(*entry.content.auto_off, scope);
    const auto period = rendered.ok() ? period_of(rendered.value) : std::nullopt;
    if (period) entry.next = "off", entry.due = p_.now + *period;
    return;
  }
  if (entry.next == result.state) return;  // already on its way
  const Rendered rendered = Renderer(p_.around, p_.now).native(*delay, scope);
  const auto period = rendered.ok() ? period_of(rendered.value) : std::nullopt;
  if (!period) return show(entry, result.state, result.attributes);
  entry.next = result.state;
  entry.due = p_.now + *period;
}

void TemplateEntityDesk::show(Entry& entry, std::string state, const wire::Object& attributes) {
  entry.state = std::move(state);
  p_.around.show(entry.id, entry.state, attributes, {});
}

void TemplateEntityDesk::index() {
  by_entity_.clear(), by_domain_.clear(), all_.clear(), timed_.clear();
  for (const auto& entry : entries_) {
    if (!state_based(*entry)) continue;
    for (const std::string& id : entry->reads.entities()) by_entity_.emplace(id, entry.get());
    for (const std::string& domain : entry->reads.domains()) by_domain_.emplace(domain, entry.get());
    if (entry->reads.reads_all()) all_.push_back(entry.get());
    if (entry->reads.reads_time()) timed_.push_back(entry.get());
  }
  next_minute_.reset();
  if (!timed_.empty()) next_minute_ = std::chrono::floor<std::chrono::minutes>(p_.now) + kMinute;
}

// Home Assistant's limits: a template that reads all states is rendered once a minute at most, one that reads
// a whole domain once a second.
Instant TemplateEntityDesk::allowed_at(const Entry& entry) const {
  if (entry.reads.reads_all()) return entry.rendered + kMinute;
  if (!entry.reads.domains().empty()) return entry.rendered + std::chrono::seconds(1);
  return entry.rendered;
}

bool TemplateEntityDesk::listens_to(const std::string& entity) const {
  return by_entity_.contains(entity) || !all_.empty() || by_domain_.contains(std::string(domain_of(entity)));
}

void TemplateEntityDesk::on_state(const std::string& entity) {
  if (!started_) return;
  std::vector<Entry*> concerned;
  const auto add = [&concerned](Entry* entry) {
    if (std::find(concerned.begin(), concerned.end(), entry) == concerned.end()) concerned.push_back(entry);
  };
  for (auto [at, end] = by_entity_.equal_range(entity); at != end; ++at) add(at->second);
  for (auto [at, end] = by_domain_.equal_range(std::string(domain_of(entity))); at != end; ++at)
    add(at->second);
  for (Entry* entry : all_) add(entry);
  for (Entry* entry : concerned) {
    if (entry->id == entity) continue;  // what it shows itself does not make it look again
    const bool named =
        std::binary_search(entry->reads.entities().begin(), entry->reads.entities().end(), entity);
    if (named || p_.now >= allowed_at(*entry)) {
      render_plain(*entry);
    } else {
      entry->stale = true;
    }
  }
}

void TemplateEntityDesk::on_registry() {
  if (!started_) return;
  for (const auto& entry : entries_) {
    if (state_based(*entry) && entry->reads.reads_registry()) render_plain(*entry);
  }
}

void TemplateEntityDesk::on_time() {
  if (!started_) return;
  if (next_minute_ && p_.now >= *next_minute_) {
    next_minute_ = std::chrono::floor<std::chrono::minutes>(p_.now) + kMinute;
    for (Entry* entry : std::vector(timed_)) render_plain(*entry);
  }
  for (const auto& entry : entries_) {
    if (entry->stale && p_.now >= allowed_at(*entry)) render_plain(*entry);
    if (!entry->due || p_.now < *entry->due) continue;
    entry->due.reset();
    const std::string state = entry->next.value_or(entry->state);
    entry->next.reset();
    show(*entry, state, shown_[entry->id]);
  }
}

std::optional<Instant> TemplateEntityDesk::next_deadline() const {
  std::optional<Instant> next = next_minute_;
  const auto sooner = [&next](Instant at) { next = next ? std::min(*next, at) : at; };
  for (const auto& entry : entries_) {
    if (entry->due) sooner(*entry->due);
    if (entry->stale) sooner(allowed_at(*entry));
  }
  return next;
}

std::optional<Runnable> TemplateEntityDesk::runnable(const std::string& name) const {
  const std::size_t mark = name.find('#');
  if (mark == std::string::npos) return std::nullopt;
  RunLimits limits;
  limits.mode = RunMode::parallel;
  const std::string entity = name.substr(0, mark), action = name.substr(mark + 1);
  if (entity == "template") {
    const std::size_t group = std::stoull(action);
    if (group >= groups_.size()) return std::nullopt;
    return Runnable{name, name, &groups_[group]->content.actions, limits, shadow_, 0};
  }
  const auto found = by_id_.find(entity);
  if (found == by_id_.end()) return std::nullopt;
  for (const auto& [known, sequence] : found->second->content.actions) {
    if (known == action) return Runnable{name, found->second->content.name, &sequence, limits, shadow_, 0};
  }
  return std::nullopt;
}

ServiceOutcome TemplateEntityDesk::call(const ServiceCall& call) {
  std::vector<std::string> own;
  for (const auto& entry : entries_) own.push_back(entry->id);
  for (const std::string& entity : own_targets(call, own)) {
    Entry& entry = *by_id_.at(entity);
    bool found = false;
    for (const EntityAction& action :
         actions_for(entry.content.domain, call.service, entry.state, call.data)) {
      const auto what = runnable(entity + "#" + std::string(action.name));
      if (!what) continue;
      found = true;
      RunDesk::Start start;
      start.context = call.context;
      start.variables = action.variables;
      start.chain = p_.runs.chain_of(call.run);
      p_.runs.start(*what, std::move(start), p_.now);
      // Without a template for its state it is what it was last told to be.
      const auto has_state = [](const auto& one) { return one.first == "state"; };
      const auto& templates = entry.content.templates;
      if (!action.state.empty() && std::none_of(templates.begin(), templates.end(), has_state)) {
        show(entry, action.state, shown_[entity]);
      }
    }
    if (!found) return refused(entity + " has no action for " + call.domain + "." + call.service);
  }
  return {};
}

}  // namespace gable::rules
