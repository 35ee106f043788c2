#pragma once
// What the copies of a Reply or an Answer share. The last one to go without a final answer gives one itself.
// Internal to the SDK. Any thread: all of it posts to the loop.

#include <atomic>
#include <memory>

#include "bridge/bridge.hpp"
#include "bridge/effects.hpp"

namespace gable::bridge {

struct Reply::Token {
  Token(std::weak_ptr<Device::Owner> bridge, bridge::Token number)
      : owner(std::move(bridge)), command(number) {}
  ~Token();
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;
  void send(Answered answer) const;

  const std::weak_ptr<Device::Owner> owner;
  const bridge::Token command;
  mutable std::atomic<bool> answered = false;
};

struct Answer::Token {
  Token(std::weak_ptr<Device::Owner> bridge, bridge::Token number)
      : owner(std::move(bridge)), request(number) {}
  ~Token();
  Token(const Token&) = delete;
  Token& operator=(const Token&) = delete;
  void send(wire::ResponseDoc response) const;

  const std::weak_ptr<Device::Owner> owner;
  const bridge::Token request;
  mutable std::atomic<bool> answered = false;
};

}  // namespace gable::bridge
