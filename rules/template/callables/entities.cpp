// The named characters of HTML 4, and which of them may go without ";".

#include "template/callables/entities.hpp"

#include <algorithm>
#include <array>

namespace gable::rules::jinja {
namespace {

constexpr Entity kEntities[] = {
    Entity{"AElig", 0xC6, true},     Entity{"AMP", 0x26, true},        Entity{"Aacute", 0xC1, true},
    Entity{"Acirc", 0xC2, true},     Entity{"Agrave", 0xC0, true},     Entity{"Alpha", 0x391, false},
    Entity{"Aring", 0xC5, true},     Entity{"Atilde", 0xC3, true},     Entity{"Auml", 0xC4, true},
    Entity{"Beta", 0x392, false},    Entity{"COPY", 0xA9, true},       Entity{"Ccedil", 0xC7, true},
    Entity{"Chi", 0x3A7, false},     Entity{"Dagger", 0x2021, false},  Entity{"Delta", 0x394, false},
    Entity{"ETH", 0xD0, true},       Entity{"Eacute", 0xC9, true},     Entity{"Ecirc", 0xCA, true},
    Entity{"Egrave", 0xC8, true},    Entity{"Epsilon", 0x395, false},  Entity{"Eta", 0x397, false},
    Entity{"Euml", 0xCB, true},      Entity{"GT", 0x3E, true},         Entity{"Gamma", 0x393, false},
    Entity{"Iacute", 0xCD, true},    Entity{"Icirc", 0xCE, true},      Entity{"Igrave", 0xCC, true},
    Entity{"Iota", 0x399, false},    Entity{"Iuml", 0xCF, true},       Entity{"Kappa", 0x39A, false},
    Entity{"LT", 0x3C, true},        Entity{"Lambda", 0x39B, false},   Entity{"Mu", 0x39C, false},
    Entity{"Ntilde", 0xD1, true},    Entity{"Nu", 0x39D, false},       Entity{"OElig", 0x152, false},
    Entity{"Oacute", 0xD3, true},    Entity{"Ocirc", 0xD4, true},      Entity{"Ograve", 0xD2, true},
    Entity{"Omega", 0x3A9, false},   Entity{"Omicron", 0x39F, false},  Entity{"Oslash", 0xD8, true},
    Entity{"Otilde", 0xD5, true},    Entity{"Ouml", 0xD6, true},       Entity{"Phi", 0x3A6, false},
    Entity{"Pi", 0x3A0, false},      Entity{"Prime", 0x2033, false},   Entity{"Psi", 0x3A8, false},
    Entity{"QUOT", 0x22, true},      Entity{"REG", 0xAE, true},        Entity{"Rho", 0x3A1, false},
    Entity{"Scaron", 0x160, false},  Entity{"Sigma", 0x3A3, false},    Entity{"THORN", 0xDE, true},
    Entity{"Tau", 0x3A4, false},     Entity{"Theta", 0x398, false},    Entity{"Uacute", 0xDA, true},
    Entity{"Ucirc", 0xDB, true},     Entity{"Ugrave", 0xD9, true},     Entity{"Upsilon", 0x3A5, false},
    Entity{"Uuml", 0xDC, true},      Entity{"Xi", 0x39E, false},       Entity{"Yacute", 0xDD, true},
    Entity{"Yuml", 0x178, false},    Entity{"Zeta", 0x396, false},     Entity{"aacute", 0xE1, true},
    Entity{"acirc", 0xE2, true},     Entity{"acute", 0xB4, true},      Entity{"aelig", 0xE6, true},
    Entity{"agrave", 0xE0, true},    Entity{"alefsym", 0x2135, false}, Entity{"alpha", 0x3B1, false},
    Entity{"amp", 0x26, true},       Entity{"and", 0x2227, false},     Entity{"ang", 0x2220, false},
    Entity{"apos", 0x27, false},     Entity{"aring", 0xE5, true},      Entity{"asymp", 0x2248, false},
    Entity{"atilde", 0xE3, true},    Entity{"auml", 0xE4, true},       Entity{"bdquo", 0x201E, false},
    Entity{"beta", 0x3B2, false},    Entity{"brvbar", 0xA6, true},     Entity{"bull", 0x2022, false},
    Entity{"cap", 0x2229, false},    Entity{"ccedil", 0xE7, true},     Entity{"cedil", 0xB8, true},
    Entity{"cent", 0xA2, true},      Entity{"chi", 0x3C7, false},      Entity{"circ", 0x2C6, false},
    Entity{"clubs", 0x2663, false},  Entity{"cong", 0x2245, false},    Entity{"copy", 0xA9, true},
    Entity{"crarr", 0x21B5, false},  Entity{"cup", 0x222A, false},     Entity{"curren", 0xA4, true},
    Entity{"dArr", 0x21D3, false},   Entity{"dagger", 0x2020, false},  Entity{"darr", 0x2193, false},
    Entity{"deg", 0xB0, true},       Entity{"delta", 0x3B4, false},    Entity{"diams", 0x2666, false},
    Entity{"divide", 0xF7, true},    Entity{"eacute", 0xE9, true},     Entity{"ecirc", 0xEA, true},
    Entity{"egrave", 0xE8, true},    Entity{"empty", 0x2205, false},   Entity{"emsp", 0x2003, false},
    Entity{"ensp", 0x2002, false},   Entity{"epsilon", 0x3B5, false},  Entity{"equiv", 0x2261, false},
    Entity{"eta", 0x3B7, false},     Entity{"eth", 0xF0, true},        Entity{"euml", 0xEB, true},
    Entity{"euro", 0x20AC, false},   Entity{"exist", 0x2203, false},   Entity{"fnof", 0x192, false},
    Entity{"forall", 0x2200, false}, Entity{"frac12", 0xBD, true},     Entity{"frac14", 0xBC, true},
    Entity{"frac34", 0xBE, true},    Entity{"frasl", 0x2044, false},   Entity{"gamma", 0x3B3, false},
    Entity{"ge", 0x2265, false},     Entity{"gt", 0x3E, true},         Entity{"hArr", 0x21D4, false},
    Entity{"harr", 0x2194, false},   Entity{"hearts", 0x2665, false},  Entity{"hellip", 0x2026, false},
    Entity{"iacute", 0xED, true},    Entity{"icirc", 0xEE, true},      Entity{"iexcl", 0xA1, true},
    Entity{"igrave", 0xEC, true},    Entity{"image", 0x2111, false},   Entity{"infin", 0x221E, false},
    Entity{"int", 0x222B, false},    Entity{"iota", 0x3B9, false},     Entity{"iquest", 0xBF, true},
    Entity{"isin", 0x2208, false},   Entity{"iuml", 0xEF, true},       Entity{"kappa", 0x3BA, false},
    Entity{"lArr", 0x21D0, false},   Entity{"lambda", 0x3BB, false},   Entity{"lang", 0x2329, false},
    Entity{"laquo", 0xAB, true},     Entity{"larr", 0x2190, false},    Entity{"lceil", 0x2308, false},
    Entity{"ldquo", 0x201C, false},  Entity{"le", 0x2264, false},      Entity{"lfloor", 0x230A, false},
    Entity{"lowast", 0x2217, false}, Entity{"loz", 0x25CA, false},     Entity{"lrm", 0x200E, false},
    Entity{"lsaquo", 0x2039, false}, Entity{"lsquo", 0x2018, false},   Entity{"lt", 0x3C, true},
    Entity{"macr", 0xAF, true},      Entity{"mdash", 0x2014, false},   Entity{"micro", 0xB5, true},
    Entity{"middot", 0xB7, true},    Entity{"minus", 0x2212, false},   Entity{"mu", 0x3BC, false},
    Entity{"nabla", 0x2207, false},  Entity{"nbsp", 0xA0, true},       Entity{"ndash", 0x2013, false},
    Entity{"ne", 0x2260, false},     Entity{"ni", 0x220B, false},      Entity{"not", 0xAC, true},
    Entity{"notin", 0x2209, false},  Entity{"nsub", 0x2284, false},    Entity{"ntilde", 0xF1, true},
    Entity{"nu", 0x3BD, false},      Entity{"oacute", 0xF3, true},     Entity{"ocirc", 0xF4, true},
    Entity{"oelig", 0x153, false},   Entity{"ograve", 0xF2, true},     Entity{"oline", 0x203E, false},
    Entity{"omega", 0x3C9, false},   Entity{"omicron", 0x3BF, false},  Entity{"oplus", 0x2295, false},
    Entity{"or", 0x2228, false},     Entity{"ordf", 0xAA, true},       Entity{"ordm", 0xBA, true},
    Entity{"oslash", 0xF8, true},    Entity{"otilde", 0xF5, true},     Entity{"otimes", 0x2297, false},
    Entity{"ouml", 0xF6, true},      Entity{"para", 0xB6, true},       Entity{"part", 0x2202, false},
    Entity{"permil", 0x2030, false}, Entity{"perp", 0x22A5, false},    Entity{"phi", 0x3C6, false},
    Entity{"pi", 0x3C0, false},      Entity{"piv", 0x3D6, false},      Entity{"plusmn", 0xB1, true},
    Entity{"pound", 0xA3, true},     Entity{"prime", 0x2032, false},   Entity{"prod", 0x220F, false},
    Entity{"prop", 0x221D, false},   Entity{"psi", 0x3C8, false},      Entity{"quot", 0x22, true},
    Entity{"rArr", 0x21D2, false},   Entity{"radic", 0x221A, false},   Entity{"rang", 0x232A, false},
    Entity{"raquo", 0xBB, true},     Entity{"rarr", 0x2192, false},    Entity{"rceil", 0x2309, false},
    Entity{"rdquo", 0x201D, false},  Entity{"real", 0x211C, false},    Entity{"reg", 0xAE, true},
    Entity{"rfloor", 0x230B, false}, Entity{"rho", 0x3C1, false},      Entity{"rlm", 0x200F, false},
    Entity{"rsaquo", 0x203A, false}, Entity{"rsquo", 0x2019, false},   Entity{"sbquo", 0x201A, false},
    Entity{"scaron", 0x161, false},  Entity{"sdot", 0x22C5, false},    Entity{"sect", 0xA7, true},
    Entity{"shy", 0xAD, true},       Entity{"sigma", 0x3C3, false},    Entity{"sigmaf", 0x3C2, false},
    Entity{"sim", 0x223C, false},    Entity{"spades", 0x2660, false},  Entity{"sub", 0x2282, false},
    Entity{"sube", 0x2286, false},   Entity{"sum", 0x2211, false},     Entity{"sup", 0x2283, false},
    Entity{"sup1", 0xB9, true},      Entity{"sup2", 0xB2, true},       Entity{"sup3", 0xB3, true},
    Entity{"supe", 0x2287, false},   Entity{"szlig", 0xDF, true},      Entity{"tau", 0x3C4, false},
    Entity{"there4", 0x2234, false}, Entity{"theta", 0x3B8, false},    Entity{"thetasym", 0x3D1, false},
    Entity{"thinsp", 0x2009, false}, Entity{"thorn", 0xFE, true},      Entity{"tilde", 0x2DC, false},
    Entity{"times", 0xD7, true},     Entity{"trade", 0x2122, false},   Entity{"uArr", 0x21D1, false},
    Entity{"uacute", 0xFA, true},    Entity{"uarr", 0x2191, false},    Entity{"ucirc", 0xFB, true},
    Entity{"ugrave", 0xF9, true},    Entity{"uml", 0xA8, true},        Entity{"upsih", 0x3D2, false},
    Entity{"upsilon", 0x3C5, false}, Entity{"uuml", 0xFC, true},       Entity{"weierp", 0x2118, false},
    Entity{"xi", 0x3BE, false},      Entity{"yacute", 0xFD, true},     Entity{"yen", 0xA5, true},
    Entity{"yuml", 0xFF, true},      Entity{"zeta", 0x3B6, false},     Entity{"zwj", 0x200D, false},
    Entity{"zwnj", 0x200C, false}};
static_assert(std::ranges::is_sorted(kEntities, {}, &Entity::name));

}  // namespace

const Entity* find_entity(std::string_view name) {
  const auto* const found = std::ranges::lower_bound(kEntities, name, {}, &Entity::name);
  return found != std::end(kEntities) && found->name == name ? found : nullptr;
}

}  // namespace gable::rules::jinja
