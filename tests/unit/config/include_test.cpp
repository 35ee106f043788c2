// !include and !secret, and that neither leaves the configuration's folder.

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>

#include "memory_files.hpp"
#include "wire/json.hpp"

namespace gable::node::test {
namespace {

std::string json(const ConfigFiles& files, const std::string& path = "house.yaml") {
  return wire::to_json(read_config(files, path).root.to_value());
}

MemoryFiles house(const std::string& text) {
  MemoryFiles files;
  files.add("house.yaml", text);
  return files;
}

TEST(Include, File) {
  MemoryFiles files = house("a: !include parts/a.yaml\nb: !include empty.yaml\n");
  files.add("parts/a.yaml", "- 1\n- !include deeper/b.yaml\n");
  files.add("parts/deeper/b.yaml", "x: 2\n");
  files.add("empty.yaml", "");
  EXPECT_EQ(json(files), R"({"a":[1,{"x":2}],"b":{}})");
}

TEST(Include, NodesNameTheirOwnFile) {
  MemoryFiles files = house("a: !include parts/a.yaml\n");
  files.add("parts/a.yaml", "\nk: v\n");
  EXPECT_EQ(read_config(files, "house.yaml").root.at("a").at("k").position().text(), "parts/a.yaml:2:4");
  files.add("parts/a.yaml", "k: [\n");
  EXPECT_EQ(error_of(files, "house.yaml"),
            "parts/a.yaml:2:1: a '[' is not closed (it begins after line 1, column 4)");
}

MemoryFiles folder(const std::string& tag) {
  MemoryFiles files = house("a: !" + tag + " d\n");
  files.add("d/two.yaml", "p: 2\n");
  files.add("d/one.yaml", "o: 1\n");
  files.add("d/sub/three.yaml", "q: 3\n");
  files.add("d/.hidden.yaml", "h: 1\n");
  files.add("d/secrets.yaml", "pw: x\n");
  files.add("d/empty.yaml", "# nothing\n");
  files.add("d/notes.txt", "no\n");
  return files;
}

TEST(Include, Folders) {
  EXPECT_EQ(json(folder("include_dir_list")), R"({"a":[{"o":1},{"p":2},{"q":3}]})");
  EXPECT_EQ(json(folder("include_dir_named")), R"({"a":{"one":{"o":1},"two":{"p":2},"three":{"q":3}}})");
  EXPECT_EQ(json(folder("include_dir_merge_named")), R"({"a":{"o":1,"p":2,"q":3}})");
  MemoryFiles lists = house("a: !include_dir_merge_list d\n");
  lists.add("d/1.yaml", "- 1\n- 2\n");
  lists.add("d/2.yaml", "- 3\n");
  EXPECT_EQ(json(lists), R"({"a":[1,2,3]})");
}

TEST(Include, FoldersWithTheSameKeyTwice) {
  MemoryFiles files = folder("include_dir_merge_named");
  files.add("d/zwei.yaml", "p: 9\n");
  EXPECT_EQ(error_of(files, "house.yaml"),
            "d/zwei.yaml:1:1: the key 'p' stands in two files (first at d/two.yaml:1:1)");
  ConfigReadOptions options;
  options.duplicates = DuplicateKeys::last_wins;
  const ConfigDocument document = read_config(files, "house.yaml", options);
  EXPECT_EQ(document.root.at("a").at("p").as_int(), 9);
  EXPECT_EQ(document.warnings.size(), 1U);
}

TEST(Include, WrongShapesAreNamed) {
  MemoryFiles files = house("a: !include_dir_merge_list d\n");
  files.add("d/1.yaml", "k: 1\n");
  EXPECT_EQ(error_of(files, "house.yaml"),
            "d/1.yaml:1:1: expected a list, found keys with values (lines that begin with '- ')");
  EXPECT_EQ(error_of(house("a: !include\n"), "house.yaml"), "house.yaml:1:4: expected a text, found ''");
  EXPECT_EQ(error_of(house("a: !include [x]\n"), "house.yaml"),
            "house.yaml:1:4: expected a file name after !include, found a list");
  EXPECT_EQ(error_of(house("a:\n  !include missing.yaml\n"), "house.yaml"),
            "house.yaml:2:3: cannot read 'missing.yaml': No such file or directory");
}

TEST(Include, CyclesAreRefused) {
  MemoryFiles files = house("a: !include b.yaml\n");
  files.add("b.yaml", "- !include house.yaml\n");
  EXPECT_EQ(error_of(files, "house.yaml"), "b.yaml:1:3: 'house.yaml' includes itself");
  files.add("b.yaml", "- !include_dir_list .\n");
  EXPECT_EQ(error_of(files, "house.yaml"), "b.yaml:1:3: 'b.yaml' includes itself");
}

TEST(Include, NestingIsLimited) {
  MemoryFiles files = house("a: !include f0.yaml\n");
  for (int i = 0; i < 30; ++i) {
    files.add("f" + std::to_string(i) + ".yaml", "!include f" + std::to_string(i + 1) + ".yaml\n");
  }
  EXPECT_EQ(error_of(files, "house.yaml"), "f15.yaml:1:1: more than 16 files within files");
  MemoryFiles deep = house("a: [[!include b.yaml]]\n");
  deep.add("b.yaml", std::string(61, '[') + std::string(61, ']'));
  EXPECT_EQ(error_of(deep, "house.yaml"), "no error");
  deep.add("b.yaml", std::string(63, '[') + std::string(63, ']'));
  EXPECT_EQ(error_of(deep, "house.yaml"), "house.yaml:1:6: nested more than 64 deep");
}

TEST(Include, AllFilesTogetherAreLimited) {
  MemoryFiles files = house("a: [!include b.yaml, !include b.yaml, !include b.yaml]\n");
  files.add("b.yaml", "[1, 2, 3]\n");
  ConfigReadOptions options;
  options.limits.total_nodes = 13;  // 5 here, 4 in each
  EXPECT_EQ(error_of(files, "house.yaml", options), "house.yaml:1:39: more than 13 values in all files");
  options.limits.total_nodes = 17;
  EXPECT_EQ(error_of(files, "house.yaml", options), "no error");
}

TEST(Include, NothingLeavesTheFolder) {
  const auto refused = [](MemoryFiles& files) {
    files.add("/etc/passwd.yaml", "root: x\n");
    files.add("/conf2/x.yaml", "other: x\n");
    return error_of(files, "house.yaml");
  };
  const std::string outside = " is outside of the configuration's folder '/conf'";
  MemoryFiles dots = house("a: !include ../etc/passwd.yaml\n");
  EXPECT_EQ(refused(dots), "house.yaml:1:4: '/etc/passwd.yaml'" + outside);
  MemoryFiles absolute = house("a: !include /etc/passwd.yaml\n");
  EXPECT_EQ(refused(absolute), "house.yaml:1:4: '/etc/passwd.yaml'" + outside);
  MemoryFiles neighbour = house("a: !include ../conf2/x.yaml\n");
  EXPECT_EQ(refused(neighbour), "house.yaml:1:4: '/conf2/x.yaml'" + outside);
  MemoryFiles link = house("a: !include l.yaml\n");
  link.link("l.yaml", "/etc/passwd.yaml");
  EXPECT_EQ(refused(link), "house.yaml:1:4: '/etc/passwd.yaml'" + outside);
  MemoryFiles folder_link = house("a: !include_dir_list d\n");
  folder_link.link("d", "../etc");
  EXPECT_EQ(refused(folder_link), "house.yaml:1:4: '/etc'" + outside);
  MemoryFiles inner_link = house("a: !include_dir_list d\n");
  inner_link.add("d/a.yaml", "1");
  inner_link.link("d/e", "/etc");
  EXPECT_EQ(refused(inner_link), "house.yaml:1:4: '/etc'" + outside);
  MemoryFiles within = house("a: !include l.yaml\n");
  within.link("l.yaml", "parts/real.yaml");
  within.add("parts/real.yaml", "7\n");
  EXPECT_EQ(json(within), R"({"a":7})");
}

TEST(Secret, BesideTheFileOrAbove) {
  MemoryFiles files = house("a: !secret pw\nb: !include parts/b.yaml\n");
  files.add("secrets.yaml", "pw: '5'\nport: 1884\n");
  files.add("parts/b.yaml", "c: !secret port\nd: !secret own\n");
  files.add("parts/secrets.yaml", "own: x\n");
  EXPECT_EQ(json(files), R"({"a":"5","b":{"c":1884,"d":"x"}})");
  EXPECT_EQ(read_config(files, "house.yaml").root.at("a").position().text(), "house.yaml:1:4");
}

TEST(Secret, Missing) {
  const std::string message = "house.yaml:1:4: there is no secret 'pw' (add it to secrets.yaml)";
  EXPECT_EQ(error_of(house("a: !secret pw\n"), "house.yaml"), message);
  MemoryFiles above = house("a: !secret pw\n");
  above.add("/secrets.yaml", "pw: not for us\n");
  EXPECT_EQ(error_of(above, "house.yaml"), message);
  MemoryFiles list = house("a: !secret pw\n");
  list.add("secrets.yaml", "pw: [1]\n");
  EXPECT_EQ(error_of(list, "house.yaml"), "house.yaml:1:4: the secret 'pw' is not a text");
}

TEST(Secret, NeverStandsInAMessage) {
  MemoryFiles files = house("port: !secret pw\n");
  files.add("secrets.yaml", "pw: hunter2\n");
  try {
    (void)read_config(files, "house.yaml").root.at("port").as_int();
    FAIL();
  } catch (const ConfigError& error) {
    EXPECT_STREQ(error.what(), "house.yaml:1:7: expected a whole number, found another text in the secret");
  }
}

TEST(Disk, ReadsFilesFoldersAndLinks) {
  std::string folder = testing::TempDir() + "gable_config_XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  namespace fs = std::filesystem;
  fs::create_directory(folder + "/conf");
  fs::create_directory(folder + "/conf/d");
  std::ofstream(folder + "/conf/house.yaml") << "a: !include_dir_named d\n";
  std::ofstream(folder + "/conf/d/x.yaml") << "1\n";
  const DiskFiles files;
  EXPECT_EQ(json(files, folder + "/conf/house.yaml"), R"({"a":{"x":1}})");

  std::ofstream(folder + "/out.yaml") << "2\n";
  fs::create_symlink("../../out.yaml", folder + "/conf/d/y.yaml");
  EXPECT_NE(error_of(files, folder + "/conf/house.yaml").find("is outside of"), std::string::npos);
  fs::remove(folder + "/conf/d/y.yaml");
  ASSERT_EQ(mkfifo((folder + "/conf/d/z.yaml").c_str(), 0600), 0);
  EXPECT_NE(error_of(files, folder + "/conf/house.yaml").find("is not a file"), std::string::npos);
  fs::remove(folder + "/conf/d/z.yaml");
  std::ofstream(folder + "/conf/d/big.yaml") << std::string(1024 * 1024 + 1, '#');
  EXPECT_NE(error_of(files, folder + "/conf/house.yaml").find("is larger than 1048576 bytes"),
            std::string::npos);
  EXPECT_EQ(error_of(files, folder + "/none.yaml"), folder + "/none.yaml: cannot be read (cannot read '" +
                                                        folder + "/none.yaml': No such file or directory)");
  fs::remove_all(folder);
}

}  // namespace
}  // namespace gable::node::test
