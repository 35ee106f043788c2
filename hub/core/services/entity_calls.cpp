#include "core/services/entity_calls.hpp"

#include <algorithm>

#include "core/services/entity_data.hpp"
#include "core/services/values.hpp"
#include "template/json_values.hpp"
#include "template/value/dict.hpp"

namespace gable::hub {

namespace {

using wire::CommandStatus;
using wire::Error;
using wire::ErrorCode;

std::string joined(const std::vector<std::string>& texts) {
  std::string out;
  for (const auto& text : texts) out += (out.empty() ? "" : "; ") + text;
  return out;
}

bool step_param(const wire::ServiceSpec& service, const wire::Member& member) {
  const auto* text = member.value.as_string();
  if (text != nullptr && (text->starts_with('+') || text->starts_with('-')) && text->size() > 1) return true;
  const wire::FieldSpec* param = wire::find_param(service, member.key);
  return param != nullptr && param->conversion == wire::Conversion::step;
}

std::string problem_of(const EntityId& entity) {
  return problem_id({"command", entity.domain(), entity.object_id()});
}

bool schema_error(ErrorCode code) {
  return code == ErrorCode::malformed || code == ErrorCode::wrong_type ||
         code == ErrorCode::unknown_attribute || code == ErrorCode::unknown_service;
}

}  // namespace

bool served_by_rules(std::string_view domain) {
  return domain == "script" || domain == "automation" || domain == "scene";
}

bool repeatable(std::string_view domain, std::string_view service, const wire::Object& data) {
  if (takes_every_domain(domain)) return service != "toggle";
  const wire::DomainSpec* spec = wire::find_domain(domain);
  const wire::ServiceSpec* of = spec == nullptr ? nullptr : wire::find_service(*spec, service);
  if (of == nullptr) return true;
  return of->repeatable &&
         std::none_of(data.begin(), data.end(), [&](const auto& member) { return step_param(*of, member); });
}

std::string EntityCalls::missing(const std::string& text) const {
  const auto id = EntityId::parse(text);
  if (!id) return "there is no " + text;
  const std::string near = p_.registry.nearest(*id);
  return "there is no entity " + text + (near.empty() ? "" : "; did you mean " + near + "?");
}

bool EntityCalls::reachable(const Entity& entity) const {
  if (entity.helper()) return true;
  if (entity.availability == Availability::offline) return false;
  // What announces itself has no bridge.
  if (entity.device != kNone && p_.registry.device(entity.device).discovered()) return true;
  const Bridge* bridge = p_.plane.bridge_of(entity);
  return bridge != nullptr && bridge->status_known;
}

wire::Result<bool> EntityCalls::for_client(Turn& turn, const ServiceRequest& request) {
  const Targets targets = resolve_targets(p_.registry, request.target, request.domain);
  if (!targets.unknown.empty())
    return Error{ErrorCode::unknown_entity, missing(targets.unknown.front()), "target"};
  if (targets.entities.empty())
    return Error{ErrorCode::unknown_entity, "the target names no entity", "target"};
  std::vector<EntityIndex> ours;
  std::map<std::string, wire::List> of_rules;
  for (const auto& target : targets.entities) {
    const EntityId& id = p_.registry.entity(target.entity).id;
    if (served_by_rules(id.domain()) && takes_every_domain(request.domain))
      of_rules[std::string(id.domain())].emplace_back(id.text());
    else
      ours.push_back(target.entity);
  }
  for (auto& [domain, entities] : of_rules) {
    const Outcome outcome = pass_to_rules(turn, request, domain, std::move(entities));
    if (!outcome.error.empty()) return Error{ErrorCode::refused, outcome.error, ""};
  }
  if (ours.empty()) return false;
  Asker asker = request.asker;
  asker.batch = p_.desk.open_batch(ours.size(), asker);
  for (const auto index : ours) command(turn, request, p_.registry.entity(index), asker);
  return true;
}

void EntityCalls::command(Turn& turn, const ServiceRequest& request, Entity& entity, const Asker& asker) {
  if (!takes_every_domain(request.domain) && entity.id.domain() != request.domain) {
    std::string text = entity.id.text() + " is no " + request.domain;
    text += ", so it has no service " + request.name();
    return p_.desk.reject(turn, entity.id, {ErrorCode::unknown_service, std::move(text), ""}, asker);
  }
  const EntityData fitted = fit(*entity.description, request.service, request.data);
  take(turn, entity,
       wire::make_command(*entity.description, fitted.service, fitted.data, EntityValues(entity)), asker);
}

void EntityCalls::take(Turn& turn, Entity& entity, wire::Result<wire::Command> command, Asker asker) {
  if (!command) return p_.desk.reject(turn, entity.id, command.error(), asker);
  // An unavailable entity snaps back whoever showed the wish as if it were true (study 5.5).
  if (entity.availability == Availability::offline)
    p_.publisher.mark(p_.registry.index_of(entity), Part::state);
  p_.desk.submit(turn, entity, std::move(*command), std::move(asker), p_.plane.bridge_of(entity));
}

EntityCalls::Outcome EntityCalls::for_rule(Turn& turn, const ServiceRequest& request) {
  const Targets targets = resolve_targets(p_.registry, request.target, request.domain);
  if (!targets.given)
    return refused(request.name() + " needs a target: entity_id, device_id, area_id, floor_id or label_id");
  if (request.again() && p_.desk.outstanding_of(request.call->id) > 0) return resume(request);
  Plan plan;
  for (const auto& text : targets.unknown) plan.notes.push_back(missing(text));
  for (const auto& target : targets.entities) plan_one(request, target, plan);
  const wire::DomainSpec* domain = wire::find_domain(request.domain);
  if (plan.commands.empty() && plan.refusal.empty() && domain != nullptr &&
      !takes_every_domain(request.domain)) {
    if (const auto error = faulty(*domain, request.service, request.data)) plan.refusal = error->message();
  }
  if (!plan.refusal.empty()) return refused(request.name() + ": " + plan.refusal);
  Outcome outcome = send(turn, request, plan);
  for (auto& [of, entities] : plan.of_rules) {
    const Outcome passed = pass_to_rules(turn, request, of, std::move(entities));
    if (outcome.status == Outcome::Status::done) outcome = passed;
  }
  outcome.note = joined(plan.notes);
  if (!outcome.note.empty()) {
    turn.log(LogLevel::warning, request.call->rule + ": " + request.name() + ": " + outcome.note);
  }
  return outcome;
}

void EntityCalls::plan_one(const ServiceRequest& request, const Target& target, Plan& plan) const {
  const Entity& entity = p_.registry.entity(target.entity);
  const std::string id = entity.id.text();
  if (takes_every_domain(request.domain)) {
    if (served_by_rules(entity.id.domain())) {
      plan.of_rules[std::string(entity.id.domain())].emplace_back(id);
      return;
    }
    if (wire::find_service(*entity.description->domain, request.service) == nullptr) {
      if (target.named) plan.notes.push_back(id + " has no service " + request.service);
      return;
    }
  } else if (entity.id.domain() != request.domain) {
    return plan.notes.push_back(id + " is no " + request.domain);
  }
  if (!reachable(entity)) return plan.notes.push_back(id + " is unavailable");
  const EntityData fitted = fit(*entity.description, request.service, request.data);
  auto command = wire::make_command(*entity.description, fitted.service, fitted.data, EntityValues(entity));
  if (!command) return judge(request, target, command.error(), plan);
  plan.commands.push_back({target.entity, std::move(*command)});
}

void EntityCalls::judge(const ServiceRequest& request, const Target& target, const Error& error,
                        Plan& plan) const {
  const Entity& entity = p_.registry.entity(target.entity);
  const std::string text = entity.id.text() + ": " + error.message();
  const bool schema =
      schema_error(error.code) || (error.code == ErrorCode::out_of_range &&
                                   faulty(*entity.description->domain, request.service, request.data));
  if (schema) {
    if (plan.refusal.empty()) plan.refusal = error.message();
  } else if (error.code == ErrorCode::unsupported && !target.named) {
    plan.notes.push_back(text);
  } else if (plan.failure.empty()) {
    plan.failure = text;
  }
}

EntityCalls::Outcome EntityCalls::send(Turn& turn, const ServiceRequest& request, Plan& plan) {
  const std::uint64_t call = request.call->id;
  open_[call] = {.left = plan.commands.size(), .sending = true, .failure = plan.failure, .refusal = {}};
  for (auto& ready : plan.commands) {
    Entity& entity = p_.registry.entity(ready.entity);
    p_.desk.submit(turn, entity, std::move(ready.command), request.asker, p_.plane.bridge_of(entity));
  }
  Open& open = open_.at(call);
  open.sending = false;
  Outcome outcome = !open.refusal.empty()   ? refused(request.name() + ": " + open.refusal)
                    : !open.failure.empty() ? failed(open.failure)
                                            : done();
  if (open.left > 0 && request.waits()) return pending();
  open_.erase(call);
  return outcome;
}

EntityCalls::Outcome EntityCalls::resume(const ServiceRequest& request) {
  if (!request.waits()) return done();
  open_[request.call->id] = {
      .left = p_.desk.outstanding_of(request.call->id), .sending = false, .failure = {}, .refusal = {}};
  return pending();
}

void EntityCalls::on_result(Turn& turn, const Asker& asker, const EntityId& entity,
                            const wire::ResultDoc& result) {
  const bool worked = result.status == CommandStatus::done;
  if (worked) p_.problems.solve(turn, problem_of(entity));
  const auto found = open_.find(asker.call);
  if (found == open_.end()) return worked ? void() : late(turn, asker, entity, result);
  Open& open = found->second;
  if (open.left > 0) --open.left;
  if (!worked) {
    const std::string text = entity.text() + ": " + (result.reason.empty() ? "failed" : result.reason);
    std::string& where = result.code && schema_error(*result.code) ? open.refusal : open.failure;
    if (where.empty()) where = text;
  }
  if (open.sending || open.left > 0) return;
  const rules::ServiceDone end{
      .call = asker.call, .error = open.failure.empty() ? open.refusal : open.failure, .response = {}};
  open_.erase(found);
  if (on_done_) on_done_(turn, end);
}

// The rule has gone on: a device that does not obey must be known nevertheless (design section 4).
void EntityCalls::late(Turn& turn, const Asker& asker, const EntityId& entity,
                       const wire::ResultDoc& result) const {
  if (result.status == CommandStatus::superseded) return;
  p_.problems.raise(
      turn, problem_of(entity),
      {.severity = wire::Severity::warning,
       .text = asker.context.by + " commanded " + entity.text() + ": " +
               (result.reason.empty() ? std::string(wire::to_string(result.status)) : result.reason),
       .help = "The rule went on. This is solved by the next command that " + entity.text() + " obeys.",
       .since = {}});
}

EntityCalls::Outcome EntityCalls::pass_to_rules(Turn& turn, const ServiceRequest& request,
                                                const std::string& domain, wire::List entities) const {
  if (!rules_) return refused("there are no rules, so there is no " + domain + "." + request.service);
  rules::ServiceCall call;
  if (request.of_rule()) call = *request.call;
  call.domain = domain;
  call.service = request.service;
  call.target = rules::jinja::from_wire(wire::Object{{"entity_id", std::move(entities)}});
  call.data = rules::jinja::from_wire(request.data);
  return rules_(turn, call);
}

}  // namespace gable::hub
