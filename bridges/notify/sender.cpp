#include "sender.hpp"

#include <curl/curl.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <mutex>
#include <utility>

namespace gable::notify {

namespace {

constexpr long kConnectSeconds = 10, kSeconds = 30;
constexpr std::size_t kAnswerLimit = 300;  // bytes of the server's answer that are shown

using Handle = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

struct Exchange {
  std::string_view rest;  // of the body
  bool handed_over = false;
  std::function<void()> handing_over;  // empty once it was called
  std::string answer;
  const std::atomic<bool>* stop = nullptr;
};

std::size_t give(char* buffer, std::size_t size, std::size_t count, void* data) {
  auto& exchange = *static_cast<Exchange*>(data);
  if (const auto begins = std::exchange(exchange.handing_over, {})) begins();
  const std::size_t taken = std::min(size * count, exchange.rest.size());
  std::memcpy(buffer, exchange.rest.data(), taken);
  exchange.rest.remove_prefix(taken);
  exchange.handed_over = exchange.rest.empty();
  return taken;
}

std::size_t take(char* bytes, std::size_t size, std::size_t count, void* data) {
  auto& exchange = *static_cast<Exchange*>(data);
  const std::size_t room = kAnswerLimit - exchange.answer.size();
  exchange.answer.append(bytes, std::min(room, size * count));
  return size * count;
}

int watch(void* data, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  return static_cast<Exchange*>(data)->stop->load() ? 1 : 0;
}

class Words {  // curl's list of texts
 public:
  explicit Words(const std::vector<std::string>& texts) {
    for (const std::string& text : texts) list_ = curl_slist_append(list_, text.c_str());
  }
  ~Words() { curl_slist_free_all(list_); }
  Words(const Words&) = delete;
  Words& operator=(const Words&) = delete;
  [[nodiscard]] curl_slist* list() const { return list_; }

 private:
  curl_slist* list_ = nullptr;
};

void set_common(CURL* curl, const Delivery& delivery, Exchange& exchange) {
  const bool mail = !delivery.mail_from.empty();
  curl_easy_setopt(curl, CURLOPT_URL, delivery.url.c_str());
  curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, mail ? "smtp,smtps" : "http,https");
  curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(curl, CURLOPT_PROXY, "");
  curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT, kConnectSeconds);
  curl_easy_setopt(curl, CURLOPT_TIMEOUT, kSeconds);
  curl_easy_setopt(curl, CURLOPT_READFUNCTION, give);
  curl_easy_setopt(curl, CURLOPT_READDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take);
  curl_easy_setopt(curl, CURLOPT_WRITEDATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
  curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, watch);
  curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &exchange);
  curl_easy_setopt(curl, CURLOPT_USERAGENT, "gable-bridge-notify");
  if (!delivery.ca_file.empty()) curl_easy_setopt(curl, CURLOPT_CAINFO, delivery.ca_file.c_str());
  if (!delivery.user.empty()) {
    curl_easy_setopt(curl, CURLOPT_USERNAME, delivery.user.c_str());
    curl_easy_setopt(curl, CURLOPT_PASSWORD, delivery.password.c_str());
  }
}

// Where in its course the attempt ended. `status`: the server's last word.
Failure failure_of(CURLcode code, int status) {
  switch (code) {
    case CURLE_OK:
      return Failure::none;
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_CONNECT:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_USE_SSL_FAILED:
      return Failure::unreachable;
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
      return Failure::untrusted;
    case CURLE_LOGIN_DENIED:
      return Failure::refused;
    case CURLE_ABORTED_BY_CALLBACK:
      return Failure::cancelled;
    default:
      // A mail server that says no ends the transfer with an error of curl's.
      return status >= 400 ? Failure::none : Failure::cut;
  }
}

Attempt perform(CURL* curl, const Exchange& exchange) {
  std::array<char, CURL_ERROR_SIZE> words{};
  curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, words.data());
  const CURLcode code = curl_easy_perform(curl);
  long status = 0;
  curl_off_t after = 0;
  curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
  curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &after);
  Attempt attempt;
  attempt.status = static_cast<int>(status);
  attempt.failure = failure_of(code, attempt.status);
  attempt.handed_over = exchange.handed_over;
  attempt.text = code == CURLE_OK ? exchange.answer : words.data();
  if (attempt.text.empty() && code != CURLE_OK) attempt.text = curl_easy_strerror(code);
  if (after > 0) attempt.after = std::chrono::seconds(after);
  return attempt;
}

}  // namespace

Attempt send(const Delivery& delivery, const std::atomic<bool>& stop) {
  static std::once_flag once;
  std::call_once(once, [] { curl_global_init(CURL_GLOBAL_DEFAULT); });
  const Handle curl(curl_easy_init(), curl_easy_cleanup);
  if (!curl) return {Failure::unreachable, false, 0, "there is no memory for it", {}};
  Exchange exchange{delivery.body, false, delivery.handing_over, {}, &stop};
  const Words headers(delivery.headers), to(delivery.mail_to);
  set_common(curl.get(), delivery, exchange);
  if (delivery.mail_from.empty()) {
    curl_easy_setopt(curl.get(), CURLOPT_POST, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(delivery.body.size()));
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, headers.list());
  } else {
    curl_easy_setopt(curl.get(), CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_FROM, delivery.mail_from.c_str());
    curl_easy_setopt(curl.get(), CURLOPT_MAIL_RCPT, to.list());
    curl_easy_setopt(curl.get(), CURLOPT_USE_SSL, delivery.encrypted ? CURLUSESSL_ALL : CURLUSESSL_TRY);
  }
  return perform(curl.get(), exchange);
}

}  // namespace gable::notify
