// Where Python's idea of a character goes beyond its general category and its simple mappings: taken from
// Unicode's DerivedCoreProperties, SpecialCasing, DerivedNumericType and Unihan tables.

#include "template/value/unicode_tables.hpp"

#include <algorithm>
#include <array>

namespace gable::rules::jinja::unicode {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Lower case without being of category Ll.
constexpr std::array<Range, 24> kOtherLower = {
    {{0x00AA, 0x00AA},   {0x00BA, 0x00BA},   {0x02B0, 0x02B8},   {0x02C0, 0x02C1},  {0x02E0, 0x02E4},
     {0x0345, 0x0345},   {0x037A, 0x037A},   {0x1D2C, 0x1D6A},   {0x1D78, 0x1D78},  {0x1D9B, 0x1DBF},
     {0x2071, 0x2071},   {0x207F, 0x207F},   {0x2090, 0x209C},   {0x2170, 0x217F},  {0x24D0, 0x24E9},
     {0x2C7C, 0x2C7D},   {0xA69C, 0xA69D},   {0xA770, 0xA770},   {0xA7F8, 0xA7F9},  {0xAB5C, 0xAB5F},
     {0x10780, 0x10780}, {0x10783, 0x10785}, {0x10787, 0x107B0}, {0x107B2, 0x107BA}}};

// Upper case without being of category Lu.
constexpr std::array<Range, 5> kOtherUpper = {
    {{0x2160, 0x216F}, {0x24B6, 0x24CF}, {0x1F130, 0x1F149}, {0x1F150, 0x1F169}, {0x1F170, 0x1F189}}};

// Digits that are no decimal digits: superscripts, in circles …
constexpr std::array<Range, 20> kOtherDigits = {
    {{0x00B2, 0x00B3}, {0x00B9, 0x00B9},   {0x1369, 0x1371},   {0x19DA, 0x19DA},   {0x2070, 0x2070},
     {0x2074, 0x2079}, {0x2080, 0x2089},   {0x2460, 0x2468},   {0x2474, 0x247C},   {0x2488, 0x2490},
     {0x24EA, 0x24EA}, {0x24F5, 0x24FD},   {0x24FF, 0x24FF},   {0x2776, 0x277E},   {0x2780, 0x2788},
     {0x278A, 0x2792}, {0x10A40, 0x10A43}, {0x10E60, 0x10E68}, {0x11052, 0x1105A}, {0x1F100, 0x1F10A}}};

// Ignored where the case of a sigma is decided, without being a mark, modifier or format character.
constexpr std::array<Range, 16> kOtherIgnorable = {{{0x0027, 0x0027},
                                                    {0x002E, 0x002E},
                                                    {0x003A, 0x003A},
                                                    {0x00B7, 0x00B7},
                                                    {0x0387, 0x0387},
                                                    {0x055F, 0x055F},
                                                    {0x05F4, 0x05F4},
                                                    {0x2018, 0x2019},
                                                    {0x2024, 0x2024},
                                                    {0x2027, 0x2027},
                                                    {0xFE13, 0xFE13},
                                                    {0xFE52, 0xFE52},
                                                    {0xFE55, 0xFE55},
                                                    {0xFF07, 0xFF07},
                                                    {0xFF0E, 0xFF0E},
                                                    {0xFF1A, 0xFF1A}}};

// Numerals that are letters.
constexpr std::array<Range, 72> kNumerals = {
    {{0x3405, 0x3405},   {0x3483, 0x3483},   {0x382A, 0x382A},   {0x3B4D, 0x3B4D},   {0x4E00, 0x4E00},
     {0x4E03, 0x4E03},   {0x4E07, 0x4E07},   {0x4E09, 0x4E09},   {0x4E5D, 0x4E5D},   {0x4E8C, 0x4E8C},
     {0x4E94, 0x4E94},   {0x4E96, 0x4E96},   {0x4EBF, 0x4EC0},   {0x4EDF, 0x4EDF},   {0x4EE8, 0x4EE8},
     {0x4F0D, 0x4F0D},   {0x4F70, 0x4F70},   {0x5104, 0x5104},   {0x5146, 0x5146},   {0x5169, 0x5169},
     {0x516B, 0x516B},   {0x516D, 0x516D},   {0x5341, 0x5341},   {0x5343, 0x5345},   {0x534C, 0x534C},
     {0x53C1, 0x53C4},   {0x56DB, 0x56DB},   {0x58F1, 0x58F1},   {0x58F9, 0x58F9},   {0x5E7A, 0x5E7A},
     {0x5EFE, 0x5EFF},   {0x5F0C, 0x5F0E},   {0x5F10, 0x5F10},   {0x62FE, 0x62FE},   {0x634C, 0x634C},
     {0x67D2, 0x67D2},   {0x6F06, 0x6F06},   {0x7396, 0x7396},   {0x767E, 0x767E},   {0x8086, 0x8086},
     {0x842C, 0x842C},   {0x8CAE, 0x8CAE},   {0x8CB3, 0x8CB3},   {0x8D30, 0x8D30},   {0x9621, 0x9621},
     {0x9646, 0x9646},   {0x964C, 0x964C},   {0x9678, 0x9678},   {0x96F6, 0x96F6},   {0xF96B, 0xF96B},
     {0xF973, 0xF973},   {0xF978, 0xF978},   {0xF9B2, 0xF9B2},   {0xF9D1, 0xF9D1},   {0xF9D3, 0xF9D3},
     {0xF9FD, 0xF9FD},   {0x20001, 0x20001}, {0x20064, 0x20064}, {0x200E2, 0x200E2}, {0x20121, 0x20121},
     {0x2092A, 0x2092A}, {0x20983, 0x20983}, {0x2098C, 0x2098C}, {0x2099C, 0x2099C}, {0x20AEA, 0x20AEA},
     {0x20AFD, 0x20AFD}, {0x20B19, 0x20B19}, {0x22390, 0x22390}, {0x22998, 0x22998}, {0x23B1B, 0x23B1B},
     {0x2626D, 0x2626D}, {0x2F890, 0x2F890}}};

// In the order of the code points. An empty title: the simple mapping.
struct SpecialCase {
  char32_t from;
  std::string_view upper;
  std::string_view title;
};
constexpr std::array<SpecialCase, 54> kSpecialCases = {{{0x00DF, "SS", "Ss"},
                                                        {0x0149, "\u02BCN", "\u02BCN"},
                                                        {0x01F0, "J\u030C", "J\u030C"},
                                                        {0x0390, "\u0399\u0308\u0301", "\u0399\u0308\u0301"},
                                                        {0x03B0, "\u03A5\u0308\u0301", "\u03A5\u0308\u0301"},
                                                        {0x0587, "\u0535\u0552", "\u0535\u0582"},
                                                        {0x1E96, "H\u0331", "H\u0331"},
                                                        {0x1E97, "T\u0308", "T\u0308"},
                                                        {0x1E98, "W\u030A", "W\u030A"},
                                                        {0x1E99, "Y\u030A", "Y\u030A"},
                                                        {0x1E9A, "A\u02BE", "A\u02BE"},
                                                        {0x1F50, "\u03A5\u0313", "\u03A5\u0313"},
                                                        {0x1F52, "\u03A5\u0313\u0300", "\u03A5\u0313\u0300"},
                                                        {0x1F54, "\u03A5\u0313\u0301", "\u03A5\u0313\u0301"},
                                                        {0x1F56, "\u03A5\u0313\u0342", "\u03A5\u0313\u0342"},
                                                        {0x1FB2, "\u1FBA\u0399", "\u1FBA\u0345"},
                                                        {0x1FB3, "\u0391\u0399", ""},
                                                        {0x1FB4, "\u0386\u0399", "\u0386\u0345"},
                                                        {0x1FB6, "\u0391\u0342", "\u0391\u0342"},
                                                        {0x1FB7, "\u0391\u0342\u0399", "\u0391\u0342\u0345"},
                                                        {0x1FBC, "\u0391\u0399", ""},
                                                        {0x1FC2, "\u1FCA\u0399", "\u1FCA\u0345"},
                                                        {0x1FC3, "\u0397\u0399", ""},
                                                        {0x1FC4, "\u0389\u0399", "\u0389\u0345"},
                                                        {0x1FC6, "\u0397\u0342", "\u0397\u0342"},
                                                        {0x1FC7, "\u0397\u0342\u0399", "\u0397\u0342\u0345"},
                                                        {0x1FCC, "\u0397\u0399", ""},
                                                        {0x1FD2, "\u0399\u0308\u0300", "\u0399\u0308\u0300"},
                                                        {0x1FD3, "\u0399\u0308\u0301", "\u0399\u0308\u0301"},
                                                        {0x1FD6, "\u0399\u0342", "\u0399\u0342"},
                                                        {0x1FD7, "\u0399\u0308\u0342", "\u0399\u0308\u0342"},
                                                        {0x1FE2, "\u03A5\u0308\u0300", "\u03A5\u0308\u0300"},
                                                        {0x1FE3, "\u03A5\u0308\u0301", "\u03A5\u0308\u0301"},
                                                        {0x1FE4, "\u03A1\u0313", "\u03A1\u0313"},
                                                        {0x1FE6, "\u03A5\u0342", "\u03A5\u0342"},
                                                        {0x1FE7, "\u03A5\u0308\u0342", "\u03A5\u0308\u0342"},
                                                        {0x1FF2, "\u1FFA\u0399", "\u1FFA\u0345"},
                                                        {0x1FF3, "\u03A9\u0399", ""},
                                                        {0x1FF4, "\u038F\u0399", "\u038F\u0345"},
                                                        {0x1FF6, "\u03A9\u0342", "\u03A9\u0342"},
                                                        {0x1FF7, "\u03A9\u0342\u0399", "\u03A9\u0342\u0345"},
                                                        {0x1FFC, "\u03A9\u0399", ""},
                                                        {0xFB00, "FF", "Ff"},
                                                        {0xFB01, "FI", "Fi"},
                                                        {0xFB02, "FL", "Fl"},
                                                        {0xFB03, "FFI", "Ffi"},
                                                        {0xFB04, "FFL", "Ffl"},
                                                        {0xFB05, "ST", "St"},
                                                        {0xFB06, "ST", "St"},
                                                        {0xFB13, "\u0544\u0546", "\u0544\u0576"},
                                                        {0xFB14, "\u0544\u0535", "\u0544\u0565"},
                                                        {0xFB15, "\u0544\u053B", "\u0544\u056B"},
                                                        {0xFB16, "\u054E\u0546", "\u054E\u0576"},
                                                        {0xFB17, "\u0544\u053D", "\u0544\u056D"}}};

template <std::size_t size>
bool within(const std::array<Range, size>& ranges, char32_t c) {
  const auto after = std::upper_bound(ranges.begin(), ranges.end(), c,
                                      [](char32_t value, const Range& range) { return value < range.first; });
  return after != ranges.begin() && c <= std::prev(after)->last;
}

const SpecialCase* special_case(char32_t c) {
  const auto at =
      std::lower_bound(kSpecialCases.begin(), kSpecialCases.end(), c,
                       [](const SpecialCase& entry, char32_t value) { return entry.from < value; });
  return at != kSpecialCases.end() && at->from == c ? &*at : nullptr;
}

}  // namespace

bool is_other_lower(char32_t c) { return within(kOtherLower, c); }
bool is_other_upper(char32_t c) { return within(kOtherUpper, c); }
bool is_other_digit(char32_t c) { return within(kOtherDigits, c); }
bool is_other_ignorable(char32_t c) { return within(kOtherIgnorable, c); }
bool is_numeral(char32_t c) { return within(kNumerals, c); }

std::string_view special_upper(char32_t c) {
  const SpecialCase* entry = special_case(c);
  return entry != nullptr ? entry->upper : std::string_view();
}

std::string_view special_title(char32_t c) {
  const SpecialCase* entry = special_case(c);
  return entry != nullptr ? entry->title : std::string_view();
}

}  // namespace gable::rules::jinja::unicode
