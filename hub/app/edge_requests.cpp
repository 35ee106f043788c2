#include "app/edge_requests.hpp"

#include <utility>

#include "app/journal_queries.hpp"

namespace gable::hub {

namespace {

constexpr std::size_t kWaitingLimit = 32;

wire::ResponseDoc response_of(const EdgeRequest& request, const wire::Result<wire::Value>& outcome) {
  wire::ResponseDoc response;
  response.id = request.id;
  response.ok = outcome.has_value();
  if (outcome) {
    response.data = *outcome;
  } else {
    response.code = outcome.error().code;
    response.reason = outcome.error().message();
  }
  return response;
}

}  // namespace

EdgeRequests::EdgeRequests(node::Loop& loop, std::string journal_folder, Answer answer)
    : loop_(loop),
      reader_(std::move(journal_folder)),
      answer_(std::move(answer)),
      thread_([this] { work(); }) {}

EdgeRequests::~EdgeRequests() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

void EdgeRequests::answer(const EdgeRequest& request, const wire::Result<wire::Value>& outcome) const {
  answer_(request, response_of(request, outcome));
}

void EdgeRequests::take(EdgeRequest request) {
  if (const auto late = late_.find(request.method); late != late_.end()) {
    return late->second(std::move(request));
  }
  if (const auto handler = handlers_.find(request.method); handler != handlers_.end()) {
    return answer_(request, response_of(request, handler->second(request)));
  }
  if (!is_journal_query(request.method) && !slow_.contains(request.method)) {
    const wire::Error error{
        wire::ErrorCode::unknown_service,
        "there is no request '" + request.method + "'" + wire::did_you_mean(request.method, request_names()),
        ""};
    return answer_(request, response_of(request, error));
  }
  {
    const std::lock_guard lock(mutex_);
    if (jobs_.size() < kWaitingLimit) {
      jobs_.push_back({std::move(request), loop_.clock().now()});
      wake_.notify_one();
      return;
    }
  }
  answer_(request, response_of(request, wire::Error{wire::ErrorCode::unavailable,
                                                    "too many requests are waiting", ""}));
}

void EdgeRequests::work() {
  for (;;) {
    Job job;
    {
      std::unique_lock lock(mutex_);
      wake_.wait(lock, [this] { return stopping_ || !jobs_.empty(); });
      if (stopping_) return;
      job = std::move(jobs_.front());
      jobs_.pop_front();
    }
    const auto slow = slow_.find(job.request.method);
    auto response =
        response_of(job.request, slow != slow_.end() ? slow->second(job.request)
                                                     : journal_query(reader_, job.request, job.now));
    loop_.post_now([this, request = std::move(job.request), response = std::move(response)] {
      answer_(request, response);
    });
  }
}

}  // namespace gable::hub
