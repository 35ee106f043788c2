#include "setup/private_files.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <sstream>

extern char** environ;  // NOLINT: the C library's own

namespace gable::setup {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kLargestFile = 1 << 20;

[[noreturn]] void fail(const std::string& what, const fs::path& path) {
  throw SetupError(what + " " + path.string() + ": " + std::strerror(errno));
}

// A file descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int number) : number_(number) {}
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int get() const { return number_; }

 private:
  int number_;
};

void write_all(int file, std::string_view text, const fs::path& path) {
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) fail("cannot write", path);
    text.remove_prefix(static_cast<std::size_t>(written));
  }
}

// Reads what comes out of a program; the last 4 KiB of it are enough to say why it failed.
std::string read_output(int file) {
  constexpr std::size_t kKept = 4096;
  std::string output;
  std::array<char, 4096> buffer{};
  for (;;) {
    const ssize_t got = ::read(file, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return output;
    output.append(buffer.data(), static_cast<std::size_t>(got));
    if (output.size() > kKept) output.erase(0, output.size() - kKept);
  }
}

// Starts the program with `output` as its standard output and error. Returns its process id.
pid_t spawn(const std::vector<std::string>& command, int output) {
  std::vector<char*> arguments;
  arguments.reserve(command.size() + 1);
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);

  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, output, STDERR_FILENO);
  pid_t child = 0;
  const int refused =
      posix_spawnp(&child, command.front().c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  if (refused != 0) {
    throw SetupError("cannot run " + command.front() + ": " + std::strerror(refused) + " (is it installed?)");
  }
  return child;
}

}  // namespace

void make_directory(const fs::path& path) {
  if (path.empty() || fs::is_directory(path)) return;
  make_directory(path.parent_path());
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) fail("cannot make the directory", path);
}

void write_private(const fs::path& path, std::string_view text) {
  const fs::path draft = path.string() + ".new";
  ::unlink(draft.c_str());
  {
    // O_EXCL: never through a link that somebody else put there.
    const Descriptor file(::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
    if (file.get() < 0) fail("cannot write", draft);
    write_all(file.get(), text, draft);
    if (::fsync(file.get()) != 0) fail("cannot write", draft);
  }
  if (::rename(draft.c_str(), path.c_str()) != 0) fail("cannot replace", path);
}

std::string read_text(const fs::path& path) {
  if (!fs::exists(path)) return {};
  if (fs::file_size(path) > kLargestFile) throw SetupError(path.string() + " is too large to be one of ours");
  std::ifstream file(path, std::ios::binary);
  if (!file) fail("cannot read", path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

TemporaryDirectory::TemporaryDirectory(const fs::path& parent) {
  std::string name = (parent / ".making-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) fail("cannot make a directory in", parent);
  path_ = name;
}

TemporaryDirectory::~TemporaryDirectory() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void run_program(const std::vector<std::string>& command) {
  std::array<int, 2> ends{};
  if (::pipe2(ends.data(), O_CLOEXEC) != 0) throw SetupError("cannot make a pipe");
  const Descriptor from(ends[0]);
  pid_t child = 0;
  {
    const Descriptor to(ends[1]);
    child = spawn(command, to.get());
  }
  const std::string output = read_output(from.get());
  int status = 0;
  while (::waitpid(child, &status, 0) < 0 && errno == EINTR) continue;
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    throw SetupError(command.front() + " " + (command.size() > 1 ? command[1] : "") + " failed:\n" + output);
  }
}

std::string random_password() {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  static_assert(kLetters.size() == 64);  // so that the low six bits of a random byte choose evenly
  std::array<unsigned char, 32> bytes{};
  if (::getrandom(bytes.data(), bytes.size(), 0) != static_cast<ssize_t>(bytes.size())) {
    throw SetupError("the kernel gives no random numbers");
  }
  std::string password;
  for (const unsigned char byte : bytes) password += kLetters[byte & 63U];
  return password;
}

}  // namespace gable::setup
