#pragma once
// What Jinja's lazy filters hand out: generators that do their work (and fail) when somebody asks for the
// next value, and that can be gone through once.

#include <string>
#include <vector>

#include "template/callables/attribute_path.hpp"
#include "template/callables/callable.hpp"
#include "template/value/object.hpp"

namespace gable::rules::jinja {

// A generator's next() calls advance() until that fails or has nothing more: then it is at its end for ever.
class Generator : public Iterator {
 public:
  std::optional<Value> next(Evaluation& evaluation) final;

 protected:
  virtual std::optional<Value> advance(Evaluation& evaluation) = 0;

 private:
  bool finished_ = false;
};

// Arguments that outlive the call that gave them.
class KeptArguments {
 public:
  KeptArguments(std::span<const Value> positional, std::span<const Keyword> keywords);
  KeptArguments(const KeptArguments&) = delete;
  KeptArguments& operator=(const KeptArguments&) = delete;
  ~KeptArguments() = default;

  [[nodiscard]] const Values& positional() const { return positional_; }
  // Without the first `skip` positional ones.
  [[nodiscard]] Arguments arguments(std::size_t skip) const;

 private:
  Values positional_;
  std::vector<std::string> names_;
  std::vector<Keyword> keywords_;
};

// Each value that a filter (by name) or an attribute path makes of the items.
class MapGenerator final : public Generator {
 public:
  MapGenerator(Value source, std::span<const Value> positional, std::span<const Keyword> keywords)
      : source_(std::move(source)), arguments_(positional, keywords) {}

 private:
  std::optional<Value> advance(Evaluation& evaluation) override;
  void prepare(Evaluation& evaluation);

  Value source_;
  KeptArguments arguments_;
  IteratorPtr items_;
  const Callable* filter_ = nullptr;
  std::optional<AttributePath> path_;
};

// The items for which a test (by name; truth without one), of themselves or of an attribute, comes out as
// wanted.
class SelectGenerator final : public Generator {
 public:
  struct Mode {
    bool wanted = true;
    bool by_attribute = false;
  };
  SelectGenerator(Value source, Mode mode, std::span<const Value> positional,
                  std::span<const Keyword> keywords)
      : source_(std::move(source)), mode_(mode), arguments_(positional, keywords) {}

 private:
  std::optional<Value> advance(Evaluation& evaluation) override;
  void prepare(Evaluation& evaluation);

  Value source_;
  Mode mode_;
  KeptArguments arguments_;
  IteratorPtr items_;
  const Callable* test_ = nullptr;
  std::optional<AttributePath> path_;
};

// The first item of each kind, by attribute or by itself.
class UniqueGenerator final : public Generator {
 public:
  UniqueGenerator(Value source, AttributePath path, bool case_sensitive);
  ~UniqueGenerator() override;

 private:
  std::optional<Value> advance(Evaluation& evaluation) override;

  Value source_;
  AttributePath path_;
  bool case_sensitive_;
  IteratorPtr items_;
  std::shared_ptr<Set> seen_;
};

// Lists of `size` items.
class BatchGenerator final : public Generator {
 public:
  BatchGenerator(Value source, Value size, Value fill)
      : source_(std::move(source)), size_(std::move(size)), fill_(std::move(fill)) {}

 private:
  std::optional<Value> advance(Evaluation& evaluation) override;
  Value last_batch(Evaluation& evaluation);

  Value source_;
  Value size_;
  Value fill_;
  IteratorPtr items_;
  Values batch_;
};

// `count` lists of about equal length.
class SliceGenerator final : public Generator {
 public:
  SliceGenerator(Value source, Value count, Value fill)
      : source_(std::move(source)), count_(std::move(count)), fill_(std::move(fill)) {}

 private:
  std::optional<Value> advance(Evaluation& evaluation) override;
  void prepare(Evaluation& evaluation);

  Value source_;
  Value count_;
  Value fill_;
  Values items_;
  bool prepared_ = false;
  std::int64_t slices_ = 0;
  std::int64_t number_ = 0;
  std::int64_t per_slice_ = 0;
  std::int64_t with_extra_ = 0;
  std::size_t position_ = 0;
};

// (key, value) of a dict; nothing of something undefined; a TypeError for all else.
class ItemsGenerator final : public Generator {
 public:
  explicit ItemsGenerator(Value source) : source_(std::move(source)) {}

 private:
  std::optional<Value> advance(Evaluation& evaluation) override;

  Value source_;
  std::size_t position_ = 0;
};

// Tuples of one item of each.
class ZipIterator final : public Generator {
 public:
  ZipIterator(std::vector<IteratorPtr> sources, bool strict)
      : sources_(std::move(sources)), strict_(strict) {}
  [[nodiscard]] std::string_view type_name() const override { return "zip"; }

 private:
  std::optional<Value> advance(Evaluation& evaluation) override;
  void require_end(Evaluation& evaluation, std::size_t ended);

  std::vector<IteratorPtr> sources_;
  bool strict_;
};

// Values that are there already; reversed() makes one.
class ValuesIterator final : public Iterator {
 public:
  ValuesIterator(Values values, std::string_view type_name)
      : values_(std::move(values)), type_name_(type_name) {}
  std::optional<Value> next(Evaluation&) override;
  [[nodiscard]] std::string_view type_name() const override { return type_name_; }

 private:
  Values values_;
  std::string_view type_name_;
  std::size_t position_ = 0;
};

}  // namespace gable::rules::jinja
