#include "node/paho_connection.hpp"

#include <functional>
#include <utility>

#include "node/connect_failure.hpp"
#include "node/paho_convert.hpp"
#include "node/paho_gate.hpp"
#include "node/tcp_nodelay.hpp"

namespace gable::node {

namespace {

// How long disconnect() waits for acknowledgements, and then for the broker.
constexpr std::chrono::milliseconds kDrain{1'000};
constexpr std::chrono::milliseconds kGoodbye{200};

}  // namespace

PahoConnection::~PahoConnection() {
  ended_ = true;
  if (client_ != nullptr) {
    PahoGate::of_process().enter_urgent(this, [this] { MQTTAsync_destroy(&client_); });
  }
}

void PahoConnection::connect() {
  if (const std::string missing = unreadable_file(options_); !missing.empty()) {
    end(unusable(options_, "cannot read " + missing));
    return;
  }
  client_ = create_client(paho_uri(options_), options_.client_id, options_.protocol_version);
  if (client_ == nullptr) {
    end(unusable(options_, "not a usable host name or client id"));
    return;
  }
  MQTTAsync_setCallbacks(client_, this, &on_lost, &on_arrived, nullptr);
  MQTTAsync_setDisconnected(client_, this, &on_server_disconnect);

  MQTTAsync_connectOptions connect = basic_options();
  PahoProperties properties = PahoProperties::for_connect(options_);
  if (is_5()) connect.connectProperties = properties.get();
  MQTTAsync_willOptions will = MQTTAsync_willOptions_initializer;
  PahoProperties will_properties = PahoProperties::for_will(options_);
  if (options_.will) {
    will.topicName = options_.will->topic.c_str();
    will.payload.len = static_cast<int>(options_.will->payload.size());
    will.payload.data = options_.will->payload.data();
    will.qos = options_.will->qos;
    will.retained = options_.will->retain ? 1 : 0;
    connect.will = &will;
    if (is_5()) connect.willProperties = will_properties.get();
  }
  MQTTAsync_SSLOptions tls = MQTTAsync_SSLOptions_initializer;
  if (options_.tls) {
    fill(tls, *options_.tls);
    connect.ssl = &tls;
  }
  nudge_ = std::make_unique<PahoNudge>();
  // Paho copies all of it.
  int result = MQTTASYNC_SUCCESS;
  PahoGate::of_process().enter_urgent(this, [&] { result = MQTTAsync_connect(client_, &connect); });
  if (result != MQTTASYNC_SUCCESS) failed(result, MQTTAsync_strerror(result));
}

MQTTAsync_connectOptions PahoConnection::basic_options() {
  MQTTAsync_connectOptions connect = MQTTAsync_connectOptions_initializer;
  if (is_5()) connect = MQTTAsync_connectOptions_initializer5;
  connect.MQTTVersion = options_.protocol_version;
  (is_5() ? connect.cleanstart : connect.cleansession) = options_.clean_start ? 1 : 0;
  connect.keepAliveInterval = static_cast<int>(options_.keep_alive_seconds);
  connect.connectTimeout = static_cast<int>(options_.timeout_seconds);
  connect.automaticReconnect = 0;  // Session does that
  connect.context = this;
  if (is_5()) {
    connect.onSuccess5 = &on_connect5;
    connect.onFailure5 = &on_connect_failure5;
  } else {
    connect.onSuccess = &on_connect;
    connect.onFailure = &on_connect_failure;
  }
  if (!options_.user.empty()) connect.username = options_.user.c_str();
  if (!options_.password.empty()) connect.password = options_.password.c_str();
  return connect;
}

void PahoConnection::fill(MQTTAsync_SSLOptions& tls, const TlsOptions& wanted) {
  tls.enableServerCertAuth = 1;
  tls.verify = 1;  // the host name too
  if (!wanted.ca_file.empty()) tls.trustStore = wanted.ca_file.c_str();
  if (!wanted.certificate_file.empty()) tls.keyStore = wanted.certificate_file.c_str();
  if (!wanted.key_file.empty()) tls.privateKey = wanted.key_file.c_str();
  tls.disableDefaultTrustStore = wanted.ca_file.empty() ? 0 : 1;
  tls.ssl_error_cb = &on_tls_error;
  tls.ssl_error_context = this;
}

void PahoConnection::disconnect() {
  if (!up()) return;
  PahoGate::of_process().enter_urgent(nullptr, [this] {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, kDrain, [this] { return ended_ || spare_.size() == requests_.size(); });
    if (ended_.exchange(true)) return;
    MQTTAsync_disconnectOptions options = MQTTAsync_disconnectOptions_initializer;
    if (is_5()) options = MQTTAsync_disconnectOptions_initializer5;
    options.context = this;
    (is_5() ? static_cast<void>(options.onSuccess5 = &on_goodbye5)
            : static_cast<void>(options.onSuccess = &on_goodbye));
    lock.unlock();
    if (MQTTAsync_disconnect(client_, &options) != MQTTASYNC_SUCCESS) return;
    lock.lock();
    changed_.wait_for(lock, kGoodbye, [this] { return gone_; });
  });
}

// Reports the end once. What follows it from Paho is not passed on.
void PahoConnection::end(Disconnected event) {
  if (ended_.exchange(true)) return;
  if (nudge_) nudge_->decided();
  { const std::scoped_lock lock(mutex_); }
  changed_.notify_all();
  listener_.on_disconnected(std::move(event));
}

MQTTAsync_responseOptions PahoConnection::request(std::uint64_t token, std::size_t filters) {
  MQTTAsync_responseOptions response = MQTTAsync_responseOptions_initializer;
  const std::scoped_lock lock(mutex_);
  if (spare_.empty()) spare_.push_back(&requests_.emplace_back());
  Request* const context = spare_.back();
  spare_.pop_back();
  *context = {this, token, filters};
  response.context = context;
  if (is_5()) {
    response.onFailure5 = &on_refused5;
  } else {
    response.onFailure = &on_refused;
  }
  return response;
}

std::uint64_t PahoConnection::release(void* context) {
  const std::scoped_lock lock(mutex_);
  auto* const request = static_cast<Request*>(context);
  spare_.push_back(request);
  if (spare_.size() == requests_.size()) changed_.notify_all();
  return request->token;
}

void PahoConnection::answer(void* context, std::vector<int> codes, std::string text) {
  const std::uint64_t token = release(context);
  if (!ended_) listener_.on_acknowledged({token, std::move(codes), std::move(text)});
}

// A request that Paho did not take is answered here, except when the connection is going: then the end is on
// its way, and nothing else may be said of the request.
void PahoConnection::check_taken(int result, const MQTTAsync_responseOptions& response) {
  if (result == MQTTASYNC_SUCCESS) return;
  if (result == MQTTASYNC_DISCONNECTED) {
    release(response.context);
    return;
  }
  const int code = result == MQTTASYNC_BAD_UTF8_STRING ? 0x90 : 0x83;
  const char* const text = MQTTAsync_strerror(result);
  answer(response.context, {code}, text == nullptr ? "" : text);
}

void PahoConnection::publish(const Message& message, std::uint64_t token) {
  // The message is copied only if it has to wait.
  PahoGate::of_process().enter(
      this, [&] { send(message, token); }, [&] { return [this, message, token] { send(message, token); }; });
}

void PahoConnection::send(const Message& message, std::uint64_t token) {
  MQTTAsync_responseOptions response = request(token);
  PahoProperties properties(message);
  if (is_5()) {
    response.onSuccess5 = &on_published5;
    response.properties = *properties.get();
  } else {
    response.onSuccess = &on_published;
  }
  const int result = MQTTAsync_send(client_, message.topic.c_str(), static_cast<int>(message.payload.size()),
                                    message.payload.data(), message.qos, message.retain ? 1 : 0, &response);
  check_taken(result, response);
}

void PahoConnection::subscribe(const std::vector<Subscription>& subscriptions, std::uint64_t token) {
  auto ask = [this, subscriptions, token] {
    std::vector<char*> filters;
    std::vector<int> qos;
    for (const Subscription& one : subscriptions) {
      filters.push_back(const_cast<char*>(one.filter.c_str()));  // Paho copies and does not write
      qos.push_back(one.qos);
    }
    std::vector<MQTTSubscribe_options> options = subscribe_options(subscriptions);
    MQTTAsync_responseOptions response = request(token, filters.size());
    if (is_5()) {
      response.onSuccess5 = &on_subscribed5;
      response.subscribeOptions = options.front();
      response.subscribeOptionsList = options.data();
      response.subscribeOptionsCount = static_cast<int>(options.size());
    } else {
      response.onSuccess = &on_subscribed;
    }
    const int count = static_cast<int>(filters.size());
    check_taken(MQTTAsync_subscribeMany(client_, count, filters.data(), qos.data(), &response), response);
  };
  PahoGate::of_process().enter(this, std::cref(ask), [&ask] { return std::move(ask); });
}

void PahoConnection::unsubscribe(const std::vector<std::string>& filters, std::uint64_t token) {
  auto ask = [this, filters, token] {
    std::vector<char*> pointers;
    pointers.reserve(filters.size());
    for (const std::string& filter : filters) pointers.push_back(const_cast<char*>(filter.c_str()));
    MQTTAsync_responseOptions response = request(token);
    if (is_5()) {
      response.onSuccess5 = &on_published5;
    } else {
      response.onSuccess = &on_published;
    }
    const int count = static_cast<int>(pointers.size());
    check_taken(MQTTAsync_unsubscribeMany(client_, count, pointers.data(), &response), response);
  };
  PahoGate::of_process().enter(this, std::cref(ask), [&ask] { return std::move(ask); });
}

void PahoConnection::succeeded(Connected event) {
  event.tcp_nodelay = tcp_nodelay_ && set_tcp_nodelay(options_.port);
  up_ = true;
  nudge_->decided();
  if (!ended_) listener_.on_connected(event);
}

void PahoConnection::failed(int code, const char* message) {
  std::string tls;
  {
    const std::scoped_lock lock(mutex_);
    tls = tls_error_;
  }
  end(connect_failure(options_, code, message, tls));
}

}  // namespace gable::node
