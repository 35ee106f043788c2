// POSIX quoting (2.2): single quotes keep all, double quotes all but \ before " \ $ ` and newline.
#include "core/services/processes.hpp"
#include "wire/utf8.hpp"

namespace gable::hub {

namespace {

class Splitter {
 public:
  explicit Splitter(std::string_view line) : line_(line) {}

  wire::Result<std::vector<std::string>> split() {
    for (; at_ < line_.size(); ++at_) {
      const char c = line_[at_];
      if (quote_ != 0)
        quoted(c);
      else
        plain(c);
    }
    if (quote_ != 0 || dangling_)
      return wire::Error{wire::ErrorCode::malformed,
                         "a quotation does not end in: " + wire::shortened(line_, 200), ""};
    end_word();
    return std::move(words_);
  }

 private:
  void end_word() {
    if (begun_) words_.push_back(std::move(word_));
    word_.clear();
    begun_ = false;
  }

  void add(char c) {
    word_ += c;
    begun_ = true;
  }

  void escape() {
    dangling_ = at_ + 1 >= line_.size();
    if (!dangling_) add(line_[++at_]);
  }

  void plain(char c) {
    if (c == ' ' || c == '\t' || c == '\n' || c == '\r') return end_word();
    if (c == '\\') return escape();
    if (c != '\'' && c != '"') return add(c);
    quote_ = c;
    begun_ = true;
  }

  void quoted(char c) {
    constexpr std::string_view kEscaped = "\"\\$`\n";
    if (c == quote_) {
      quote_ = 0;
    } else if (c == '\\' && quote_ == '"' && at_ + 1 < line_.size() &&
               kEscaped.find(line_[at_ + 1]) != std::string_view::npos) {
      add(line_[++at_]);
    } else {
      add(c);
    }
  }

  std::string_view line_;
  std::size_t at_ = 0;
  char quote_ = 0;
  bool begun_ = false, dangling_ = false;
  std::string word_;
  std::vector<std::string> words_;
};

}  // namespace

wire::Result<std::vector<std::string>> shell_words(std::string_view line) { return Splitter(line).split(); }

}  // namespace gable::hub
