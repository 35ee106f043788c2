#include "sources.hpp"

#include <utility>

#include "echo_socket.hpp"
#include "lease_file.hpp"
#include "neighbour_socket.hpp"
#include "router_table.hpp"

namespace gable::presence {

SourceIndex source_count(const PresenceConfig& config) {
  return (config.neighbours ? 1U : 0U) + (config.ping ? 1U : 0U) + config.leases.size() +
         config.routers.size();
}

Sources make_sources(node::Loop& loop, Descriptors& descriptors, const PresenceConfig& config,
                     std::function<std::vector<Ip>()> addresses) {
  Sources sources;
  // Leases first: they tell who is who.
  for (const LeaseFileConfig& file : config.leases)
    sources.all.push_back(std::make_unique<LeaseFile>(loop, descriptors, file.path, file.format));
  if (config.neighbours)
    sources.all.push_back(std::make_unique<NeighbourSocket>(descriptors, config.interfaces));
  for (const RouterConfig& router : config.routers)
    sources.all.push_back(std::make_unique<RouterTable>(loop, descriptors, router));
  if (config.ping) {
    sources.all.push_back(std::make_unique<EchoSocket>(descriptors, std::move(addresses)));
    sources.pings = sources.all.back().get();
  }
  return sources;
}

}  // namespace gable::presence
