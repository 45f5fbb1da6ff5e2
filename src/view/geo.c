/* SPDX-License-Identifier: MIT */
/* Countries as features of GeoJSON (RFC 7946): the point that a source gives, longitude first, or null, which GeoJSON
 * alone of all answers has. What is said of a country stands in its properties, as in JSON. */
#include <string.h>

#include "internal.h"

/* The text of a decimal number as JSON has it; NULL for any other. */
static const char *coordinate(const struct value *point, const char *key)
{
    const struct value *value = point == NULL ? NULL : value_part(point, key);
    if (value == NULL || value->text == NULL)
        return NULL;
    const char *at = value->text + (value->text[0] == '-' ? 1 : 0);
    size_t whole = strspn(at, "0123456789");
    size_t part = at[whole] == '.' ? strspn(at + whole + 1, "0123456789") : 0;
    bool plain = whole == 1 || (whole > 1 && at[0] != '0');
    bool ends = at[whole] == '\0' || (part > 0 && at[whole + 1 + part] == '\0');
    return plain && ends ? value->text : NULL;
}

void geo_open(const struct thing *country, struct buf *out)
{
    const struct value *point = thing_value(country, "point");
    const char *latitude = coordinate(point, "latitude");
    const char *longitude = coordinate(point, "longitude");
    buf_puts(out, "{\"type\":\"Feature\",\"id\":");
    format_json_text(country->id, out);
    if (latitude != NULL && longitude != NULL)
        buf_printf(out, ",\"geometry\":{\"type\":\"Point\",\"coordinates\":[%s,%s]}", longitude, latitude);
    else
        buf_puts(out, ",\"geometry\":null");
    buf_puts(out, ",\"properties\":");
}

void geo_close(struct buf *out)
{
    buf_putc(out, '}');
}
