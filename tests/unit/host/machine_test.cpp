// A machine made of texts: what it shows, and what it leaves out.

#include "protocol/machine.hpp"

#include <gmock/gmock.h>

#include <map>
#include <set>

namespace gable::host {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

class FakeMachine final : public MachineFiles {
 public:
  std::map<std::string, std::string> files;
  std::map<std::string, DiskSpace> disks;

  [[nodiscard]] std::optional<std::string> read(const std::string& path) const override {
    const auto found = files.find(path);
    if (found == files.end()) return std::nullopt;
    return found->second;
  }
  [[nodiscard]] std::vector<std::string> list(const std::string& path) const override {
    const std::string folder = path.ends_with('/') ? path : path + "/";
    std::set<std::string> names;
    for (const auto& [file, text] : files) {
      if (file.starts_with(folder))
        names.insert(file.substr(folder.size(), file.find('/', folder.size()) - folder.size()));
    }
    return {names.begin(), names.end()};
  }
  [[nodiscard]] std::optional<DiskSpace> disk_space(const std::string& point) const override {
    const auto found = disks.find(point);
    if (found == disks.end()) return std::nullopt;
    return found->second;
  }
};

FakeMachine computer() {
  FakeMachine machine;
  machine.files = {
      {"/proc/loadavg", "0.52 1.04 2.30 3/1154 90210\n"},
      {"/proc/meminfo", "MemTotal: 1000 kB\nMemAvailable: 250 kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n"},
      {"/proc/stat", "btime 1795316731\n"},
      {"/proc/1/stat", ""},
      {"/proc/42/stat", ""},
      {"/proc/mounts", "/dev/sda2 / ext4 rw 0 0\n/dev/sda3 /home ext4 rw 0 0\n/dev/sdb1 /dead ext4 rw 0 0\n"},
      {"/proc/net/dev", "lo: 1 0 0 0 0 0 0 0 1 0\neth0: 10485760 0 0 0 0 0 0 0 2097152 0\n"},
      {"/sys/class/net/eth0/operstate", "up\n"},
      {"/sys/class/hwmon/hwmon0/name", "coretemp\n"},
      {"/sys/class/hwmon/hwmon0/temp1_input", "47800\n"},
      {"/sys/class/hwmon/hwmon0/temp1_label", "Package id 0\n"},
      {"/sys/class/hwmon/hwmon0/temp2_input", "broken\n"},
      {"/sys/class/hwmon/hwmon1/name", "nvme\n"},
      {"/sys/class/hwmon/hwmon1/temp1_input", "35000\n"},
      {"/sys/class/hwmon/hwmon2/name", "nvme\n"},
      {"/sys/class/hwmon/hwmon2/temp1_input", "36000\n"},
      {"/sys/class/thermal/thermal_zone0/type", "acpitz\n"},
      {"/sys/class/thermal/thermal_zone0/temp", "27000\n"},
  };
  machine.disks = {{"/", {100, 20, 60}}, {"/home", {1ULL << 40U, 1ULL << 39U, 1ULL << 39U}}};
  return machine;
}

std::vector<std::string> ids(const std::vector<MachineDevice>& devices) {
  std::vector<std::string> out;
  for (const auto& device : devices) out.push_back(device.id);
  return out;
}

const Measurement* find(const std::vector<MachineDevice>& devices, const std::string& id,
                        const std::string& key) {
  for (const auto& device : devices) {
    for (const auto& measurement : device.measurements) {
      if (device.id == id && measurement.key == key) return &measurement;
    }
  }
  return nullptr;
}

TEST(Machine, ShowsAllThatItHas) {
  const auto devices = read_machine(computer(), {});
  EXPECT_THAT(ids(devices), ElementsAre("system", "disk_root", "disk_home", "net_lo", "net_eth0",
                                        "temp_coretemp", "temp_nvme", "temp_nvme_2", "zone_acpitz"));
  EXPECT_EQ(find(devices, "system", "memory")->value, 75);
  EXPECT_EQ(find(devices, "system", "processes")->value, 2);
  EXPECT_EQ(find(devices, "system", "swap"), nullptr);
  EXPECT_EQ(find(devices, "disk_root", "used")->value, 75);
  EXPECT_EQ(find(devices, "disk_home", "free")->value, 512);
  EXPECT_EQ(find(devices, "net_eth0", "received")->value, 10);
  EXPECT_EQ(find(devices, "net_eth0", "link")->value, 1);
  EXPECT_EQ(find(devices, "net_lo", "link"), nullptr);
  EXPECT_EQ(find(devices, "temp_coretemp", "temp1")->name, "Package id 0");
  EXPECT_EQ(find(devices, "temp_coretemp", "temp2"), nullptr);
}

TEST(Machine, LeavesOutWhatIsMissing) {
  FakeMachine machine = computer();
  machine.files.erase("/proc/loadavg");
  machine.files.erase("/proc/net/dev");
  machine.files["/proc/meminfo"] = "nonsense";
  const auto devices = read_machine(machine, {});
  EXPECT_EQ(find(devices, "system", "load_1"), nullptr);
  EXPECT_EQ(find(devices, "system", "memory"), nullptr);
  EXPECT_NE(find(devices, "system", "last_boot"), nullptr);
  EXPECT_EQ(find(devices, "net_eth0", "received"), nullptr);
  EXPECT_THAT(read_machine(FakeMachine(), {}), IsEmpty());
}

TEST(Machine, SelectionsApply) {
  MachineOptions options;
  options.disks.include = {"/h*"};
  options.interfaces.exclude = {"*"};
  options.temperatures.include = {"Package*", "acpitz"};
  EXPECT_THAT(ids(read_machine(computer(), options)),
              ElementsAre("system", "disk_home", "temp_coretemp", "zone_acpitz"));
}

TEST(IdPart, MakesStableIds) {
  EXPECT_EQ(id_part("/"), "root");
  EXPECT_EQ(id_part("/home/My Data"), "home_my_data");
  EXPECT_EQ(id_part("enp3s0.5"), "enp3s0_5");
  EXPECT_EQ(id_part("Größe"), "gr_e");
}

TEST(Calm, HidesNoiseAndShowsSteps) {
  Measurement measurement;
  measurement.step = 1;
  Calm calm;
  const auto show = [&](double value) {
    measurement.value = value;
    return calm.show(measurement);
  };
  EXPECT_EQ(show(40.4), 40);
  EXPECT_EQ(show(40.6), 40);
  EXPECT_EQ(show(39.6), 40);
  EXPECT_EQ(show(41.5), 42);
  EXPECT_EQ(show(40.6), 42);
  EXPECT_EQ(show(40.4), 40);
}

}  // namespace
}  // namespace gable::host
