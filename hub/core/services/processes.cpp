#include "core/services/processes.hpp"

#include <algorithm>

#include "core/problems.hpp"
#include "core/services/values.hpp"
#include "core/template_request.hpp"
#include "wire/json.hpp"
#include "wire/utf8.hpp"

namespace gable::hub {

namespace {

using wire::Error;
using wire::ErrorCode;

// Between what a server answered and what curl says of it: no text has these bytes.
constexpr std::string_view kMark = "\x1d\x1e";

// A value of curl's configuration file, in its quotes.
std::string curl_quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') out += '\\';
    if (c == '\n')
      out += "\\n";
    else if (c == '\r')
      out += "\\r";
    else if (c == '\t')
      out += "\\t";
    else if (c != '\0')
      out += c;
  }
  return out + '"';
}

std::string line(std::string_view option, std::string_view value) {
  return std::string(option) + " = " + curl_quoted(value) + "\n";
}

bool one_line(std::string_view text) { return text.find_first_of("\r\n") == std::string_view::npos; }

std::string upper(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c; });
  return text;
}

wire::Object shell_response(const ProcessEnded& ended) {
  return {{"stdout", ended.output}, {"stderr", ended.errors}, {"returncode", ended.status}};
}

wire::Object server_response(const ProcessEnded& ended) {
  const std::size_t mark = ended.output.rfind(kMark);
  const std::string content = ended.output.substr(0, mark);
  const std::string told = mark == std::string::npos ? "" : ended.output.substr(mark + kMark.size());
  const std::size_t space = std::min(told.find(' '), told.size());
  wire::Value status;
  if (!wire::parse_scalar(told.substr(0, space), status)) status = 0;
  wire::Object out{{"status", std::move(status)}};
  if (told.find("json", space) != std::string::npos) {
    if (auto parsed = wire::parse_object(content, wire::kDocumentLimits)) {
      out.append("content", std::move(*parsed));
      return out;
    }
  }
  out.append("content", content);
  return out;
}

}  // namespace

rules::ServiceOutcome Processes::no_such(const ServiceRequest& request) const {
  std::vector<std::string_view> known;
  if (request.domain == "shell_command") {
    for (const auto& command : registry_.house().shell_commands) known.emplace_back(command.name);
  } else {
    for (const auto& command : registry_.house().rest_commands) known.emplace_back(command.name);
  }
  return refused("the configuration has no " + request.name() + wire::did_you_mean(request.service, known));
}

rules::ServiceOutcome Processes::run(Turn& turn, const ServiceRequest& request) {
  const House& house = registry_.house();
  if (!house.allow_commands)
    return refused(request.name() +
                   ": commands are off; the configuration allows them with `allow_commands: true`");
  const auto named = [&](const auto& command) { return command.name == request.service; };
  const bool server = request.domain == "rest_command";
  wire::Result<EdgeAction> action = Error{ErrorCode::unknown_service, "", ""};
  if (server) {
    const auto found = std::find_if(house.rest_commands.begin(), house.rest_commands.end(), named);
    if (found == house.rest_commands.end()) return no_such(request);
    action = rest(*found, request, turn.now);
  } else {
    const auto found = std::find_if(house.shell_commands.begin(), house.shell_commands.end(), named);
    if (found == house.shell_commands.end()) return no_such(request);
    action = shell(*found, request, turn.now);
  }
  if (!action) return failed(request.name() + ": " + action.error().message());
  action->id = next_++;
  running_.emplace(action->id,
                   Running{request.of_rule() ? request.call->id : 0, request.asker, request.name(), server});
  turn.log(LogLevel::info, request.asker.context.by + " runs " + request.name());
  turn.out.processes.push_back(std::move(*action));
  return pending();
}

// As Home Assistant does: a line that is no template goes to the shell as it is. Where a template was filled
// in, no shell sees what it was filled in with.
wire::Result<EdgeAction> Processes::shell(const ShellCommand& command, const ServiceRequest& request,
                                          Time now) const {
  EdgeAction action;
  const std::size_t space = command.command.find(' ');
  const std::string rest = space == std::string::npos ? "" : command.command.substr(space + 1);
  const auto rendered = render_text(rest, request.data, registry_, zone_, now);
  if (!rendered) return rendered.error();
  if (rest.find("{{") == std::string::npos && rest.find("{%") == std::string::npos) {
    action.shell = command.command;
    return action;
  }
  auto words = shell_words(*rendered);
  if (!words) return words.error();
  action.arguments = std::move(*words);
  action.arguments.insert(action.arguments.begin(), command.command.substr(0, space));
  return action;
}

// By way of curl, which reads everything from its input: what is in a program's arguments, every user of the
// machine can read.
wire::Result<EdgeAction> Processes::rest(const RestCommand& command, const ServiceRequest& request,
                                         Time now) const {
  const auto filled = [&](const std::string& text) {
    return render_text(text, request.data, registry_, zone_, now);
  };
  const auto url = filled(command.url);
  if (!url) return url.error();
  if (!url->starts_with("http://") && !url->starts_with("https://"))
    return Error{ErrorCode::malformed, "the url must begin with http:// or https://, not " + clipped(*url),
                 "url"};
  std::string config = line("url", *url) + line("request", upper(command.method));
  config += "silent\nshow-error\ngloboff\nproto = \"=http,https\"\n";
  if (!command.verify_ssl) config += "insecure\n";
  config += line("write-out", std::string(kMark) + "%{http_code} %{content_type}");
  config += line("max-time",
                 std::to_string(std::chrono::duration_cast<std::chrono::seconds>(command.timeout).count()));
  if (!command.username.empty()) config += line("user", command.username + ":" + command.password);
  auto headers = command.headers;
  if (!command.content_type.empty()) headers.emplace_back("Content-Type", command.content_type);
  for (const auto& [name, value] : headers) {
    const auto text = filled(value);
    if (!text) return text.error();
    if (!one_line(name) || !one_line(*text))
      return Error{ErrorCode::malformed, "a header has one line", name};
    config += line("header", name + ": " + *text);
  }
  const auto payload = filled(command.payload);
  if (!payload) return payload.error();
  if (!payload->empty()) config += line("data-raw", *payload);
  EdgeAction action;
  action.arguments = {"curl", "--disable", "--config", "-"};
  action.input = std::move(config);
  action.limit = command.timeout + std::chrono::seconds(5);
  return action;
}

std::optional<Processes::End> Processes::on_ended(Turn& turn, const ProcessEnded& raw) {
  ProcessEnded ended = raw;
  ended.output = wire::mended_utf8(std::move(ended.output));
  ended.errors = wire::mended_utf8(std::move(ended.errors));
  auto node = running_.extract(ended.id);
  if (node.empty()) return std::nullopt;
  Running& of = node.mapped();
  End end{
      of.call, std::move(of.asker), of.name, {}, of.server ? server_response(ended) : shell_response(ended)};
  if (!ended.failure.empty()) {
    end.error = of.name + ": " + ended.failure;
  } else if (ended.status != 0) {
    const std::string why = of.name + " ended with status " + std::to_string(ended.status) +
                            (ended.errors.empty() ? "" : ": " + clipped(ended.errors));
    turn.log(LogLevel::error, why);
    if (of.server) end.error = why;
  }
  return end;
}

void Processes::abandon(std::uint64_t call) {
  std::erase_if(running_, [&](const auto& entry) { return entry.second.call == call && call != 0; });
}

}  // namespace gable::hub
