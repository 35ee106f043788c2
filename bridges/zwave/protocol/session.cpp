#include "protocol/session.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

#include "wire/version.hpp"

namespace gable::zwave {

namespace {

// The number in a message id; 0 for what was not made here.
CallId call_of(const std::string& id) {
  CallId number = 0;
  const char* end = id.data() + id.size();
  const auto [stopped, error] = std::from_chars(id.data(), end, number);
  return error == std::errc() && stopped == end ? number : 0;
}

}  // namespace

void Session::receive(std::string_view text) {
  if (stage_ == Stage::broken) return;
  auto message = parse_message(text);
  if (!message) return fail("what came is no message of a Z-Wave JS server: " + message.error().message());
  std::visit([this](auto& one) { on(std::move(one)); }, *message);
}

CallId Session::call(std::string_view command, const wire::Object& arguments) {
  if (!listening() || waiting_.size() >= kCallLimit) return 0;
  const CallId call = send(command, arguments);
  waiting_.insert(call);
  return call;
}

std::vector<Output> Session::take() { return std::exchange(outputs_, {}); }

CallId Session::send(std::string_view command, const wire::Object& arguments) {
  const CallId call = ++last_;
  outputs_.emplace_back(SendText{command_text(std::to_string(call), command, arguments)});
  return call;
}

void Session::fail(std::string reason) {
  stage_ = Stage::broken;
  waiting_.clear();
  outputs_.emplace_back(Broken{std::move(reason)});
}

void Session::on(VersionMessage message) {
  if (stage_ != Stage::greeting) return fail("the server greets a second time");
  const std::int64_t schema = std::min(kNewestSchema, message.max_schema);
  if (message.min_schema > schema || schema < kOldestSchema) {
    return fail("the server speaks schemas " + std::to_string(message.min_schema) + " to " +
                std::to_string(message.max_schema) + ", this bridge " + std::to_string(kOldestSchema) +
                " to " + std::to_string(kNewestSchema) + "; use another @zwave-js/server");
  }
  version_ = std::move(message);
  stage_ = Stage::initializing;
  asked_ = send("initialize", {{"schemaVersion", schema},
                               {"additionalUserAgentComponents", wire::Object{{"gable", wire::kVersion}}}});
}

void Session::on(ResultMessage message) {
  const CallId call = call_of(message.id);
  if (stage_ == Stage::initializing && call == asked_) {
    if (!message.success) return fail("the server does not let us in: " + message.error);
    stage_ = Stage::loading;
    asked_ = send("start_listening", {});
    return;
  }
  if (stage_ == Stage::loading && call == asked_) return on_dump(message);
  if (waiting_.erase(call) == 0) {
    ++unexpected_;
    return;
  }
  outputs_.emplace_back(Finished{call, message.success, std::move(message.error), std::move(message.result)});
}

void Session::on_dump(const ResultMessage& message) {
  if (!message.success) return fail("the server does not tell its state: " + message.error);
  const wire::Object* result = message.result.as_object();
  const wire::Object* state = result == nullptr ? nullptr : object_of(*result, "state");
  if (state == nullptr) return fail("the server's answer to start_listening holds no state");
  if (const auto error = network_.load(*state)) return fail(error->message());
  stage_ = Stage::listening;
  outputs_.emplace_back(Listening{});
}

void Session::on(EventMessage message) {
  // Before the dump there is nothing to apply it to; the dump has it.
  if (!listening()) return;
  // The driver has been restarted and knows its nodes anew.
  if (message.source == "driver" && message.name == "driver ready") {
    return fail("the Z-Wave driver has been restarted");
  }
  Change change = network_.apply(std::move(message));
  if (change.kind != ChangeKind::none) outputs_.emplace_back(std::move(change));
}

}  // namespace gable::zwave
