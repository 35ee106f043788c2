#include "sources.hpp"

#include "lease_file.hpp"
#include "neighbour_socket.hpp"

namespace gable::presence {

SourceIndex source_count(const PresenceConfig& config) {
  return (config.neighbours ? 1U : 0U) + config.leases.size();
}

Sources make_sources(node::Loop& loop, Descriptors& descriptors, const PresenceConfig& config) {
  Sources sources;
  if (config.neighbours)
    sources.all.push_back(std::make_unique<NeighbourSocket>(descriptors, config.interfaces));
  for (const LeaseFileConfig& file : config.leases)
    sources.all.push_back(std::make_unique<LeaseFile>(loop, descriptors, file.path, file.format));
  return sources;
}

}  // namespace gable::presence
