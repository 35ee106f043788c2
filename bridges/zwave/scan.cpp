#include "scan.hpp"

#include <iostream>

#include "zwave_config.hpp"
#include "zwave_link.hpp"

namespace gable::zwave {

namespace {

using namespace std::chrono_literals;

constexpr auto kPatience = 15s;

void print(const Network& network, const ServerUrl& server) {
  std::cout << "# Z-Wave JS server at " << server.text() << ", " << network.nodes().size() << " nodes\n";
  for (const auto& [id, node] : network.nodes()) {
    std::cout << "#   node " << id << ": " << node.title();
    if (!node.location.empty()) std::cout << ", " << node.location;
    std::cout << (node.ready ? "" : " (not interviewed yet)") << "\n";
    for (const Plan& plan : plan_entities(node)) {
      if (plan.description.entity_category.empty()) {
        std::cout << "#     " << plan.description.domain->name << " " << plan.key << "\n";
      }
    }
  }
  std::cout << "server: " << server.text() << "\n";
}

}  // namespace

int scan(bridge::Bridge& bridge) {
  const ZwaveConfig config = read_zwave_config(bridge.config(), bridge.option("--server"));
  node::Loop& loop = bridge.loop();
  ZwaveLink link(loop, config.server);
  int status = 1;
  ZwaveLink::Listener listener;
  listener.listening = [&] {
    print(link.session().network(), config.server);
    status = 0;
    loop.stop();
  };
  listener.lost = [&] { loop.stop(); };
  link.listen(std::move(listener));
  link.open();
  loop.after(kPatience, [&loop] { loop.stop(); });
  loop.run();
  link.close();
  if (status != 0) std::cerr << "no Z-Wave JS server answers at " << config.server.text() << "\n";
  return status;
}

}  // namespace gable::zwave
