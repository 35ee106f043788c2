// gable-bridge-wol: wakes hosts by Wake-on-LAN, and tells by ping whether they are awake. One switch a host.
#include <arpa/inet.h>
#include <netinet/ether.h>
#include <netinet/ip_icmp.h>
#include <unistd.h>

#include <stdexcept>

#include "bridge/run.hpp"
#include "bridge/worker.hpp"
#include "node/config_tree.hpp"

using gable::bridge::Command, gable::bridge::Object, gable::bridge::Reply, gable::node::ConfigNode;

namespace {

constexpr int kMisses = 3;  // pings without an answer until a host is off: radio loses some

// What an IPv4 address answers within a second; without `listens` the question itself, once it has left.
std::string ask(int protocol, const sockaddr_in& to, std::string question, bool listens) {
  const int socket = ::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, protocol), on = 1;
  if (socket < 0) throw std::runtime_error("may not ping: see sysctl net.ipv4.ping_group_range");
  const timeval patience{1, 0};
  setsockopt(socket, SOL_SOCKET, SO_BROADCAST, &on, sizeof on);
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  const bool sent = ::connect(socket, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0 &&
                    ::send(socket, question.data(), question.size(), 0) > 0;
  const bool came = sent && listens && ::recv(socket, question.data(), question.size(), 0) > 0;
  ::close(socket);
  return came || (sent && !listens) ? question : std::string();
}

sockaddr_in address_of(const ConfigNode& node, std::uint16_t port) {
  sockaddr_in address{AF_INET, htons(port), {}, {}};
  if (inet_pton(AF_INET, node.as_text().c_str(), &address.sin_addr) != 1)
    node.fail_expected("an IPv4 address");
  return address;
}

// 6 bytes of ones, and the card's address 16 times.
std::string magic_packet(const ConfigNode& node) {
  const ether_addr* card = ether_aton(node.as_text().c_str());
  const bool more = node.as_text().find_first_not_of("0123456789abcdefABCDEF:") != std::string::npos;
  if (card == nullptr || more) node.fail_expected("a hardware address, 02:00:00:00:00:01");
  std::string packet(6, '\xff');
  for (int i = 0; i < 16; ++i) packet.append(card->ether_addr_octet, card->ether_addr_octet + 6);
  return packet;
}

}  // namespace

int main(int argc, char** argv) {
  gable::bridge::About about{.name = "wol", .summary = "Wakes hosts, and tells whether they are awake"};
  about.needs_config = true;
  return gable::bridge::run(argc, argv, about, [](gable::bridge::Bridge& bridge) {
    for (const auto& [id, position, host] : bridge.config().at("hosts").entries()) {
      host.expect_keys({"mac", "address", "broadcast", "name"});
      const auto packet = magic_packet(host.at("mac"));
      const auto address = address_of(host.at("address"), 0), network = address_of(host.at("broadcast"), 9);
      const std::string name = host.find("name") == nullptr ? id : host.at("name").as_text();
      const auto device = bridge.add(id, gable::bridge::switch_entity().named(name));
      device.on_command([=](const Command& command, const Reply& reply) {
        if (command.is("turn_off")) return reply.rejected("it can be woken, not sent to sleep");
        ask(IPPROTO_UDP, network, packet, false).empty() ? reply.failed("cannot send to the network")
                                                         : reply.done();
      });
      device.poll(std::chrono::seconds(2), bridge.worker(id),
                  [address, missed = kMisses]() mutable -> Object {
                    const auto answer = ask(IPPROTO_ICMP, address, {ICMP_ECHO, 0, 0, 0, 0, 0, 0, 0}, true);
                    missed = !answer.empty() && answer[0] == ICMP_ECHOREPLY ? 0 : missed + 1;
                    return {{"state", missed < kMisses ? "on" : "off"}};
                  });
    }
  });
}
