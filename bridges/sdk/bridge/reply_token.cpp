#include "bridge/reply_token.hpp"

#include <utility>

#include "bridge/engine.hpp"

namespace gable::bridge {

namespace {

// Hands `event` to the bridge on its loop, if it is still there then.
void post(const std::weak_ptr<Device::Owner>& owner, Event event) {
  const auto alive = owner.lock();
  if (!alive) return;
  alive->loop.post([owner, event = std::move(event)] {
    if (const auto still = owner.lock()) still->engine->handle(event);
  });
}

}  // namespace

void Reply::Token::send(Answered answer) const {
  if (wire::is_final(answer.status) && answered.exchange(true)) return;
  answer.token = command;
  post(owner, std::move(answer));
}

Reply::Token::~Token() {
  if (answered) return;
  Answered answer;
  answer.status = wire::CommandStatus::failed;
  answer.code = wire::ErrorCode::failed;
  answer.reason = "the bridge has let go of the command without an answer; this is a mistake in the bridge";
  send(std::move(answer));
}

void Answer::Token::send(wire::ResponseDoc response) const {
  if (answered.exchange(true)) return;
  post(owner, Responded{request, std::move(response)});
}

Answer::Token::~Token() {
  if (answered) return;
  wire::ResponseDoc response;
  response.ok = false;
  response.code = wire::ErrorCode::failed;
  response.reason = "the bridge has let go of the request without an answer; this is a mistake in the bridge";
  send(std::move(response));
}

void Reply::accepted() const { token_->send({0, wire::CommandStatus::accepted, {}, {}, {}}); }

void Reply::done() const { token_->send({0, wire::CommandStatus::done, {}, {}, {}}); }

void Reply::done(Object state) const {
  token_->send({0, wire::CommandStatus::done, {}, {}, std::move(state)});
}

void Reply::failed(std::string reason, wire::ErrorCode code) const {
  token_->send({0, wire::CommandStatus::failed, code, std::move(reason), {}});
}

void Reply::rejected(std::string reason, wire::ErrorCode code) const {
  token_->send({0, wire::CommandStatus::rejected, code, std::move(reason), {}});
}

void Answer::ok(Value data) const {
  wire::ResponseDoc response;
  response.data = std::move(data);
  token_->send(std::move(response));
}

void Answer::failed(std::string reason, wire::ErrorCode code) const {
  wire::ResponseDoc response;
  response.ok = false;
  response.code = code;
  response.reason = std::move(reason);
  token_->send(std::move(response));
}

}  // namespace gable::bridge
