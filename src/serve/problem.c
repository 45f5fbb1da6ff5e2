/* SPDX-License-Identifier: MIT */
/* The one place where a fault becomes a body: problem+json (RFC 9457), text, or a page for a browser. It says what the
 * fault holds and the closed list knows, never more. */
#include <stdio.h>
#include <string.h>

#include "cyberatlas/format.h"
#include "internal.h"

enum { PROBLEM_BYTES = 16384 };

/* Three hints of the closed list speak of a member that is not always there. */
static const char *hint_of(const struct fault *fault)
{
    if (fault->kind == FAULT_BAD_VALUE && fault->allowed[0] == '\0')
        return "Give a value as `detail` says.";
    if (fault->kind == FAULT_UNKNOWN_PARAMETER && fault->allowed[0] == '\0')
        return "Ask without parameters: this address takes none.";
    if (fault->kind == FAULT_UNKNOWN_THING && fault->nearest[0] == '\0')
        return "Look the id up in the list above it.";
    return fault_table[fault->kind].hint;
}

static void add_member(struct buf *out, const char *key, const char *text)
{
    if (text[0] == '\0')
        return;
    buf_printf(out, ",\"%s\":", key);
    format_json_text(text, out);
}

static void add_allowed(struct buf *out, const char *allowed)
{
    if (allowed[0] == '\0')
        return;
    buf_puts(out, ",\"allowed\":[");
    for (const char *at = allowed; *at != '\0';) {
        char word[sizeof(((struct fault *)0)->allowed)];
        size_t len = strcspn(at, ",");
        memcpy(word, at, len);
        word[len] = '\0';
        format_json_text(word, out);
        at += len;
        if (*at == ',') {
            buf_putc(out, ',');
            at++;
        }
    }
    buf_putc(out, ']');
}

static void write_json(const struct fault *fault, struct buf *out)
{
    const struct fault_info *info = &fault_table[fault->kind];
    buf_printf(out, "{\"type\":\"/problems/%s\"", info->id);
    add_member(out, "title", info->title);
    buf_printf(out, ",\"status\":%u", info->status);
    add_member(out, "detail", fault->detail);
    add_member(out, "hint", hint_of(fault));
    add_member(out, "parameter", fault->parameter);
    add_allowed(out, fault->allowed);
    add_member(out, "did_you_mean", fault->nearest);
    buf_puts(out, "}\n");
}

static void write_text(const struct fault *fault, struct buf *out)
{
    const struct fault_info *info = &fault_table[fault->kind];
    buf_printf(out, "%u %s\n\n", info->status, info->title);
    if (fault->detail[0] != '\0')
        buf_printf(out, "%s\n", fault->detail);
    buf_printf(out, "%s\n", hint_of(fault));
    if (fault->parameter[0] != '\0')
        buf_printf(out, "Parameter: %s\n", fault->parameter);
    if (fault->allowed[0] != '\0')
        buf_printf(out, "Allowed: %s\n", fault->allowed);
    if (fault->nearest[0] != '\0')
        buf_printf(out, "Did you mean: %s\n", fault->nearest);
    buf_printf(out, "More: /problems/%s\n", info->id);
}

/* False where the page can not be made; then it is told as JSON. */
static bool write_page(const struct fault *fault, const struct view *view, struct buf *out)
{
    return view != NULL && fault_page_write_html(view, fault, hint_of(fault), out);
}

static enum media write_body(const struct fault *fault, enum media media, const struct view *view, struct buf *out)
{
    if (media == MEDIA_HTML && write_page(fault, view, out))
        return MEDIA_HTML;
    if (media == MEDIA_TEXT) {
        write_text(fault, out);
        return MEDIA_TEXT;
    }
    write_json(fault, out);
    return MEDIA_PROBLEM;
}

void problem_outcome(const struct fault *fault, enum media media, const struct view *view, struct outcome *ret)
{
    CLEANUP(buf_done) struct buf out;
    buf_init(&out, PROBLEM_BYTES);
    *ret = (struct outcome){.status = fault_table[fault->kind].status, .fault = fault->kind};
    if (fault->kind == FAULT_INTERNAL)
        (void)snprintf(ret->cause, sizeof(ret->cause), "%.159s",
                       fault->cause[0] == '\0' ? fault->detail : fault->cause);
    if (fault->kind == FAULT_METHOD_NOT_ALLOWED)
        ret->allow = "GET, HEAD, OPTIONS";
    media = write_body(fault, media, view, &out);
    size_t len;
    char *body = buf_ok(&out) ? buf_take(&out, &len) : NULL;
    if (body != NULL)
        ret->made = made_new(media, body, len);
    if (ret->made == NULL)
        ret->status = fault_table[FAULT_INTERNAL].status;
}

void serve_fault(const struct fault *fault, const char *accept, struct outcome *ret)
{
    problem_outcome(fault, negotiate_problem(accept, false, false), NULL, ret);
}
