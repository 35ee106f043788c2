// Texts as kernels write them, and texts as they should not be.

#include "protocol/proc_texts.hpp"

#include <gmock/gmock.h>

namespace gable::host {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(Loadavg, ReadsThreeMeans) {
  const auto load = parse_loadavg("0.52 1.04 12.30 3/1154 90210\n");
  ASSERT_TRUE(load);
  EXPECT_EQ(load->one, 0.52);
  EXPECT_EQ(load->five, 1.04);
  EXPECT_EQ(load->fifteen, 12.3);
}

TEST(Loadavg, RefusesOddTexts) {
  for (const auto* text : {"", "\n", "0.5 0.4", "a b c", "0.5 0.4 x", "-1 0 0", "0,5 0,4 0,3"}) {
    EXPECT_FALSE(parse_loadavg(text)) << text;
  }
}

TEST(Meminfo, ReadsWhatIsThere) {
  const auto memory = parse_meminfo(
      "MemTotal:        8131564 kB\nMemFree:          412000 kB\nMemAvailable:    6098673 kB\nBuffers: 1 kB\n"
      "SwapCached:            0 kB\nSwapTotal:       2097148 kB\nSwapFree:        1048574 kB\n");
  ASSERT_TRUE(memory);
  EXPECT_EQ(memory->total_kib, 8131564U);
  EXPECT_EQ(memory->available_kib, 6098673U);
  EXPECT_EQ(memory->swap_total_kib - memory->swap_free_kib, 1048574U);
}

TEST(Meminfo, OldKernelsAddUp) {
  const auto memory = parse_meminfo("MemTotal: 1000 kB\nMemFree: 100 kB\nBuffers: 50 kB\nCached: 250 kB\n");
  ASSERT_TRUE(memory);
  EXPECT_EQ(memory->available_kib, 400U);
  EXPECT_EQ(memory->swap_total_kib, 0U);
}

TEST(Meminfo, RefusesOddTexts) {
  EXPECT_FALSE(parse_meminfo(""));
  EXPECT_FALSE(parse_meminfo("MemTotal: much\n"));
  EXPECT_FALSE(parse_meminfo("MemTotal: 10 kB\nMemAvailable: 11 kB\n"));
  EXPECT_FALSE(parse_meminfo("MemTotal: 99999999999999999999999 kB\n"));
}

TEST(BootTime, IsTheLineBtime) {
  EXPECT_EQ(parse_boot_time("cpu  1 2 3\nintr 5\nbtime 1795316731\nprocesses 9\n"), 1795316731);
  EXPECT_FALSE(parse_boot_time("cpu 1 2 3\nxbtime 5\n"));
  EXPECT_FALSE(parse_boot_time("btime\n"));
}

TEST(Mounts, UnescapesBlanks) {
  const auto mounts = parse_mounts("/dev/sdb1 /media/My\\040Disk\\134x ext4 rw 0 0\nbroken line\n\n");
  ASSERT_EQ(mounts.size(), 1U);
  EXPECT_EQ(mounts.front().point, "/media/My Disk\\x");
}

TEST(Mounts, KeepsStorageOnly) {
  const auto mounts = storage_mounts(parse_mounts(
      "sysfs /sys sysfs rw 0 0\nproc /proc proc rw 0 0\n/dev/sda2 / ext4 rw 0 0\ntmpfs /run tmpfs rw 0 0\n"
      "/dev/sda1 /boot/efi vfat rw 0 0\n/dev/sda2 /var/lib/bind ext4 rw 0 0\n/dev/loop3 /snap/core/1 "
      "squashfs ro 0 0\n"
      "nas:/export /mnt/nas nfs4 rw 0 0\n/dev/mapper/vg-home /home xfs rw 0 0\n"));
  std::vector<std::string> points;
  for (const Mount& mount : mounts) points.push_back(mount.point);
  EXPECT_THAT(points, ElementsAre("/", "/boot/efi", "/home"));
}

TEST(Mounts, WhatIsMountedOverIsNotThere) {
  const auto mounts = storage_mounts(
      parse_mounts("/dev/sda2 / ext4 rw 0 0\n/dev/sda3 /home ext4 rw 0 0\n/dev/sda4 /srv ext4 rw 0 0\n"
                   "tmpfs /home tmpfs ro 0 0\n/dev/sda5 /srv xfs rw 0 0\n"));
  std::vector<std::string> points;
  for (const Mount& mount : mounts) points.push_back(mount.device + " " + mount.point);
  EXPECT_THAT(points, ElementsAre("/dev/sda2 /", "/dev/sda5 /srv"));
}

TEST(Mounts, RootOfAContainerCounts) {
  EXPECT_EQ(storage_mounts(parse_mounts("overlay / overlay rw 0 0\n")).size(), 1U);
}

TEST(NetDev, ReadsCountersWithAndWithoutBlanks) {
  const auto traffic = parse_net_dev(
      "Inter-|   Receive                                                |  Transmit\n"
      " face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs\n"
      "    lo: 100 2 0 0 0 0 0 0 200 2 0 0 0 0 0 0\n"
      "enp3s0:18446744073709551615 9 0 0 0 0 0 0 42 7 0 0 0 0 0 0\n"
      "eth0.5: 7 1 0 0 0 0 0 0 8 1 0 0 0 0 0 0\n short: 1 2\n");
  ASSERT_EQ(traffic.size(), 3U);
  EXPECT_EQ(traffic.at(0).sent, 200U);
  EXPECT_EQ(traffic.at(1).interface, "enp3s0");
  EXPECT_EQ(traffic.at(1).received, UINT64_MAX);
  EXPECT_EQ(traffic.at(2).interface, "eth0.5");
}

TEST(Operstate, KnowsUpAndDown) {
  EXPECT_EQ(parse_operstate("up\n"), true);
  EXPECT_EQ(parse_operstate("lowerlayerdown\n"), false);
  EXPECT_FALSE(parse_operstate("unknown\n"));
  EXPECT_FALSE(parse_operstate(""));
}

TEST(Millidegrees, RefusesTheImpossible) {
  EXPECT_EQ(parse_millidegrees("47500\n"), 47.5);
  EXPECT_EQ(parse_millidegrees("-5000"), -5.0);
  for (const auto* text : {"", "-273200", "999999", "47.5", "n/a"})
    EXPECT_FALSE(parse_millidegrees(text)) << text;
}

std::string utmp_record(int type, std::string user) {
  std::string record(384, '\0');
  record[0] = static_cast<char>(type);
  record.replace(44, user.size(), user);
  return record;
}

TEST(Utmp, CountsSessionsOfPeople) {
  EXPECT_EQ(count_sessions(""), 0U);
  EXPECT_EQ(count_sessions(utmp_record(2, "reboot") + utmp_record(7, "anna") + utmp_record(8, "ben") +
                           utmp_record(7, "anna") + utmp_record(7, "")),
            2U);
  EXPECT_FALSE(count_sessions("half a record"));
}

TEST(Matches, KnowsTheStar) {
  EXPECT_TRUE(matches("veth*", "veth12ab"));
  EXPECT_TRUE(matches("*", ""));
  EXPECT_TRUE(matches("temp*_input", "temp10_input"));
  EXPECT_FALSE(matches("temp*_input", "temp1_label"));
  EXPECT_FALSE(matches("eth0", "eth01"));
}

}  // namespace
}  // namespace gable::host
