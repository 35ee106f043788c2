#pragma once
// Frame: the variables of one scope. A loop, a macro call, a with block has a frame of its own over the one
// around it.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "template/value/value.hpp"

namespace gable::rules::jinja {

struct Frame {
  // Names are borrowed from the tree, which outlives the evaluation. Scopes have few: searched one by one.
  std::vector<std::pair<std::string_view, Value>> variables;
  // Shared with the macros that were defined there and may outlive the scope. Null: the outermost.
  std::shared_ptr<Frame> parent;

  [[nodiscard]] const Value* find_here(std::string_view name) const {
    for (const auto& [known, value] : variables) {
      if (known == name) return &value;
    }
    return nullptr;
  }
  [[nodiscard]] const Value* find(std::string_view name) const {
    for (const Frame* frame = this; frame != nullptr; frame = frame->parent.get()) {
      if (const Value* value = frame->find_here(name)) return value;
    }
    return nullptr;
  }
  void set(std::string_view name, Value value) {
    for (auto& [known, content] : variables) {
      if (known == name) {
        content = std::move(value);
        return;
      }
    }
    variables.emplace_back(name, std::move(value));
  }
};

using FramePtr = std::shared_ptr<Frame>;

// Names that are the scope's own before it sets them (see Tree::hidden).
inline void hide(Frame& frame, const std::vector<std::string>& names) {
  for (const std::string& name : names) frame.set(name, Value::undefined("'" + name + "' is undefined"));
}

inline FramePtr inner_frame(FramePtr parent, const std::vector<std::string>& hidden = {}) {
  auto frame = std::make_shared<Frame>();
  frame->parent = std::move(parent);
  hide(*frame, hidden);
  return frame;
}

}  // namespace gable::rules::jinja
