/* SPDX-License-Identifier: MIT */
/* How an answer repeats its question: as an object in `meta`, as a line for people. The methodology and its version
 * always stand there; everything else only where it was asked for, in its canonical form. Here too the way out of all
 * text that takes questions, since one of them asks for ASCII. */
#include <string.h>

#include "internal.h"

/* "P1Y6M", "P90D"; NULL where no age is asked for. */
static const char *age_text(struct arena *arena, const struct period *age)
{
    enum { YEAR = 12 };
    if (age->months == 0 && age->days == 0)
        return NULL;
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, 64);
    buf_putc(&text, 'P');
    if (age->months >= YEAR)
        buf_printf(&text, "%dY", age->months / YEAR);
    if (age->months % YEAR > 0)
        buf_printf(&text, "%dM", age->months % YEAR);
    if (age->days > 0)
        buf_printf(&text, "%dD", age->days);
    return buf_ok(&text) ? arena_text(arena, text.data) : NULL;
}

/* The weights that are not 1; none of them stands for "all equal". */
static struct node *weights_node(struct arena *arena, const struct score_question *rule)
{
    struct node *object = node_object(arena);
    for (size_t i = 0; i < rule->methodology->weight_count; i++)
        if (rule->weights[i] != 1)
            node_set(arena, object, rule->methodology->weights[i].criterion, node_integer(arena, rule->weights[i]));
    return object;
}

static struct node *texts_node(struct arena *arena, const char *const *texts, size_t count)
{
    struct node *array = node_array(arena);
    for (size_t i = 0; i < count; i++)
        node_push(arena, array, node_text(arena, texts[i]));
    return array;
}

static struct node *bases_node(struct arena *arena, const struct score_question *rule)
{
    struct node *array = node_array(arena);
    for (size_t i = 0; i < rule->basis_count; i++)
        node_push(arena, array, node_text(arena, basis_names[rule->bases[i]]));
    return array;
}

struct node *question_node(struct arena *arena, const struct question *question)
{
    const struct score_question *rule = &question->rule;
    struct node *node = node_object(arena);
    node_set_text(arena, node, "methodology", rule->methodology->id);
    node_set_text(arena, node, "version", rule->methodology->version);
    if (question->weighted)
        node_set(arena, node, "weights", weights_node(arena, rule));
    if (rule->as_of_given)
        node_set_text(arena, node, "as_of", day_text(arena, rule->as_of));
    node_set_text(arena, node, "max_age", age_text(arena, &question->age));
    if (question->based)
        node_set(arena, node, "basis", bases_node(arena, rule));
    if (question->surely)
        node_set_text(arena, node, "sure", sureness_names[rule->least_sure]);
    if (question->group_count > 0)
        node_set(arena, node, "groups", texts_node(arena, question->groups, question->group_count));
    if (question->country_count > 0)
        node_set(arena, node, "countries", texts_node(arena, question->countries, question->country_count));
    if (question->explain)
        node_set(arena, node, "explain", node_flag(arena, true));
    return node;
}

bool question_write(struct arena *arena, const struct question *question, struct node *data, struct node *links,
                    struct buf *out)
{
    struct node *meta = node_object(arena);
    node_set(arena, meta, "question", question_node(arena, question));
    struct node *envelope = node_object(arena);
    node_set(arena, envelope, "data", data);
    node_set(arena, envelope, "meta", meta);
    node_set(arena, envelope, "links", links);
    if (!fragment_write(arena, envelope, out))
        return false;
    buf_putc(out, '\n');
    return buf_ok(out);
}

/* --- for people --- */

static void add_weights(const struct score_question *rule, struct buf *text)
{
    const char *between = "; weights ";
    for (size_t i = 0; i < rule->methodology->weight_count; i++) {
        if (rule->weights[i] == 1)
            continue;
        buf_printf(text, "%s%s:%d", between, rule->methodology->weights[i].criterion, rule->weights[i]);
        between = ", ";
    }
    buf_puts(text, strcmp(between, ", ") == 0 ? ", others 1" : "; all weights equal");
}

static void add_texts(const char *what, const char *const *texts, size_t count, struct buf *text)
{
    for (size_t i = 0; i < count; i++)
        buf_printf(text, "%s%s", i == 0 ? what : ", ", texts[i]);
}

static void add_rules(struct arena *arena, const struct question *question, struct buf *text)
{
    const struct score_question *rule = &question->rule;
    const char *age = age_text(arena, &question->age);
    if (age != NULL)
        buf_printf(text, "; nothing older than %s", age);
    for (size_t i = 0; question->based && i < rule->basis_count; i++)
        buf_printf(text, "%s%s", i == 0 ? "; basis " : ", ", basis_names[rule->bases[i]]);
    if (question->surely)
        buf_printf(text, "; sureness %s or better", sureness_names[rule->least_sure]);
}

const char *question_words(const struct view *view, struct arena *arena, const struct question *question)
{
    const struct score_question *rule = &question->rule;
    CLEANUP(buf_done) struct buf text;
    char day[DATE_TEXT_SIZE];
    date_format(rule->as_of, day);
    buf_init(&text, BODY_ARENA_BYTES);
    buf_printf(&text, "By %s %s, as of %s", rule->methodology->id, rule->methodology->version, day);
    if (question->weighted)
        add_weights(rule, &text);
    add_rules(arena, question, &text);
    add_texts("; group ", question->groups, question->group_count, &text);
    add_texts("; countries ", question->countries, question->country_count, &text);
    if (question->group_count > 0 || question->country_count > 0)
        buf_printf(&text, " (%zu of %zu countries)", view_selected(view, question), view->country_count);
    buf_putc(&text, '.');
    return buf_ok(&text) ? arena_copy(arena, text.data, text.len) : NULL;
}

bool question_put(const struct question *question, const struct buf *text, struct buf *out)
{
    if (!buf_ok(text))
        return false;
    if (question->ascii && text->len > 0)
        format_ascii(text->data, text->len, out);
    else if (text->len > 0)
        buf_add(out, text->data, text->len);
    return buf_ok(out);
}

bool question_put_page(const struct question *question, const struct page *page, struct buf *out)
{
    if (page == NULL)
        return false;
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, out->ceiling);
    format_text(page, &text);
    return question_put(question, &text, out);
}
