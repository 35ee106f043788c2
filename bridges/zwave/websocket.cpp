// The only unit with Boost in it.

#include "websocket.hpp"

#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/websocket.hpp>
#include <deque>
#include <thread>
#include <utility>  // boost/asio/awaitable.hpp of 1.74 forgets it

namespace gable::zwave {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
using Tcp = asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr auto kConnectTime = std::chrono::seconds(10);  // each of: connecting, the handshake
// Half of it without a message and we ask whether the server is there.
constexpr auto kIdleTime = std::chrono::seconds(30);
constexpr std::size_t kUnsentBytes = 4 * 1024 * 1024;

// One connection from its attempt to its end. All on the socket's thread.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  Connection(asio::io_context& context, ServerUrl server, WebSocket::Callbacks callbacks)
      : resolver_(context), stream_(context), server_(std::move(server)), callbacks_(std::move(callbacks)) {}

  void open(std::size_t longest) {
    stream_.read_message_max(longest);
    resolver_.async_resolve(
        server_.host, server_.port,
        [self = shared_from_this()](ErrorCode error, const Tcp::resolver::results_type& found) {
          if (error) return self->end("cannot find " + self->server_.host, error);
          self->connect(found);
        });
  }

  void send(std::string text) {
    if (ended_) return;
    unsent_bytes_ += text.size();
    if (unsent_bytes_ > kUnsentBytes) return end("the server does not take what it is sent", {});
    unsent_.push_back(std::move(text));
    if (unsent_.size() == 1) write();
  }

  void read() {
    if (ended_) return;
    stream_.async_read(buffer_, [self = shared_from_this()](ErrorCode error, std::size_t) {
      if (error) return self->end(self->why_closed(), error);
      std::string text = beast::buffers_to_string(self->buffer_.data());
      // Gives the memory of a large dump back.
      self->buffer_ = beast::flat_buffer();
      if (!self->ended_) self->callbacks_.received(std::move(text));
    });
  }

  // Says nothing to the owner.
  void drop() {
    if (std::exchange(ended_, true)) return;
    resolver_.cancel();
    ErrorCode ignored;
    beast::get_lowest_layer(stream_).socket().close(ignored);
    unsent_.clear();
  }

 private:
  void connect(const Tcp::resolver::results_type& found) {
    if (ended_) return;
    auto& tcp = beast::get_lowest_layer(stream_);
    tcp.expires_after(kConnectTime);
    tcp.async_connect(found, [self = shared_from_this()](ErrorCode error, const Tcp::endpoint&) {
      if (error) return self->end("cannot connect", error);
      self->handshake();
    });
  }

  void handshake() {
    if (ended_) return;
    auto& tcp = beast::get_lowest_layer(stream_);
    tcp.expires_never();
    ErrorCode ignored;
    tcp.socket().set_option(Tcp::no_delay(true), ignored);
    stream_.set_option(beast::websocket::stream_base::timeout{kConnectTime, kIdleTime, true});
    stream_.async_handshake(server_.host + ":" + server_.port, server_.path,
                            [self = shared_from_this()](ErrorCode error) {
                              if (error) return self->end("what answers there is no WebSocket server", error);
                              self->read();
                            });
  }

  void write() {
    stream_.text(true);
    stream_.async_write(asio::buffer(unsent_.front()),
                        [self = shared_from_this()](ErrorCode error, std::size_t) {
                          if (self->ended_) return;
                          if (error) return self->end("connection lost", error);
                          self->unsent_bytes_ -= self->unsent_.front().size();
                          self->unsent_.pop_front();
                          if (!self->unsent_.empty()) self->write();
                        });
  }

  [[nodiscard]] std::string why_closed() const {
    const auto& reason = stream_.reason();
    if (reason.reason.empty()) return "connection lost";
    return "the server closed the connection: " + std::string(reason.reason.data(), reason.reason.size());
  }

  void end(const std::string& what, ErrorCode error) {
    if (ended_) return;
    drop();
    callbacks_.closed(error ? what + " (" + error.message() + ")" : what);
  }

  Tcp::resolver resolver_;
  beast::websocket::stream<beast::tcp_stream> stream_;
  const ServerUrl server_;
  const WebSocket::Callbacks callbacks_;
  beast::flat_buffer buffer_;
  std::deque<std::string> unsent_;  // the first is being written
  std::size_t unsent_bytes_ = 0;
  bool ended_ = false;
};

}  // namespace

struct WebSocket::Impl {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> work = asio::make_work_guard(context);
  // Shared with the operations that are under way; touched on the thread only.
  std::shared_ptr<Connection> connection;
  std::thread thread{[this] { context.run(); }};

  void drop() {
    if (connection) std::exchange(connection, nullptr)->drop();
  }
};

WebSocket::WebSocket() : impl_(std::make_unique<Impl>()) {}

WebSocket::~WebSocket() {
  asio::post(impl_->context, [impl = impl_.get()] {
    impl->drop();
    impl->work.reset();
    impl->context.stop();
  });
  impl_->thread.join();
}

void WebSocket::open(const ServerUrl& server, std::size_t longest, Callbacks callbacks) {
  asio::post(impl_->context, [impl = impl_.get(), server, longest,
                              callbacks = std::move(callbacks)]() mutable {
    impl->drop();
    impl->connection = std::make_shared<Connection>(impl->context, std::move(server), std::move(callbacks));
    impl->connection->open(longest);
  });
}

void WebSocket::send(std::string text) {
  asio::post(impl_->context, [impl = impl_.get(), text = std::move(text)]() mutable {
    if (impl->connection) impl->connection->send(std::move(text));
  });
}

void WebSocket::resume() {
  asio::post(impl_->context, [impl = impl_.get()] {
    if (impl->connection) impl->connection->read();
  });
}

void WebSocket::close() {
  asio::post(impl_->context, [impl = impl_.get()] { impl->drop(); });
}

}  // namespace gable::zwave
