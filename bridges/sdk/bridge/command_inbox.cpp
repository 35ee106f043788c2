#include "bridge/command_inbox.hpp"

#include <algorithm>
#include <utility>

#include "wire/json.hpp"
#include "wire/time.hpp"

namespace gable::bridge {

namespace {

using wire::CommandStatus;
using wire::Error;
using wire::ErrorCode;

// '\n' is in no device id.
std::string seen_key(std::string_view device, std::string_view id) {
  return std::string(device) + "\n" + std::string(id);
}

bool looks_like_document(std::string_view payload) {
  const std::size_t start = payload.find_first_not_of(" \t\r\n");
  return start != std::string_view::npos && payload[start] == '{';
}

Error no_such_device(const CommandInbox::Target& target) {
  if (target.complete) {
    return {ErrorCode::unknown_entity, "there is no device \"" + std::string(target.device) + "\"", {}};
  }
  return {ErrorCode::starting, "this device has not been found yet; the bridge is starting", {}};
}

}  // namespace

CommandInbox::CommandInbox(CoreContext& context, std::vector<SeenCommand> seen) : context_(context) {
  for (SeenCommand& command : seen) {
    std::string key = seen_key(command.device, command.id);
    if (!seen_.contains(key)) seen_order_.push_back(key);
    seen_.insert_or_assign(std::move(key), std::move(command));
  }
}

void CommandInbox::on_set(const Target& target, const node::Message& message) {
  // An empty payload deletes a retained message; it is never a command.
  if (message.payload.empty() || !context_.admit(message)) return;
  ReplyRoute route = route_of(message, context_);
  if (looks_like_document(message.payload)) {
    const auto document = wire::parse_object(message.payload);
    if (!document) return reject(target, route, document.error());
    return on_document(target, *document, std::move(route));
  }
  if (target.record == nullptr) return reject(target, route, no_such_device(target));
  if (message.payload.size() > wire::JsonLimits{}.bytes) {
    return reject(target, route, {ErrorCode::too_large, "the command is too large", {}});
  }
  if (!target.record->description().single) {
    return reject(target, route, several_entities(target.record->description()));
  }
  std::vector<CommandPart> parts;
  parts.push_back(parse_word(*target.record, "", message.payload));
  begin(target, {}, parts, route);
}

void CommandInbox::on_document(const Target& target, const wire::Object& document, ReplyRoute route) {
  const auto id = message_id(document);
  if (!id) return reject(target, route, id.error());
  if (!id->empty()) route.id = *id;
  if (!id->empty() && repeat_outcome(target, *id, route)) return;
  if (auto late = too_late(document)) return reject(target, route, *late, CommandStatus::expired);
  if (target.record == nullptr) return reject(target, route, no_such_device(target));
  begin(target, *id, parse_parts(*target.record, document), route);
}

void CommandInbox::reject(const Target& target, const ReplyRoute& route, const Error& error,
                          CommandStatus status) {
  context_.count_error();
  wire::ResultDoc result;
  result.id = route.id.empty() ? context_.make_id() : route.id;
  result.status = status;
  result.code = error.code;
  result.reason = error.message();
  result.at = context_.now().wall;
  publish_result(std::string(target.device), result, route);
}

std::optional<Error> CommandInbox::too_late(const wire::Object& document) const {
  if (const wire::Value* expires = document.find("_expires")) {
    const auto time = wire::parse_time(expires->string_or(""));
    if (!time) return Error{ErrorCode::malformed, "_expires must be an RFC 3339 time", "_expires"};
    if (*time < context_.now().wall)
      return Error{ErrorCode::expired, "the command came after its _expires", {}};
    return {};
  }
  const wire::Value* at = document.find("_at");
  if (at == nullptr || context_.protocol_version >= 5) return {};
  const auto time = wire::parse_time(at->string_or(""));
  if (!time || context_.now().wall - *time <= kCommandAge) return {};
  return Error{ErrorCode::expired,
               "the command is " + wire::format_duration(context_.now().wall - *time) + " old",
               {}};
}

bool CommandInbox::repeat_outcome(const Target& target, const std::string& id, const ReplyRoute& route) {
  const auto found = seen_.find(seen_key(target.device, id));
  if (found == seen_.end()) return false;
  const SeenCommand& seen = found->second;
  const bool running = std::any_of(groups_.begin(), groups_.end(), [&seen](const auto& entry) {
    return entry.second.seen.device == seen.device && entry.second.seen.id == seen.id;
  });
  // Its result will come and answers this one as well.
  if (running) return true;
  for (const wire::ResultDoc& result : seen.outcome) publish_result(seen.device, result, route);
  if (seen.outcome.empty()) {
    reject(target, route,
           {ErrorCode::duplicate,
            "this id was taken before the bridge restarted; how it ended is not known",
            {}});
  }
  return true;
}

void CommandInbox::begin(const Target& target, const std::string& id, const std::vector<CommandPart>& parts,
                         const ReplyRoute& route) {
  if (parts.empty())
    return reject(target, route, {ErrorCode::malformed, "the command names nothing to do", {}});
  if (under_way_.size() + parts.size() > kCommandsUnderWay) {
    return reject(target, route, {ErrorCode::unavailable, "too many commands are under way", {}});
  }
  const std::uint64_t number = ++last_group_;
  Group& group = groups_[number];
  group.route = route;
  if (group.route.id.empty()) group.route.id = context_.make_id();
  group.seen = {std::string(target.device), group.route.id, {}};
  group.open = parts.size();
  // Only an id that the sender made can come again.
  group.remembered = !id.empty();
  if (group.remembered) remember(group.seen);
  for (const CommandPart& part : parts) execute(target, number, part);
}

void CommandInbox::execute(const Target& target, std::uint64_t group, const CommandPart& part) {
  const Now& now = context_.now();
  const Token token = ++last_token_;
  const auto timeout = target.record->timeout;
  const auto entry =
      under_way_.emplace(token, UnderWay{group, part.entity, now.steady, now.steady + timeout, timeout});
  const auto refuse = [&](const Error& error, CommandStatus status = CommandStatus::rejected) {
    finish(entry.first, {token, status, error.code, error.message(), {}});
  };
  if (!part.command) return refuse(part.command.error());
  if (!target.record->takes_commands) {
    return refuse({ErrorCode::unsupported, "this device takes no commands", {}});
  }
  if (!target.unreachable.empty()) {
    return refuse({ErrorCode::unavailable, std::string(target.unreachable), {}}, CommandStatus::failed);
  }
  const RecordValues values(*target.record, part.entity);
  auto command = author_command(*part.description, *part.command, values);
  if (!command) return refuse(command.error());
  command->id = groups_.at(group).route.id;
  command->entity = part.entity;
  context_.add(Execute{token, std::string(target.device), std::move(*command)});
}

std::optional<CommandInbox::Subject> CommandInbox::subject(Token token) const {
  const auto entry = under_way_.find(token);
  if (entry == under_way_.end()) return {};
  return Subject{groups_.at(entry->second.group).seen.device, entry->second.entity};
}

void CommandInbox::on_answer(const Answered& answer) {
  const auto entry = under_way_.find(answer.token);
  if (entry == under_way_.end()) return;  // answered before, or timed out: the first final answer counts
  if (wire::is_final(answer.status)) return finish(entry, answer);
  entry->second.deadline = context_.now().steady + entry->second.timeout;
  const Group& group = groups_.at(entry->second.group);
  wire::ResultDoc result;
  result.id = group.route.id;
  result.status = CommandStatus::accepted;
  result.entity = entry->second.entity;
  result.at = context_.now().wall;
  publish_result(group.seen.device, result, group.route);
}

void CommandInbox::finish(std::map<Token, UnderWay>::iterator entry, const Answered& answer) {
  const UnderWay under_way = std::move(entry->second);
  under_way_.erase(entry);
  Group& group = groups_.at(under_way.group);
  if (answer.status != CommandStatus::done) context_.count_error();
  wire::ResultDoc result;
  result.id = group.route.id;
  result.status = answer.status;
  result.code = answer.code;
  result.reason = answer.reason;
  result.entity = under_way.entity;
  result.took = std::chrono::duration_cast<wire::Duration>(context_.now().steady - under_way.begun);
  result.at = context_.now().wall;
  group.seen.outcome.push_back(result);
  if (--group.open > 0) return publish_result(group.seen.device, result, group.route);
  // On disk before it is on the tree: whoever has read the result may count on it.
  const Group ended = std::move(group);
  groups_.erase(under_way.group);
  if (ended.remembered) remember(ended.seen);
  publish_result(ended.seen.device, result, ended.route);
}

void CommandInbox::publish_result(const std::string& device, const wire::ResultDoc& result,
                                  const ReplyRoute& route) {
  publish_answer(context_.topic(wire::TopicKind::bridge_result, device), wire::to_json(wire::encode(result)),
                 route, context_);
}

void CommandInbox::on_tick() {
  const node::Steady now = context_.now().steady;
  for (auto entry = under_way_.begin(); entry != under_way_.end();) {
    const auto next = std::next(entry);
    if (entry->second.deadline <= now) {
      const std::string reason = "no answer within " + wire::format_duration(entry->second.timeout);
      finish(entry, {entry->first, CommandStatus::failed, ErrorCode::unavailable, reason, {}});
    }
    entry = next;
  }
}

void CommandInbox::on_removed(std::string_view device) {
  for (auto entry = under_way_.begin(); entry != under_way_.end();) {
    const auto next = std::next(entry);
    if (groups_.at(entry->second.group).seen.device == device) {
      finish(entry,
             {entry->first, CommandStatus::failed, ErrorCode::unavailable, "the device was removed", {}});
    }
    entry = next;
  }
}

std::optional<node::Steady> CommandInbox::deadline() const {
  std::optional<node::Steady> first;
  for (const auto& [token, under_way] : under_way_) {
    if (!first || under_way.deadline < *first) first = under_way.deadline;
  }
  return first;
}

void CommandInbox::remember(const SeenCommand& seen) {
  std::string key = seen_key(seen.device, seen.id);
  if (!seen_.contains(key)) seen_order_.push_back(key);
  seen_.insert_or_assign(std::move(key), seen);
  while (seen_order_.size() > kSeenCommands) {
    seen_.erase(seen_order_.front());
    seen_order_.pop_front();
  }
  context_.add(Remember{seen});
}

}  // namespace gable::bridge
