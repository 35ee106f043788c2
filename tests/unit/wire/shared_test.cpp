// Values that many hold.

#include "wire/shared.hpp"

#include <gtest/gtest.h>

#include <string>

namespace gable::wire {
namespace {

using Text = Shared<std::string>;

TEST(Shared, NeverGivenAValueItReadsAsAnEmptyOne) {
  const Text text;
  EXPECT_EQ(*text, "");
  EXPECT_TRUE(text->empty());
}

TEST(Shared, ACopyIsTheSameUntilOneIsChanged) {
  Text one(std::string("a")), other = one;
  EXPECT_TRUE(one.same(other));
  other.own() = "b";
  EXPECT_EQ(*one, "a");
  EXPECT_EQ(*other, "b");
}

TEST(Shared, WhoIsAloneChangesItInPlace) {
  Text text(std::string("a"));
  const std::string* before = &*text;
  text.own() += "b";
  EXPECT_EQ(&*text, before);
  EXPECT_EQ(*text, "ab");
}

TEST(Pool, EqualValuesBecomeOne) {
  Pool<std::string, std::hash<std::string>> pool;
  Text one(std::string("a")), other(std::string("a")), third(std::string("b"));
  for (Text* text : {&one, &other, &third}) pool.unify(*text);
  EXPECT_TRUE(one.same(other));
  EXPECT_FALSE(one.same(third));
  EXPECT_EQ(pool.size(), 2u);
}

TEST(Pool, WhatNobodyHoldsAnyMoreIsLetGo) {
  Pool<std::string, std::hash<std::string>> pool;
  Text kept(std::string("kept"));
  pool.unify(kept);
  for (int i = 0; i < 10'000; ++i) {
    Text passing(std::to_string(i));
    pool.unify(passing);
  }
  EXPECT_LT(pool.size(), 1'000u);
  Text again(std::string("kept"));
  pool.unify(again);
  EXPECT_TRUE(again.same(kept));
}

}  // namespace
}  // namespace gable::wire
