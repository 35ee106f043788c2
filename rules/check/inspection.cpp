#include "check/inspection.hpp"

#include <algorithm>
#include <array>

#include "template/house/entity_ids.hpp"
#include "wire/entity_id.hpp"

namespace gable::rules {

void Inspection::add(Severity severity, Place place, std::string_view code, std::string message,
                     std::string suggestion) {
  const auto same = [&](const Finding& finding) {
    return finding.place.line == place.line && finding.place.column == place.column &&
           finding.place.file == place.file && finding.code == code && finding.message == message;
  };
  if (std::any_of(findings.begin(), findings.end(), same)) return;
  findings.push_back({severity, place, std::string(code), std::move(message), std::move(suggestion)});
}

std::string_view to_string(Mentioned kind) {
  static constexpr std::array<std::string_view, 5> kNames{"entity", "device", "area", "floor", "label"};
  return kNames.at(static_cast<std::size_t>(kind));
}

void Inspection::mention(std::string_view name, Place place, Mentioned kind) {
  if (kind == Mentioned::entity && knowledge.made_by_rules(name)) return;
  const auto same = [&](const Mention& one) { return one.kind == kind && one.name == name; };
  if (std::none_of(mentions.begin(), mentions.end(), same))
    mentions.push_back({std::string(name), place, kind});
}

std::string did_you_mean(std::string_view suggestion) {
  return suggestion.empty() ? std::string() : "; did you mean '" + std::string(suggestion) + "'?";
}

bool is_disabled(const Rare<Templated>& enabled) {
  if (!enabled || !enabled->is_literal()) return false;
  const bool* flag = enabled->literal().as_bool();
  return flag != nullptr && !*flag;
}

namespace {

void report_domain(Inspection& in, std::string_view domain, std::string_view id, Place place) {
  std::vector<std::string_view> names;
  for (const wire::DomainSpec& spec : wire::domains()) names.push_back(spec.name);
  const std::string_view near = wire::nearest(domain, names);
  const std::string text = "there are no entities '" + std::string(domain) + ".…', so no " + std::string(id);
  // An integration's own domain: what else the rule does can still run.
  if (near.empty()) return in.waits(place, "unknown_domain", text);
  const std::string suggestion = std::string(near) + std::string(id.substr(domain.size()));
  in.error(place, "unknown_domain", text + did_you_mean(suggestion), suggestion);
}

}  // namespace

void inspect_device(Inspection& in, std::string_view device, std::string_view entity, Place place) {
  const std::string_view meant = in.knowledge.meant(entity);
  if (meant.find('.') != std::string_view::npos) {
    inspect_entity(in, meant, place);
    return;
  }
  if (!device.empty()) in.mention(device, place, Mentioned::device);
  if (in.knowledge.devices && !in.knowledge.devices->contains(device))
    in.waits(place, "unknown_device", "there is no device '" + std::string(device) + "'");
}

void inspect_sun(Inspection& in, Place place) {
  in.mention(kSun, place);
  if (!in.knowledge.may_exist(kSun)) in.waits(place, "no_place", std::string(kNoPlace));
}

bool inspect_entity(Inspection& in, std::string_view id, Place place) {
  if (const std::string known(in.knowledge.meant(id)); known != id) {
    in.waits(place, "former_name", "'" + std::string(id) + "' is " + known + " here; name it so", known);
    return false;
  }
  if (jinja::is_registry_id(id)) {
    if (in.knowledge.live()) {
      in.waits(place, "registry_id",
               "'" + std::string(id) + "' is a number in Home Assistant's registry; name the entity instead");
    }
    return false;
  }
  const std::size_t dot = id.find('.');
  if (dot == std::string_view::npos) return false;
  const std::string_view domain = id.substr(0, dot);
  if (wire::find_domain(domain) == nullptr) {
    report_domain(in, domain, id, place);
    return false;
  }
  in.mention(id, place);
  if (in.knowledge.may_exist(id)) return true;
  const std::string near = in.knowledge.nearest_entity(id);
  in.waits(place, "unknown_entity", "there is no entity " + std::string(id) + did_you_mean(near), near);
  return false;
}

}  // namespace gable::rules
