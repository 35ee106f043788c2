#pragma once
// Evaluation: what one rendering of a template is done with. Everything that a function of a template may ask
// for comes through here: the house, the time, the budget, and the record of what was read. Lives for one
// rendering.

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "template/evaluate/budget.hpp"
#include "template/evaluate/reads.hpp"
#include "template/house/house.hpp"
#include "template/time/clock.hpp"
#include "template/value/value.hpp"

namespace gable::rules::jinja {

struct Keyword {
  std::string_view name;
  Value value;
};

// What a call passes. Borrowed for the call.
struct Arguments {
  std::span<const Value> positional;
  std::span<const Keyword> keywords;

  [[nodiscard]] const Value* keyword(std::string_view name) const;
};

// Random numbers from outside, so that the same evaluation can be repeated.
class RandomSource {
 public:
  virtual ~RandomSource() = default;
  // 0 ≤ result < bound; bound ≥ 1.
  virtual std::uint64_t below(std::uint64_t bound) = 0;
};

class RegexCache;

class Evaluation {
 public:
  struct Surroundings {
    const House& house;
    const Clock& clock;
    RandomSource& random;
    Limits limits = {};
  };
  explicit Evaluation(const Surroundings& surroundings)
      : surroundings_(surroundings), budget_(surroundings.limits) {}
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;
  ~Evaluation();

  [[nodiscard]] Budget& budget() { return budget_; }
  [[nodiscard]] Reads& reads() { return reads_; }
  [[nodiscard]] const House& house() const { return surroundings_.house; }
  // The time of this rendering; asking for `now` is to be recorded: reads().time().
  [[nodiscard]] const Clock& clock() const { return surroundings_.clock; }
  [[nodiscard]] RandomSource& random() { return surroundings_.random; }

  // Calls a function, method, macro or type. Charges a step. TypeError when it is not callable.
  Value call(const Value& callee, const Arguments& arguments);
  // A filter or test by its name, as `map('float')` and `select('gt', 3)` do it: `value` is the first
  // argument. TemplateRuntimeError "No filter named 'x'." when there is none.
  Value filter(std::string_view name, const Value& value, const Arguments& arguments);
  bool test(std::string_view name, const Value& value, const Arguments& arguments);

  // Calls release() of an object that may hold itself in a circle when the evaluation ends.
  void release_at_end(ObjectPtr object) { circular_.push_back(std::move(object)); }
  // What callables/regex.cpp has compiled so far; null until it makes one.
  std::shared_ptr<RegexCache>& regexes() { return regexes_; }

 private:
  Surroundings surroundings_;
  Budget budget_;
  Reads reads_;
  std::vector<ObjectPtr> circular_;
  std::shared_ptr<RegexCache> regexes_;
};

}  // namespace gable::rules::jinja
