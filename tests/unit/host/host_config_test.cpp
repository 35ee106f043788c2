// The configuration of the host bridge, and the marker file.

#include "host_config.hpp"

#include <gmock/gmock.h>
#include <unistd.h>

#include <filesystem>

#include "disk_files.hpp"
#include "node/config_tree.hpp"

namespace gable::host {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string complaint(const std::string& yaml) {
  try {
    read_host_text("host.yaml", yaml);
  } catch (const node::ConfigError& error) {
    return error.what();
  }
  return "none";
}

TEST(HostConfig, ReadsAndKeepsDefaults) {
  const HostConfig config = read_host_text("host.yaml", "interval: 30s\ndisks: {exclude: [/boot*]}\n");
  EXPECT_EQ(config.interval, std::chrono::seconds(30));
  EXPECT_FALSE(config.machine.disks.takes({"/boot/efi"}));
  EXPECT_FALSE(config.machine.interfaces.takes({"lo"}));
  EXPECT_TRUE(config.machine.interfaces.takes({"eth0"}));
}

TEST(HostConfig, NamesTheLineOfAMistake) {
  EXPECT_THAT(complaint("intervall: 5s\n"), HasSubstr("host.yaml:1:1"));
  EXPECT_THAT(complaint("interval: 0s\n"), HasSubstr("at least one second"));
  EXPECT_THAT(complaint("marker: here\n"), HasSubstr("absolute path"));
  EXPECT_THAT(complaint("disks: {only: [/]}\n"), HasSubstr("host.yaml:1:9"));
}

TEST(Marker, IsAFile) {
  const auto folder = std::filesystem::temp_directory_path() / ("gable-marker-" + std::to_string(getpid()));
  std::filesystem::create_directories(folder);
  const Marker marker((folder / "keep_awake").string());
  EXPECT_FALSE(marker.present());
  EXPECT_THAT(marker.set(true), IsEmpty());
  EXPECT_TRUE(marker.present());
  EXPECT_THAT(marker.set(false), IsEmpty());
  EXPECT_THAT(marker.set(false), IsEmpty());
  EXPECT_FALSE(marker.present());
  std::filesystem::remove_all(folder);
  EXPECT_THAT(marker.set(true), HasSubstr("cannot create"));
}

}  // namespace
}  // namespace gable::host
