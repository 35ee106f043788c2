// shell_command and rest_command, with Home Assistant's options.

#include <algorithm>

#include "app/configuration_parts.hpp"
#include "wire/entity_id.hpp"

namespace gable::hub {

namespace {

void check_name(const ConfigEntry& entry) {
  if (!wire::valid_object_id(entry.key))
    entry.fail("'" + entry.key + "' cannot be the name of a service", "small letters, digits and _");
}

std::string method_of(const ConfigNode& node) {
  constexpr std::string_view kMethods[] = {"get", "patch", "post", "put", "delete"};
  std::string method = node.as_name();
  std::transform(method.begin(), method.end(), method.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  if (std::find(std::begin(kMethods), std::end(kMethods), method) == std::end(kMethods))
    node.fail_expected("get, patch, post, put or delete");
  return method;
}

}  // namespace

void read_shell_commands(const ConfigNode& block, House& house) {
  for (const ConfigEntry& entry : block.entries()) {
    check_name(entry);
    house.shell_commands.push_back({.name = entry.key, .command = entry.value.as_name()});
  }
}

void read_rest_commands(const ConfigNode& block, House& house) {
  for (const ConfigEntry& entry : block.entries()) {
    check_name(entry);
    const ConfigNode& body = entry.value;
    body.expect_keys({"url", "method", "payload", "headers", "username", "password", "timeout",
                      "content_type", "verify_ssl"});
    RestCommand command;
    command.name = entry.key;
    command.url = body.at("url").as_name();
    take(body, "method", command.method, method_of);
    take(body, "payload", command.payload, text_of);
    take(body, "username", command.username, text_of);
    take(body, "password", command.password, text_of);
    take(body, "content_type", command.content_type, text_of);
    take(body, "verify_ssl", command.verify_ssl, bool_of);
    take(body, "timeout", command.timeout,
         [](const ConfigNode& node) { return wire::Duration(std::chrono::seconds(node.as_int(1, 60))); });
    if (const ConfigNode* headers = body.find("headers")) {
      for (const ConfigEntry& header : headers->entries())
        command.headers.emplace_back(header.key, header.value.as_text());
    }
    house.rest_commands.push_back(std::move(command));
  }
}

}  // namespace gable::hub
