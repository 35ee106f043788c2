#include "gable/context.hpp"

#include <ostream>

#include "node/broker_url.hpp"
#include "node/id_source.hpp"
#include "wire/entity_id.hpp"
#include "wire/json.hpp"

namespace gable::cli {

namespace {

constexpr std::string_view kLocalBroker = "mqtt://127.0.0.1:1883";
// Whose private topics are used on a broker without users.
constexpr std::string_view kNobody = "gable";

}  // namespace

int Context::fail(std::string_view text) const {
  out.flush();
  err << "gable: " << text << '\n';
  return node::kExitFailed;
}

int Context::refuse(std::string_view text) const {
  fail(text);
  return node::kExitUsage;
}

int Context::fail(const wire::Error& error) const { return fail(error.message()); }

void Context::print(const wire::Value& value) const { out << wire::to_json(value) << '\n'; }

wire::Result<Context> make_context(const node::CommonArguments& common, std::ostream& out,
                                   std::ostream& err) {
  auto connect = node::parse_broker_url(common.broker.empty() ? kLocalBroker : common.broker);
  if (!connect) return connect.error();
  Context context{.paint = Paint::of_stdout(), .columns = terminal_columns(), .out = out, .err = err};
  node::RandomIds ids;
  context.run_id = ids.next();
  context.connect = std::move(*connect);
  context.connect.client_id = "gable-" + context.run_id;
  context.connect.session_expiry_seconds = 0;
  context.connect.timeout_seconds = 5;
  context.address = node::broker_address(context.connect);
  context.root_given = !common.root.empty();
  if (context.root_given) context.root = common.root;
  context.user = wire::valid_device_id(context.connect.user) ? context.connect.user : std::string(kNobody);
  context.broker_given = !common.broker.empty();
  context.json = common.json;
  return context;
}

}  // namespace gable::cli
