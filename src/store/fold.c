/* SPDX-License-Identifier: MIT */
/* Letters that the tokenizer of FTS5 leaves as they are, in the form in which people type them who lack them: those
 * whose mark is part of the letter (ø, ł, đ), ligatures (ß, æ), and Greek and Cyrillic letters with their marks (a mark
 * that is typed as a character of its own the tokenizer drops). It may not know what
 * is searched. Invariant: what holds none of them is left byte for byte, valid UTF-8 or not. */
#include <string.h>

#include "internal.h"

static const struct letter {
    const char *from, *to;
} letters[] = {
    {"ß", "ss"}, {"ẞ", "ss"}, {"æ", "ae"}, {"Æ", "ae"}, {"œ", "oe"}, {"Œ", "oe"}, {"þ", "th"}, {"Þ", "th"}, {"ø", "o"},
    {"Ø", "o"},  {"ł", "l"},  {"Ł", "l"},  {"đ", "d"},  {"Đ", "d"},  {"ð", "d"},  {"Ð", "d"},  {"ħ", "h"},  {"Ħ", "h"},
    {"ŧ", "t"},  {"Ŧ", "t"},  {"ŋ", "n"},  {"Ŋ", "n"},  {"ı", "i"},  {"ŀ", "l"},  {"ά", "α"},  {"Ά", "α"},  {"έ", "ε"},
    {"Έ", "ε"},  {"ή", "η"},  {"Ή", "η"},  {"ί", "ι"},  {"Ί", "ι"},  {"ϊ", "ι"},  {"Ϊ", "ι"},  {"ΐ", "ι"},  {"ό", "ο"},
    {"Ό", "ο"},  {"ύ", "υ"},  {"Ύ", "υ"},  {"ϋ", "υ"},  {"Ϋ", "υ"},  {"ΰ", "υ"},  {"ώ", "ω"},  {"Ώ", "ω"},  {"й", "и"},
    {"Й", "и"},  {"ѝ", "и"},  {"Ѝ", "и"},  {"ї", "і"},  {"Ї", "і"},  {"ў", "у"},  {"Ў", "у"},  {"ё", "е"},  {"Ё", "е"},
    {"ѐ", "е"},  {"Ѐ", "е"},  {"ѓ", "г"},  {"Ѓ", "г"},  {"ќ", "к"},  {"Ќ", "к"},
};

static const struct letter *letter_at(const char *text, size_t len)
{
    for (size_t i = 0; (unsigned char)text[0] >= 0xC3 && i < COUNT_OF(letters); i++) {
        size_t from = strlen(letters[i].from);
        if (from <= len && memcmp(letters[i].from, text, from) == 0)
            return &letters[i];
    }
    return NULL;
}

bool fold_text(const char *text, size_t len, struct buf *out)
{
    bool folded = false;
    for (size_t at = 0; at < len;) {
        const struct letter *letter = letter_at(text + at, len - at);
        if (letter == NULL)
            buf_putc(out, text[at++]);
        else {
            buf_puts(out, letter->to);
            at += strlen(letter->from);
            folded = true;
        }
    }
    return folded;
}
