// Tables and texts for the terminal.

#include "gable/table.hpp"

#include <gtest/gtest.h>

#include <sstream>

namespace gable::cli {
namespace {

std::string shown(std::size_t columns, bool colour = false) {
  Table table({"ENTITY", "STATE", "AREA"});
  table.add({{"light.kitchen_ceiling"}, {"on", Colour::green}, {""}});
  table.add({{"sensor.küche"}, {"21.5 °C"}, {""}});
  std::ostringstream out;
  table.write(out, Paint(colour), columns);
  return out.str();
}

TEST(TableTest, ColumnsStandBelowEachOtherAndEmptyOnesAreLeftOut) {
  EXPECT_EQ(shown(0),
            "ENTITY                 STATE\n"
            "light.kitchen_ceiling  on\n"
            "sensor.küche           21.5 °C\n");
}

TEST(TableTest, TheWidestColumnIsCutToFitTheTerminalButNeverTheFirst) {
  Table table({"ENTITY", "NAME", "STATE"});
  table.add({{"light.kitchen_ceiling"}, {"The lamp above the table"}, {"on"}});
  std::ostringstream out;
  table.write(out, Paint(false), 44);
  EXPECT_EQ(out.str(),
            "ENTITY                 NAME            STATE\n"
            "light.kitchen_ceiling  The lamp abov…  on\n");
  EXPECT_EQ(shown(20), shown(0));
}

TEST(TableTest, ColoursTakeNoRoom) {
  EXPECT_NE(shown(0, true).find("light.kitchen_ceiling  \x1b[32mon\x1b[0m\n"), std::string::npos);
}

TEST(PaintTest, ControlCharactersFromOutsideAreShown) {
  EXPECT_EQ(printable("a\x1b[31mb\nc\xff"), "a\\x1b[31mb c\\xff");
  EXPECT_EQ(printable("é 居"), "é 居");
}

TEST(PaintTest, WidthCountsColumns) {
  EXPECT_EQ(width_of("küche"), 5U);
  EXPECT_EQ(width_of("居間"), 4U);
  EXPECT_EQ(cut_to("居間の灯", 5), "居間…");
  EXPECT_EQ(cut_to("abc", 3), "abc");
}

}  // namespace
}  // namespace gable::cli
