/* SPDX-License-Identifier: MIT */
/* The filter on the wire: a machine over the bytes of request heads that stops at the first one that RFC 9112 forbids
 * or a ceiling does, before a lenient library reads it. The faulty head is then ended as a whole one, so that the guard
 * sees it, refuses it for the reason found here, and the connection ends; nothing that came behind gets through. Nor
 * does anything behind a head that announces content, since none is taken: what could be mistaken for a second request
 * stays outside. It keeps no bytes, allocates nothing, and knows neither sockets nor the library. */
#include <string.h>

#include "internal.h"

/* What a step says of a byte; otherwise it gives the reason for which the head is refused. */
enum { PASS = -1, DROP = -2 };

/* The fields that say where a request ends, and the one that the library would take apart. */
enum field { FIELD_OTHER, FIELD_LENGTH, FIELD_CODING, FIELD_COOKIE };

enum { TOKEN = OCTET_TOKEN, VISIBLE = OCTET_VISIBLE, VALUE = OCTET_VALUE, LONGEST_METHOD = 23, LONGEST_LENGTH = 15 };

static bool is(unsigned char c, int class)
{
    return (octet_classes[c] & class) != 0;
}

static bool is_line_end(unsigned char c)
{
    return c == '\r' || c == '\n';
}

static int go(struct wire *wire, enum wire_state state)
{
    wire->state = (uint8_t)state;
    wire->part = 0;
    return PASS;
}

/* One more byte of the field lines. */
static int grow(struct wire *wire)
{
    if (wire->block >= GUARD_FIELD_BYTES)
        return REFUSE_MANY_FIELDS;
    wire->block++;
    return PASS;
}

static int step_method(struct wire *wire, unsigned char c)
{
    if (c == ' ' && wire->part > 0)
        return go(wire, WIRE_TARGET);
    if (c == ' ' || c == '\t' || is_line_end(c))
        return REFUSE_BAD_LINE;
    if (!is(c, TOKEN))
        return REFUSE_BAD_METHOD;
    if (wire->part >= LONGEST_METHOD)
        return REFUSE_UNKNOWN_METHOD;
    wire->part++;
    return PASS;
}

/* One empty line may stand before a request: RFC 9112, section 2.2. */
static int step_start(struct wire *wire, unsigned char c)
{
    if (c == '\n')
        return REFUSE_BAD_LINE_END;
    if (c == '\r')
        return wire->blank ? REFUSE_EMPTY_LINES : go(wire, WIRE_START_LF);
    int verdict = step_method(wire, c);
    if (verdict != PASS)
        return verdict;
    wire->state = WIRE_METHOD;
    wire->block = wire->lines = 0;
    wire->content = false;
    return PASS;
}

static int step_start_lf(struct wire *wire, unsigned char c)
{
    wire->blank = true;
    return c == '\n' ? go(wire, WIRE_START) : REFUSE_BAD_LINE_END;
}

static int step_target(struct wire *wire, unsigned char c)
{
    if (c == ' ' && wire->part > 0)
        return go(wire, WIRE_VERSION);
    if (c == ' ' || is_line_end(c))
        return REFUSE_BAD_LINE;
    if (!is(c, VISIBLE))
        return REFUSE_BAD_BYTE;
    if (wire->part >= GUARD_TARGET_BYTES)
        return REFUSE_LONG_TARGET;
    wire->part++;
    return PASS;
}

static int step_version(struct wire *wire, unsigned char c)
{
    static const char shape[] = "HTTP/0.0";
    size_t at = wire->part;
    if (at == sizeof(shape) - 1 && c == '\r')
        return wire->other_version ? REFUSE_OTHER_VERSION : go(wire, WIRE_LINE_LF);
    if (at == sizeof(shape) - 1 || (shape[at] == '0' ? c < '0' || c > '9' : c != (unsigned char)shape[at]))
        return at == 0 ? REFUSE_BAD_LINE : REFUSE_BAD_VERSION;
    if (at == sizeof("HTTP/") - 1)
        wire->other_version = c != '1';
    wire->part++;
    return PASS;
}

static int step_line_lf(struct wire *wire, unsigned char c)
{
    return c == '\n' ? go(wire, WIRE_NAME_START) : REFUSE_BAD_LINE_END;
}

static const char *const names[] = {
    [FIELD_LENGTH] = "content-length", [FIELD_CODING] = "transfer-encoding", [FIELD_COOKIE] = "cookie"};

static char small(unsigned char c)
{
    return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* Follows the name under way: two of those above begin alike, and differ in the third letter. */
static enum field follow(enum field field, uint32_t at, unsigned char c)
{
    if (at == 0 && small(c) != 't')
        field = FIELD_LENGTH;
    else if (at == 0)
        field = FIELD_CODING;
    else if (at == 2 && field == FIELD_LENGTH && small(c) == 'o')
        field = FIELD_COOKIE;
    return field != FIELD_OTHER && names[field][at] == small(c) ? field : FIELD_OTHER;
}

static int end_name(struct wire *wire)
{
    if (wire->field != FIELD_OTHER && names[wire->field][wire->part] != '\0')
        wire->field = FIELD_OTHER;
    wire->content = wire->content || wire->field == FIELD_CODING;
    return go(wire, WIRE_VALUE);
}

static int step_name(struct wire *wire, unsigned char c)
{
    int verdict = grow(wire);
    if (verdict != PASS)
        return verdict;
    if (c == ':')
        return end_name(wire);
    if (c == ' ' || c == '\t')
        return REFUSE_SPACED_NAME;
    if (is_line_end(c))
        return REFUSE_NO_COLON;
    if (!is(c, TOKEN))
        return REFUSE_BAD_NAME;
    wire->field = (uint8_t)follow((enum field)wire->field, wire->part, c);
    wire->part++;
    return PASS;
}

static int step_name_start(struct wire *wire, unsigned char c)
{
    if (c == '\r')
        return go(wire, WIRE_END_LF);
    if (c == '\n')
        return REFUSE_BAD_LINE_END;
    if (c == ' ' || c == '\t')
        return REFUSE_FOLDED;
    if (!is(c, TOKEN))
        return REFUSE_BAD_NAME;
    if (wire->lines >= GUARD_FIELDS)
        return REFUSE_MANY_FIELDS;
    wire->lines++;
    (void)go(wire, WIRE_NAME);
    return step_name(wire, c);
}

/* The white space around the digits goes: the library before 1.0 would find the number malformed for it. */
static int step_length(struct wire *wire, unsigned char c)
{
    if (c == ' ' || c == '\t') {
        wire->ended = wire->part > 0;
        return DROP;
    }
    if (c < '0' || c > '9' || wire->ended)
        return REFUSE_BAD_LENGTH;
    if (wire->part >= LONGEST_LENGTH)
        return wire->content ? REFUSE_CONTENT : REFUSE_BAD_LENGTH;
    wire->content = wire->content || c != '0';
    wire->part++;
    return PASS;
}

static int step_value(struct wire *wire, unsigned char c)
{
    int verdict = grow(wire);
    if (verdict != PASS)
        return verdict;
    bool length = wire->field == FIELD_LENGTH;
    if (c == '\r') {
        wire->ended = false;
        return length && wire->part == 0 ? REFUSE_BAD_LENGTH : go(wire, WIRE_VALUE_LF);
    }
    if (c == '\n')
        return REFUSE_BAD_LINE_END;
    if (length)
        return step_length(wire, c);
    if (!is(c, VALUE))
        return REFUSE_BAD_FIELD_VALUE;
    return wire->field == FIELD_COOKIE ? DROP : PASS; /* the library would copy each cookie; nobody here wants one */
}

static int step_value_lf(struct wire *wire, unsigned char c)
{
    if (c != '\n')
        return REFUSE_BAD_LINE_END;
    int verdict = grow(wire);
    return verdict == PASS ? go(wire, WIRE_NAME_START) : verdict;
}

static int step_end_lf(struct wire *wire, unsigned char c)
{
    if (c != '\n')
        return REFUSE_BAD_LINE_END;
    wire->heads++;
    wire->blank = false;
    return go(wire, wire->content ? WIRE_OVER : WIRE_START);
}

#define HOST "Host: -\r\n"

/* How a head that broke off in a state becomes a whole one for the library; with a Host where it can have none yet,
 * since the library refuses one without from 1.0 on, and says less. */
static const struct {
    int (*step)(struct wire *wire, unsigned char c);
    const char *ending;
} states[] = {
    [WIRE_START] = {step_start, "- / HTTP/1.1\r\n" HOST "\r\n"},
    [WIRE_START_LF] = {step_start_lf, "\n- / HTTP/1.1\r\n" HOST "\r\n"},
    [WIRE_METHOD] = {step_method, " / HTTP/1.1\r\n" HOST "\r\n"},
    [WIRE_TARGET] = {step_target, " HTTP/1.1\r\n" HOST "\r\n"},
    [WIRE_VERSION] = {step_version, " HTTP/1.1\r\n" HOST "\r\n"},
    [WIRE_LINE_LF] = {step_line_lf, "\n" HOST "\r\n"},
    [WIRE_NAME_START] = {step_name_start, "\r\n"},
    [WIRE_NAME] = {step_name, "-:\r\n\r\n"},
    [WIRE_VALUE] = {step_value, "\r\n\r\n"},
    [WIRE_VALUE_LF] = {step_value_lf, "\n\r\n"},
    [WIRE_END_LF] = {step_end_lf, "\n"},
};

static const char *ending_of(const struct wire *wire)
{
    if (wire->state == WIRE_TARGET && wire->part == 0)
        return "- HTTP/1.1\r\n" HOST "\r\n";
    if (wire->state == WIRE_NAME_START && wire->lines == 0)
        return HOST "\r\n";
    if (wire->state == WIRE_VALUE && wire->field == FIELD_LENGTH)
        return "0\r\n\r\n";
    return states[wire->state].ending;
}

static size_t span(const unsigned char *data, size_t len, int class)
{
    size_t at = 0;
    while (at < len && is(data[at], class))
        at++;
    return at;
}

/* A name that is whole here and none of those that matter, with its colon; 0 where a step for each byte is due. */
static size_t pass_name(struct wire *wire, const unsigned char *data, size_t len)
{
    size_t left = GUARD_FIELD_BYTES - wire->block;
    size_t run = span(data, len < left ? len : left, TOKEN);
    bool whole = run > 0 && run < len && run < left && data[run] == ':' && wire->lines < GUARD_FIELDS;
    if (!whole || small(data[0]) == 'c' || small(data[0]) == 't')
        return 0;
    wire->lines++;
    wire->block += (uint32_t)run + 1;
    wire->field = FIELD_OTHER;
    (void)go(wire, WIRE_VALUE);
    return run + 1;
}

/* The bytes of a value, and the line's end where it is here too. */
static size_t pass_value(struct wire *wire, const unsigned char *data, size_t len)
{
    size_t left = GUARD_FIELD_BYTES - wire->block;
    size_t run = span(data, len < left ? len : left, VALUE);
    if (run + 2 <= len && run + 2 <= left && data[run] == '\r' && data[run + 1] == '\n') {
        run += 2;
        wire->ended = false;
        (void)go(wire, WIRE_NAME_START);
    }
    wire->block += (uint32_t)run;
    return run;
}

static size_t pass_target(struct wire *wire, const unsigned char *data, size_t len)
{
    size_t left = (size_t)GUARD_TARGET_BYTES - wire->part;
    size_t run = span(data, len < left ? len : left, VISIBLE);
    wire->part += (uint32_t)run;
    return run;
}

/* The beginning and the end of nearly every request line. */
static size_t pass_word(struct wire *wire, const unsigned char *data, size_t len)
{
    static const char get[] = "GET ", version[] = "HTTP/1.1\r\n";
    bool begins = wire->state == WIRE_START;
    const char *word = begins ? get : version;
    size_t word_len = begins ? sizeof(get) - 1 : sizeof(version) - 1;
    if (wire->part > 0 || len < word_len || memcmp(data, word, word_len) != 0)
        return 0;
    if (begins) {
        wire->block = wire->lines = 0;
        wire->content = false;
    }
    wire->other_version = false;
    (void)go(wire, begins ? WIRE_TARGET : WIRE_NAME_START);
    return word_len;
}

/* What passes without a step for each byte: the outcome is that of the steps. */
static size_t pass_run(struct wire *wire, const unsigned char *data, size_t len)
{
    bool plain = wire->field == FIELD_OTHER || wire->field == FIELD_CODING;
    if (wire->state == WIRE_VALUE && plain)
        return pass_value(wire, data, len);
    if (wire->state == WIRE_NAME_START)
        return pass_name(wire, data, len);
    if (wire->state == WIRE_TARGET)
        return pass_target(wire, data, len);
    return wire->state == WIRE_START || wire->state == WIRE_VERSION ? pass_word(wire, data, len) : 0;
}

size_t wire_pass(struct wire *wire, char *data, size_t len)
{
    unsigned char *bytes = (unsigned char *)data;
    size_t out = 0;
    for (size_t in = 0; in < len && wire->state != WIRE_OVER;) {
        size_t run = pass_run(wire, bytes + in, len - in);
        if (in != out)
            memmove(bytes + out, bytes + in, run);
        in += run;
        out += run;
        if (run > 0)
            continue;
        int verdict = states[wire->state].step(wire, bytes[in]);
        if (verdict >= 0) {
            wire->refusal = &refusals[verdict];
            wire->ending = ending_of(wire);
            wire->state = WIRE_OVER;
        } else if (verdict == PASS) {
            bytes[out++] = bytes[in];
        }
        in++;
    }
    return out;
}

size_t wire_end(struct wire *wire, char *data, size_t len)
{
    size_t left = wire->ending == NULL ? 0 : strlen(wire->ending);
    size_t count = left < len ? left : len;
    if (count > 0)
        memcpy(data, wire->ending, count);
    wire->ending = count < left ? wire->ending + count : NULL;
    return count;
}
