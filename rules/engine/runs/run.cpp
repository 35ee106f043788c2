#include "engine/runs/run.hpp"

#include <algorithm>

namespace gable::rules {

Strand* Run::find(StrandId strand) {
  const auto found =
      std::find_if(strands.begin(), strands.end(), [strand](const auto& each) { return each->id == strand; });
  return found == strands.end() ? nullptr : found->get();
}

Scope& scope_of(Run& run, const Strand& strand) {
  for (const Strand* at = &strand; at != nullptr; at = run.find(at->parent)) {
    const auto innermost = std::find_if(at->frames.rbegin(), at->frames.rend(),
                                        [](const Frame& frame) { return frame.scope != nullptr; });
    if (innermost != at->frames.rend()) return *innermost->scope;
  }
  return *run.strands.front()->frames.front().scope;
}

namespace {

std::string part_of(const Frame& frame) {
  const std::string pick = std::to_string(frame.pick);
  switch (frame.kind) {
    case Frame::Kind::top:
      return "";
    case Frame::Kind::option:
      return "/choose/" + pick + "/sequence/";
    case Frame::Kind::fallback:
      return "/default/";
    case Frame::Kind::then:
      return "/then/";
    case Frame::Kind::otherwise:
      return "/else/";
    case Frame::Kind::loop:
      return "/repeat/sequence/";
    case Frame::Kind::block:
      return "/sequence/";
    case Frame::Kind::branch:
      return "/parallel/" + pick + "/sequence/";
  }
  return "";
}

const Sequence* option_of(const ChooseAction& choose, std::size_t pick) {
  return pick < choose.options.size() ? &choose.options[pick].sequence : nullptr;
}

const Sequence* branch_of(const ParallelAction& parallel, std::size_t pick) {
  return pick < parallel.branches.size() ? &parallel.branches[pick] : nullptr;
}

const Sequence* of(const std::optional<Sequence>& sequence) { return sequence ? &*sequence : nullptr; }

template <typename Kind, typename Find>
const Sequence* within(const Action& step, const Find& find) {
  const auto* kind = std::get_if<Kind>(&step.kind);
  return kind != nullptr ? find(*kind) : nullptr;
}

}  // namespace

std::string path_of(Run& run, const Strand& strand) {
  std::string path;
  if (const Strand* parent = run.find(strand.parent)) {
    path = path_of(run, *parent);
  } else {
    // As Home Assistant names them in its traces.
    path = run.runnable.entity.starts_with("script.") ? "sequence/" : "action/";
  }
  for (const Frame& frame : strand.frames) path += part_of(frame) + std::to_string(frame.index);
  return path;
}

const Sequence* sequence_below(const Action& step, Frame::Kind kind, std::size_t pick) {
  switch (kind) {
    case Frame::Kind::top:
      return nullptr;
    case Frame::Kind::option:
      return within<ChooseAction>(step, [pick](const auto& choose) { return option_of(choose, pick); });
    case Frame::Kind::fallback:
      return within<ChooseAction>(step, [](const auto& choose) { return of(choose.otherwise); });
    case Frame::Kind::then:
      return within<IfAction>(step, [](const auto& choice) { return &choice.then; });
    case Frame::Kind::otherwise:
      return within<IfAction>(step, [](const auto& choice) { return of(choice.otherwise); });
    case Frame::Kind::loop:
      return within<RepeatAction>(step, [](const auto& repeat) { return &repeat.sequence; });
    case Frame::Kind::block:
      return within<SequenceAction>(step, [](const auto& block) { return &block.sequence; });
    case Frame::Kind::branch:
      return within<ParallelAction>(step, [pick](const auto& parallel) { return branch_of(parallel, pick); });
  }
  return nullptr;
}

}  // namespace gable::rules
