#include "zwave_config.hpp"

namespace gable::zwave {

ZwaveConfig read_zwave_config(const node::ConfigNode& own, std::string_view server) {
  own.expect_keys({"server", "parameters", "statistics", "statistics_interval"});
  ZwaveConfig config;
  if (const auto* node = own.find("server")) {
    auto url = parse_server_url(node->as_name());
    if (!url) node->fail(url.error().text);
    config.server = std::move(*url);
  }
  if (const auto* node = own.find("parameters")) config.entities.parameters = node->as_bool();
  if (const auto* node = own.find("statistics")) config.entities.statistics = node->as_bool();
  if (const auto* node = own.find("statistics_interval")) {
    config.statistics_interval = node->as_duration();
    if (config.statistics_interval < std::chrono::seconds(1)) node->fail_expected("at least one second");
    if (config.statistics_interval > std::chrono::hours(24)) node->fail_expected("at most one day");
  }
  if (!server.empty()) {
    auto url = parse_server_url(server);
    if (!url) throw node::ConfigError("--server: " + url.error().text);
    config.server = std::move(*url);
  }
  return config;
}

}  // namespace gable::zwave
