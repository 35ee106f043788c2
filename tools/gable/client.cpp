#include "gable/client.hpp"

#include <algorithm>
#include <utility>

#include "wire/entity_id.hpp"
#include "wire/json.hpp"

namespace gable::cli {

namespace {

using wire::Error;
using wire::ErrorCode;
using wire::TopicKind;

// Retained documents of the hub have come when our own message comes back; a hub that is there answers long
// before.
constexpr Milliseconds kAnswerTime{2'000};

bool is_response(const wire::Object& document) { return document.contains("ok"); }

bool is_final_result(const wire::Object& document) {
  const auto result = wire::decode_result(document);
  return result && wire::is_final(result->status);
}

std::string advice(const Context& context) {
  return context.broker_given ? "" : "; start one with deploy/up or give --broker URL";
}

}  // namespace

wire::Result<node::Connected> connect(Link& link, const Context& context,
                                      const node::ConnectOptions& options) {
  auto connected = link.connect(options);
  if (connected) return connected;
  const Error& error = connected.error();
  if (error.code == ErrorCode::refused) {
    return Error{error.code,
                 "the broker on " + context.address + " refuses us: " + error.text +
                     "; give user and password with --broker mqtt://USER:PASSWORD@HOST",
                 ""};
  }
  return Error{error.code, "no broker answers: " + error.text + advice(context), ""};
}

Client::Client(const Context& context)
    : context_(context),
      topics_(context.root),
      reply_(topics_.client(context.user, context.run_id + "/reply")),
      barrier_(topics_.client(context.user, context.run_id + "/barrier")) {}

wire::Result<std::unique_ptr<Client>> Client::open(const Context& context) {
  std::unique_ptr<Client> client(new Client(context));
  auto connected = connect(client->link_, context, context.connect);
  if (!connected) return connected.error();
  return client;
}

Error Client::no_hub(const std::string& why) const {
  return Error{ErrorCode::unavailable,
               "no hub answers on " + context_.address + " below " + context_.root + "/" +
                   (why.empty() ? "" : " (" + why + ")") +
                   "; start it with deploy/up or give --broker and --root",
               ""};
}

wire::Result<int> Client::listen_on(const std::string& filter) {
  if (std::find(filters_.begin(), filters_.end(), filter) != filters_.end()) return 0;
  const auto granted = link_.subscribe({{filter}});
  if (!granted) return Error{granted.error().code, "cannot listen: " + granted.error().message(), ""};
  filters_.push_back(filter);
  return 0;
}

wire::Result<wire::Object> Client::ask(const Question& question, Accept accept, Milliseconds patience) {
  const bool private_answer = link_.version() >= 5;
  const std::string status = topics_.hub(TopicKind::hub_status);
  for (const auto& filter : {private_answer ? reply_ : question.public_answer, status, barrier_}) {
    if (const auto heard = listen_on(filter); !heard) return heard.error();
  }
  node::Message message{.topic = question.topic, .payload = question.payload};
  if (private_answer) {
    message.response_topic = reply_;
    message.correlation = question.id;
  }
  // Nobody wants it done after we have given up.
  message.expiry_seconds = static_cast<std::uint32_t>(
      std::max<std::int64_t>(1, std::chrono::ceil<std::chrono::seconds>(patience).count()));
  link_.publish(message);
  link_.publish({.topic = barrier_, .payload = question.id});
  return listen(question, accept, in(patience));
}

wire::Result<wire::Object> Client::listen(const Question& question, Accept accept, node::Steady deadline) {
  bool hub_seen = false, accepted = false;
  std::string offline;
  node::Steady until = deadline;
  while (auto message = link_.next(until)) {
    if (message->topic == topics_.hub(TopicKind::hub_status)) {
      const auto object = wire::parse_object(message->payload);
      const auto status = object ? wire::decode_status(*object) : wire::Result<wire::StatusDoc>(Error{});
      hub_seen = status.has_value();
      const bool off = status && status->status == wire::ParticipantStatus::offline;
      if (off) until = std::min(until, in(kAnswerTime));
      offline = off ? (status->reason.empty() ? "it is offline" : "offline: " + status->reason) : "";
    } else if (message->topic == barrier_) {
      // A hub whose status we have not seen may still answer, for instance where we may not read the status.
      if ((!hub_seen || !offline.empty()) && last_id_ == 1) until = std::min(deadline, in(kAnswerTime));
    } else if (answers(*message, question)) {
      auto object = wire::parse_object(message->payload, wire::kDocumentLimits);
      if (object && accept(*object)) return object;
      accepted = accepted || object.has_value();
    }
  }
  if (!link_.connected())
    return Error{ErrorCode::unavailable, "the connection was lost: " + link_.lost_reason(), ""};
  if (link_.refused() > 0)
    return Error{ErrorCode::refused,
                 "the broker does not let us write to " + question.topic + ": " + link_.last_refusal(), ""};
  if (accepted)
    return Error{ErrorCode::unavailable,
                 "the hub took it, but it was not done within the time; give it longer with --timeout", ""};
  if (!offline.empty() || (!hub_seen && last_id_ == 1)) return no_hub(offline);
  return Error{ErrorCode::unavailable,
               "the hub did not answer in time; look at its log, or give it longer with --timeout", ""};
}

bool Client::answers(const node::Message& message, const Question& question) const {
  if (message.topic == reply_) return message.correlation == question.id;
  if (link_.version() >= 5 || message.retain || message.topic != question.public_answer) return false;
  if (question.any_id) return true;
  const auto object = wire::parse_object(message.payload, wire::kDocumentLimits);
  const wire::Value* id = object ? object->find("id") : nullptr;
  return id != nullptr && id->string_or("") == question.id;
}

wire::Result<wire::Value> Client::request(std::string_view method, wire::Object arguments,
                                          Milliseconds patience) {
  Question question;
  question.id = context_.run_id + "-" + std::to_string(++last_id_);
  arguments.set("_id", question.id);
  question.topic = topics_.hub(TopicKind::hub_request, method);
  question.payload = wire::to_json(arguments);
  question.public_answer = topics_.hub(TopicKind::hub_response, method);
  const auto document = ask(question, &is_response, patience);
  if (!document) return document.error();
  auto response = wire::decode_response(*document);
  if (!response) return Error{ErrorCode::malformed, "the hub's answer: " + response.error().message(), ""};
  if (!response->ok) return Error{response->code.value_or(ErrorCode::failed), response->reason, ""};
  return std::move(response->data);
}

wire::Result<wire::List> Client::entities(const wire::Object& filter) {
  wire::List all;
  wire::Object arguments = filter;
  for (;;) {
    auto page = request("entities", arguments);
    if (!page) return page.error();
    wire::Object* object = page->as_object();
    wire::Value* rows = object == nullptr ? nullptr : object->find("entities");
    if (rows == nullptr || rows->as_list() == nullptr)
      return Error{ErrorCode::malformed, "the hub's answer holds no entities", ""};
    for (auto& row : *rows->as_list()) all.push_back(std::move(row));
    const wire::Value* next = object->find("next");
    if (next == nullptr || next->string_or("").empty()) return all;
    arguments.set("after", *next);
  }
}

wire::Result<wire::Object> Client::entity(const std::string& id) {
  const auto known = wire::EntityId::parse(id);
  if (!known) return known.error();
  auto rows = entities({{"entity", known->text()}});
  if (!rows) return rows.error();
  if (rows->empty() || rows->front().as_object() == nullptr) {
    return Error{ErrorCode::unknown_entity,
                 "there is no entity " + known->text() + "; gable ls shows those there are", ""};
  }
  return std::move(*rows->front().as_object());
}

wire::Result<wire::ResultDoc> Client::command(const Command& command, Milliseconds patience) {
  Question question;
  question.id = context_.run_id + "-" + std::to_string(++last_id_);
  question.topic = command.topic;
  question.payload = command.payload;
  question.public_answer = command.result_topic;
  if (auto document = wire::parse_object(command.payload)) {
    document->set("_id", question.id);
    question.payload = wire::to_json(*document);
  } else {
    question.any_id = true;
  }
  const auto document = ask(question, &is_final_result, patience);
  if (!document) return document.error();
  return wire::decode_result(*document);
}

}  // namespace gable::cli
