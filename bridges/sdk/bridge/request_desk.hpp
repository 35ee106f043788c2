#pragma once
// request/<method> to response/<method>. Pure; owned by BridgeCore.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "bridge/core_context.hpp"
#include "bridge/effects.hpp"

namespace gable::bridge {

// Requests under way at a time; more are refused.
inline constexpr std::size_t kRequestsUnderWay = 64;
// From the request to its response.
inline constexpr std::chrono::seconds kRequestTimeout{30};

class RequestDesk {
 public:
  explicit RequestDesk(CoreContext& context) : context_(context) {}

  void add_method(std::string method, std::string help);
  void on_request(std::string_view method, const node::Message& message);
  void on_response(const Responded& response);
  void on_tick();
  [[nodiscard]] std::optional<node::Steady> deadline() const;

 private:
  struct UnderWay {
    std::string method;
    ReplyRoute route;
    node::Steady deadline;
  };

  [[nodiscard]] wire::Value help() const;
  void answer(const std::string& method, const ReplyRoute& route, wire::ResponseDoc response);
  void refuse(const std::string& method, const ReplyRoute& route, const wire::Error& error);

  CoreContext& context_;
  std::map<std::string, std::string, std::less<>> methods_;  // method → help
  std::map<Token, UnderWay> under_way_;
  Token last_token_ = 0;
};

}  // namespace gable::bridge
