/* SPDX-License-Identifier: MIT */
/* UTF-8 by hand rather than by locale: the program never calls setlocale, so the C library's own functions would
 * only know ASCII. The width ranges are the blocks of Unicode's EastAsianWidth W and F and the common combining marks.
 */
#include "cyberatlas/base/utf8.h"

#include "cyberatlas/base/common.h"

/* Length of the sequence that `lead` starts, 0 when it starts none. */
static size_t sequence(unsigned char lead)
{
    if (lead < 0x80)
        return 1;
    if (lead >= 0xC2 && lead <= 0xDF)
        return 2;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xF0 && lead <= 0xF4 ? 4 : 0;
}

/* The second byte alone tells overlong forms, surrogates and values beyond the last plane. */
static bool second_valid(unsigned char lead, unsigned char second)
{
    switch (lead) {
    case 0xE0:
        return second >= 0xA0 && second <= 0xBF;
    case 0xED:
        return second >= 0x80 && second <= 0x9F;
    case 0xF0:
        return second >= 0x90 && second <= 0xBF;
    case 0xF4:
        return second >= 0x80 && second <= 0x8F;
    default:
        return second >= 0x80 && second <= 0xBF;
    }
}

bool utf8_valid(const char *data, size_t len)
{
    const unsigned char *bytes = (const unsigned char *)data;
    for (size_t i = 0; i < len;) {
        size_t n = sequence(bytes[i]);
        if (n == 0 || n > len - i || (n > 1 && !second_valid(bytes[i], bytes[i + 1])))
            return false;
        for (size_t k = 2; k < n; k++)
            if (bytes[i + k] < 0x80 || bytes[i + k] > 0xBF)
                return false;
        i += n;
    }
    return true;
}

uint32_t utf8_next(const char **at)
{
    const unsigned char *bytes = (const unsigned char *)*at;
    size_t n = sequence(bytes[0]);
    if (n <= 1) {
        *at += 1;
        return bytes[0];
    }
    uint32_t point = bytes[0] & (0xFFU >> (n + 1));
    for (size_t k = 1; k < n; k++)
        point = point << 6 | (bytes[k] & 0x3FU);
    *at += n;
    return point;
}

struct range {
    uint32_t first;
    uint32_t last;
};

static const struct range zero_width[] = {
    {0x0300, 0x036F}, {0x0483, 0x0489}, {0x0591, 0x05BD}, {0x0610, 0x061A}, {0x064B, 0x065F}, {0x0900, 0x0902},
    {0x093C, 0x093C}, {0x0E31, 0x0E31}, {0x0E34, 0x0E3A}, {0x0E47, 0x0E4E}, {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
    {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}, {0xFE20, 0xFE2F}, {0xFEFF, 0xFEFF},
};
static const struct range double_width[] = {
    {0x1100, 0x115F}, {0x2E80, 0x303E},   {0x3041, 0x33FF},   {0x3400, 0x4DBF},   {0x4E00, 0x9FFF},
    {0xA000, 0xA4CF}, {0xAC00, 0xD7A3},   {0xF900, 0xFAFF},   {0xFE30, 0xFE4F},   {0xFF00, 0xFF60},
    {0xFFE0, 0xFFE6}, {0x1F300, 0x1F64F}, {0x1F900, 0x1F9FF}, {0x20000, 0x3FFFD},
};

static bool within(uint32_t point, const struct range *ranges, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (point >= ranges[i].first && point <= ranges[i].last)
            return true;
    return false;
}

size_t utf8_width_of(uint32_t point)
{
    if (point < 0x300)
        return 1;
    if (within(point, zero_width, COUNT_OF(zero_width)))
        return 0;
    return within(point, double_width, COUNT_OF(double_width)) ? 2 : 1;
}

size_t utf8_width(const char *text)
{
    size_t width = 0;
    while (*text != '\0')
        width += utf8_width_of(utf8_next(&text));
    return width;
}
