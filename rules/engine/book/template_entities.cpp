#include "engine/book/template_entities.hpp"

#include <algorithm>

#include "engine/book/template_states.hpp"
#include "template/json_values.hpp"
#include "template/value/dict.hpp"
#include "template/value/operations.hpp"
#include "wire/json.hpp"

namespace gable::rules {

namespace {

constexpr std::chrono::minutes kMinute{1};

std::string_view domain_of(std::string_view entity) { return entity.substr(0, entity.find('.')); }

bool same_reads(const jinja::Reads& a, const jinja::Reads& b) {
  return a.entities() == b.entities() && a.domains() == b.domains() && a.reads_all() == b.reads_all() &&
         a.reads_time() == b.reads_time();
}

constexpr const char* kGroup = "template#";

// Whether its templates tell its state.
bool says_state(const TemplateEntity& entity) {
  constexpr std::string_view kSays[] = {"state", "condition", "event_type", "url", "installed_version"};
  return std::any_of(entity.templates.begin(), entity.templates.end(), [&entity, &kSays](const auto& one) {
    if (one.first == "position") return entity.domain == "cover";
    return std::find(std::begin(kSays), std::end(kSays), one.first) != std::end(kSays);
  });
}

}  // namespace

void TemplateEntityDesk::load(std::vector<TemplateGroup> groups, std::vector<TemplateEntity> entities,
                              const std::set<std::string>& kept, LoadReport& report) {
  Groups former_groups = std::exchange(groups_, {});
  Entries former;
  for (auto& entry : entries_) former[entry->id] = std::move(entry);
  entries_.clear(), by_id_.clear();
  for (TemplateGroup& group : groups) put_group(former_groups, std::move(group));
  for (TemplateEntity& entity : entities) put_entity(former, std::move(entity), report);
  keep(kept, former, former_groups);
  // Their runs point into them.
  for (const auto& [id, entry] : former) {
    end_actions(*entry);
    keep_off_at(*entry, {});
    p_.around.withdraw(id);
    report.removed.push_back(id);
  }
  for (const auto& group : former_groups) {
    if (group != nullptr) end(*group);
  }
  index();
  if (started_) start();
}

void TemplateEntityDesk::put_group(Groups& former, TemplateGroup content) {
  const std::string name = kGroup + std::to_string(content.fingerprint);
  std::string free = name;
  for (int copy = 2; find_group(free) != nullptr; ++copy) free = name + "-" + std::to_string(copy);
  const auto same = std::find_if(former.begin(), former.end(), [&free](const auto& group) {
    return group != nullptr && group->name == free;
  });
  if (same != former.end()) {
    groups_.push_back(std::move(*same));
    return;
  }
  groups_.push_back(std::make_unique<Group>());
  groups_.back()->content = std::move(content);
  groups_.back()->name = std::move(free);
}

void TemplateEntityDesk::put_entity(Entries& former, TemplateEntity content, LoadReport& report) {
  const std::string id = content.domain + "." + content.id;
  if (content.refused()) {
    report.refused.push_back(id);
    return;
  }
  Group* const group = groups_[content.group].get();
  auto known = former.extract(id);
  std::unique_ptr<Entry> entry;
  if (!known.empty() && known.mapped()->group == group) {
    entry = std::move(known.mapped());
    ++report.unchanged;
  } else {
    entry = std::make_unique<Entry>();
    entry->id = id;
    entry->group = group;
    if (!known.empty()) {
      end_actions(*known.mapped());
      keep_off_at(*known.mapped(), {});
    }
    (known.empty() ? report.added : report.changed).push_back(id);
    p_.around.declare({id, content.unique_id, content.name, {}, content.description});
    entry->content = std::move(content);
  }
  by_id_[id] = entry.get();
  entries_.push_back(std::move(entry));
}

void TemplateEntityDesk::keep(const std::set<std::string>& kept, Entries& former, Groups& former_groups) {
  for (const std::string& id : kept) {
    auto known = former.extract(id);
    if (known.empty()) continue;
    const auto group = std::find_if(former_groups.begin(), former_groups.end(),
                                    [&known](const auto& one) { return one.get() == known.mapped()->group; });
    if (group != former_groups.end() && *group != nullptr) groups_.push_back(std::move(*group));
    by_id_[id] = known.mapped().get();
    entries_.push_back(std::move(known.mapped()));
  }
}

TemplateEntityDesk::Group* TemplateEntityDesk::find_group(std::string_view name) const {
  const auto found =
      std::find_if(groups_.begin(), groups_.end(), [name](const auto& group) { return group->name == name; });
  return found == groups_.end() ? nullptr : found->get();
}

void TemplateEntityDesk::end(const Group& group) {
  p_.runs.stop(group.name, p_.now);
  if (group.owner == 0) return;
  p_.triggers.detach(group.owner);
  owners_.erase(group.owner);
}

void TemplateEntityDesk::end_actions(const Entry& entry) {
  for (const auto& [action, unused] : entry.content.actions) p_.runs.stop(entry.id + "#" + action, p_.now);
}

void TemplateEntityDesk::restore(const std::string& entity, const wire::Object& row) {
  const auto found = by_id_.find(entity);
  const wire::Value* off_at = row.find("off_at");
  if (found == by_id_.end() || off_at == nullptr || off_at->as_int() == nullptr) return;
  found->second->off_at = Instant(std::chrono::microseconds(*off_at->as_int()));
}

void TemplateEntityDesk::start() {
  started_ = true;
  for (const auto& group : groups_) attach(*group);
  for (const auto& entry : entries_) {
    if (!entry->begun) begin(*entry);
  }
}

// What no template says is as it was before this start; what a trigger computes stays until it fires.
void TemplateEntityDesk::begin(Entry& entry) {
  entry.begun = true;
  if (entry.state.empty()) {
    const auto shown = p_.around.snapshot(entry.id);
    if (shown && shown->state != "unknown" && shown->state != "unavailable") {
      // A state that is rendered needs no past: its first value comes without a delay.
      if (!state_based(entry) || !says_state(entry.content)) entry.state = shown->state;
    }
  }
  if (state_based(entry)) render_plain(entry);
}

void TemplateEntityDesk::attach(Group& group) {
  if (group.content.triggers.empty() || group.owner != 0) return;
  group.variables = std::make_unique<Scope>();
  group.owner = p_.triggers.new_owner();
  owners_[group.owner] = &group;
  p_.triggers.attach(group.owner, {&group.content.triggers, group.variables.get(), group.name, {}, false},
                     p_.now);
}

std::string TemplateEntityDesk::define(const Variables& variables, Scope& scope, jinja::Reads* reads) const {
  const Renderer renderer(p_.around, p_.now);
  for (const auto& [name, value] : variables) {
    Rendered rendered = renderer.native(value, scope, reads);
    if (!rendered.ok()) return "variables: " + name + ": " + rendered.error;
    scope.define(name, std::move(rendered.value));
  }
  return {};
}

bool TemplateEntityDesk::on_fired(const Fired& fired) {
  const auto found = owners_.find(fired.owner);
  if (found == owners_.end()) return false;
  const Group& group = *found->second;
  Scope scope;
  scope.define("trigger", fired.trigger);
  if (const std::string error = define(group.content.variables, scope, nullptr); !error.empty()) {
    p_.around.log("error", "template entities: " + error);
    return true;
  }
  const Renderer renderer(p_.around, p_.now);
  if (judge(group.content.conditions, scope, renderer).verdict != Verdict::yes) return true;
  if (group.content.actions.empty()) {
    render_group(group, scope);
    return true;
  }
  RunDesk::Start start;
  start.variables = scope.own();
  start.context = p_.around.context_below(fired.cause);
  p_.runs.start(*runnable(group.name), std::move(start), p_.now);
  return true;
}

bool TemplateEntityDesk::on_end(const RunEnd& end) {
  if (!end.entity.starts_with(kGroup)) return end.entity.find('#') != std::string::npos;
  const Group* group = find_group(end.entity);
  if (group == nullptr || end.kind != RunEnd::Kind::finished) return true;
  Scope scope;
  for (const auto& [name, value] : end.variables) scope.define(name, value);
  render_group(*group, scope);
  return true;
}

void TemplateEntityDesk::render_group(const Group& group, const Scope& scope) {
  for (const auto& entry : entries_) {
    if (entry->group == &group) render(*entry, scope);
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
  std::string error;
  // Those of a block with triggers are in `outer` already.
  if (state_based(entry)) error = define(entry.group->content.variables, scope, &entry.reads);
  if (error.empty()) error = define(entry.content.variables, scope, &entry.reads);
  Result result{"unavailable", {}};
  if (error.empty())
    result = compute(entry, scope);
  else
    p_.around.log("error", entry.id + ": " + error);
  if (state_based(entry) && !same_reads(before, entry.reads)) index();
  put(entry, result, scope);
}

TemplateEntityDesk::Result TemplateEntityDesk::compute(Entry& entry, const Scope& scope) {
  const Renderer renderer(p_.around, p_.now);
  Result result;
  RenderedOptions options;
  bool available = true;
  for (const auto& [name, templated] : entry.content.templates) {
    Rendered rendered = renderer.native(templated, scope, &entry.reads);
    if (!rendered.ok()) {
      p_.around.log("error", entry.id + ": " + name + ": " + rendered.error);
      // As Home Assistant: without its state or availability it is unavailable; an attribute is left out.
      if (name == "state" || name == "availability") available = false;
      continue;
    }
    if (name == "availability") {
      available = available && template_truth(rendered.value).value_or(false);
      continue;
    }
    if (name != "state")
      result.attributes.set(attribute_name(entry.content.domain, name), to_row(rendered.value));
    options.emplace_back(name, std::move(rendered.value));
  }
  if (!available) return {"unavailable", {}};
  result.state = state_of(entry.content.domain, options, entry.state, shown_time(p_.now).string_or(""));
  return result;
}

std::optional<std::chrono::microseconds> TemplateEntityDesk::rendered_period(
    const std::optional<Period>& period, const Scope& scope) const {
  if (!period) return std::nullopt;
  const Rendered rendered = Renderer(p_.around, p_.now).native(*period, scope);
  return rendered.ok() ? period_of(rendered.value) : std::nullopt;
}

void TemplateEntityDesk::put(Entry& entry, const Result& result, const Scope& scope) {
  shown_[entry.id] = result.attributes;
  if (result.state == "on") entry.stays_on = rendered_period(entry.content.auto_off, scope);
  const auto delay = result.state == "on"    ? rendered_period(entry.content.delay_on, scope)
                     : result.state == "off" ? rendered_period(entry.content.delay_off, scope)
                                             : std::nullopt;
  if (result.state == entry.state || !delay || entry.state.empty()) return arrive(entry, result.state);
  // What is on its way stays so; a trigger that fires again begins the delay anew.
  if (entry.next == result.state && state_based(entry)) return;
  entry.next = result.state;
  entry.due = p_.now + *delay;
}

void TemplateEntityDesk::arrive(Entry& entry, const std::string& state) {
  entry.next.reset(), entry.due.reset();
  const bool turned_on = state == "on" && entry.state != "on";
  show(entry, state, shown_[entry.id]);
  if (state != "on") return keep_off_at(entry, {});
  // Each report of a trigger counts anew; templates are also rendered when nothing has changed.
  if (entry.stays_on && (turned_on || !state_based(entry))) keep_off_at(entry, p_.now + *entry.stays_on);
}

void TemplateEntityDesk::keep_off_at(Entry& entry, std::optional<Instant> when) {
  if (entry.off_at == when) return;
  entry.off_at = when;
  wire::Object row;
  if (when)
    row.set("off_at",
            std::chrono::duration_cast<std::chrono::microseconds>(when->time_since_epoch()).count());
  p_.around.save(RowKind::rule, entry.id, when ? wire::to_json(row) : std::string());
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
    if (entry->due && p_.now >= *entry->due) arrive(*entry, std::string(*entry->next));
    if (entry->off_at && p_.now >= *entry->off_at) arrive(*entry, "off");
  }
}

std::optional<Instant> TemplateEntityDesk::next_deadline() const {
  std::optional<Instant> next = next_minute_;
  const auto sooner = [&next](Instant at) { next = next ? std::min(*next, at) : at; };
  for (const auto& entry : entries_) {
    if (entry->due) sooner(*entry->due);
    if (entry->off_at) sooner(*entry->off_at);
    if (entry->stale) sooner(allowed_at(*entry));
  }
  return next;
}

std::optional<Runnable> TemplateEntityDesk::runnable(const std::string& name) const {
  const std::size_t mark = name.find('#');
  if (mark == std::string::npos) return std::nullopt;
  RunLimits limits;
  limits.mode = RunMode::parallel;
  if (name.starts_with(kGroup)) {
    const Group* group = find_group(name);
    if (group == nullptr) return std::nullopt;
    return Runnable{name, name, &group->content.actions, limits, shadow_, group->content.fingerprint};
  }
  const auto found = by_id_.find(name.substr(0, mark));
  if (found == by_id_.end()) return std::nullopt;
  const Entry& entry = *found->second;
  for (const auto& [known, sequence] : entry.content.actions) {
    if (known == std::string_view(name).substr(mark + 1))
      return Runnable{name, entry.content.name, &sequence, limits, shadow_, entry.group->content.fingerprint};
  }
  return std::nullopt;
}

ServiceOutcome TemplateEntityDesk::call(const ServiceCall& call) {
  std::vector<std::string> own;
  for (const auto& entry : entries_) own.push_back(entry->id);
  std::string without;
  for (const std::string& entity : own_targets(call, own)) {
    Entry& entry = *by_id_.at(entity);
    const auto has = [&entry](std::string_view action) {
      return std::any_of(entry.content.actions.begin(), entry.content.actions.end(),
                         [action](const auto& one) { return one.first == action; });
    };
    const auto actions = actions_for(entry.content.domain, call.service, entry.state, call.data, has);
    for (const EntityAction& action : actions) run_action(entry, action, call);
    if (actions.empty() && without.empty()) without = entity;
  }
  if (without.empty()) return {};
  return refused(without + " has no action for " + call.domain + "." + call.service);
}

void TemplateEntityDesk::run_action(Entry& entry, const EntityAction& action, const ServiceCall& call) {
  RunDesk::Start start;
  start.context = call.context;
  start.variables = action.variables;
  start.chain = p_.runs.chain_of(call.run);
  p_.runs.start(*runnable(entry.id + "#" + std::string(action.name)), std::move(start), p_.now);
  // Without a template for its state it is what it was last told to be.
  const std::string state(action.name == "press" ? shown_time(p_.now).string_or("")
                                                 : std::string_view(action.state));
  if (!state.empty() && !says_state(entry.content)) show(entry, state, shown_[entry.id]);
}

}  // namespace gable::rules
