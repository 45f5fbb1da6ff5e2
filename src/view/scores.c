/* SPDX-License-Identifier: MIT */
/* The list of scores: who is in it and in which order, and each country's item in every media type. Scores and
 * ranks are computed once, when a question selects; verdicts only where an item is explained, for none are kept. The
 * JSON of an item is written without a tree, because no list is asked for as often with questions that nobody asked
 * before. */
#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int compare_number(int32_t a, int32_t b)
{
    return (a > b) - (a < b);
}

int score_compare_value(const struct view *view, size_t a, size_t b, bool down)
{
    const struct score *one = &view->by_country[a].score;
    const struct score *other = &view->by_country[b].score;
    int order = 0;
    if (one->has_value != other->has_value)
        order = one->has_value ? -1 : 1;
    else if (one->has_value)
        order = compare_number(down ? other->value : one->value, down ? one->value : other->value);
    return order == 0 ? subject_compare(view, NULL, a, b) : order;
}

int score_compare_coverage(const struct view *view, size_t a, size_t b)
{
    int order = compare_number(view->by_country[a].score.coverage, view->by_country[b].score.coverage);
    return order == 0 ? subject_compare(view, NULL, a, b) : order;
}

/* --- who is in it --- */

/* A place in an order: what it goes by, then the country. */
struct place {
    int64_t key;
    struct scored scored;
};

/* What has no value comes last in both directions. */
static int64_t key_of(const char *sort, const struct scored *scored)
{
    bool down = sort != NULL && sort[0] == '-';
    const char *name = sort == NULL ? "country" : sort + (down ? 1 : 0);
    int64_t key = (int64_t)scored->country;
    if (strcmp(name, "value") == 0)
        key = scored->score.value;
    else if (strcmp(name, "coverage") == 0)
        key = scored->score.coverage;
    if (strcmp(name, "value") == 0 && !scored->score.has_value)
        return INT64_MAX;
    return down ? -key : key;
}

static int compare_places(const void *left, const void *right)
{
    const struct place *a = left;
    const struct place *b = right;
    if (a->key != b->key)
        return a->key < b->key ? -1 : 1;
    return (a->scored.country > b->scored.country) - (a->scored.country < b->scored.country);
}

static bool fill(struct selection *selection, const char *sort)
{
    struct arena *arena = selection->arena;
    const struct scored *scored =
        question_scores(selection->view, selection->question, selection->view->country_count, arena, &selection->count);
    struct place *places = scored == NULL ? NULL : arena_array(arena, selection->count, sizeof(*places));
    selection->items = arena_array(arena, selection->count, sizeof(*selection->items));
    if (places == NULL || selection->items == NULL)
        return false;
    for (size_t i = 0; i < selection->count; i++)
        places[i] = (struct place){key_of(sort, &scored[i]), scored[i]};
    qsort(places, selection->count, sizeof(*places), compare_places);
    for (size_t i = 0; i < selection->count; i++)
        selection->items[i] = (uint32_t)places[i].scored.country;
    selection->own = places;
    return true;
}

struct selection *score_select(const struct view *view, const struct question *question, const char *sort)
{
    struct selection *selection = selection_new(view, question);
    if (selection == NULL || fill(selection, sort))
        return selection;
    selection_free(selection);
    return NULL;
}

const char *const score_sorts[] = {"country", "-country", "value", "-value", "coverage", "-coverage", NULL};

const struct column score_columns[] = {{"country", COLUMN_PLAIN},
                                       {"name", COLUMN_TEXT},
                                       {"value", COLUMN_PLAIN},
                                       {"low", COLUMN_PLAIN},
                                       {"high", COLUMN_PLAIN},
                                       {"coverage", COLUMN_PLAIN},
                                       {"yes", COLUMN_PLAIN},
                                       {"partial", COLUMN_PLAIN},
                                       {"no", COLUMN_PLAIN},
                                       {"unknown", COLUMN_PLAIN},
                                       {"not_applicable", COLUMN_PLAIN},
                                       {"disputed", COLUMN_PLAIN},
                                       {"oldest", COLUMN_PLAIN},
                                       {"rank_best", COLUMN_PLAIN},
                                       {"rank_worst", COLUMN_PLAIN},
                                       {"rank_of", COLUMN_PLAIN},
                                       {"methodology", COLUMN_PLAIN},
                                       {"version", COLUMN_PLAIN},
                                       {NULL, COLUMN_PLAIN}};

/* --- one of them --- */

static const struct scored *scored_at(const struct selection *selection, size_t place)
{
    return &((const struct place *)selection->own)[place].scored;
}

static void put_rank(const struct scored *scored, struct buf *out)
{
    buf_puts(out, ",\"rank\":{\"best\":");
    number_put((int64_t)scored->rank.best, 0, out);
    buf_puts(out, ",\"worst\":");
    number_put((int64_t)scored->rank.worst, 0, out);
    buf_puts(out, ",\"of\":");
    number_put((int64_t)scored->of, 0, out);
    buf_putc(out, '}');
}

static void put_criterion(const struct score_question *rule, const struct verdict *verdict, size_t i, struct buf *out)
{
    buf_puts(out, i == 0 ? "{\"criterion\":" : ",{\"criterion\":");
    format_json_text(rule->methodology->weights[i].criterion, out);
    buf_puts(out, ",\"weight\":");
    number_put(rule->weights[i], 0, out);
    buf_printf(out, ",\"value\":\"%s\"", answer_value_names[verdict->value]);
    if (verdict_counts(verdict)) {
        buf_puts(out, ",\"points\":");
        number_put(scaled_of((int64_t)rule->weights[i] * verdict->part.counted, rule->unit, 2), 2, out);
    }
    buf_puts(out, ",\"low\":");
    number_put(scaled_of(verdict->part.low, rule->unit, 2), 2, out);
    buf_puts(out, ",\"high\":");
    number_put(scaled_of(verdict->part.high, rule->unit, 2), 2, out);
    buf_putc(out, '}');
}

static void put_criteria(const struct selection *selection, size_t country, struct buf *out)
{
    struct verdict verdicts[SCORE_CRITERIA_MAX];
    const struct score_question *rule = &selection->question->rule;
    (void)question_score(selection->view, selection->question, country, verdicts);
    buf_puts(out, ",\"criteria\":[");
    for (size_t i = 0; i < rule->methodology->weight_count; i++)
        put_criterion(rule, &verdicts[i], i, out);
    buf_putc(out, ']');
}

static bool put_object(const struct selection *selection, const struct scored *scored, struct buf *out)
{
    const char *code = selection->view->countries[scored->country].id;
    buf_puts(out, "{\"country\":");
    format_json_text(code, out);
    buf_puts(out, ",\"name\":");
    format_json_text(selection->view->by_country[scored->country].name, out);
    buf_putc(out, ',');
    score_put(&scored->score, out);
    if (scored->of > 0)
        put_rank(scored, out);
    if (selection->question->explain)
        put_criteria(selection, scored->country, out);
    buf_puts(out, ",\"self\":\"/v1/scores/");
    buf_puts(out, code);
    buf_puts(out, "\"}");
    return buf_ok(out);
}

static bool put_row(const struct selection *selection, const struct scored *scored, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    if (arena == NULL)
        return false;
    const struct view *view = selection->view;
    const struct score *score = &scored->score;
    const struct methodology *methodology = selection->question->rule.methodology;
    const int32_t *by_value = score->counts.by_value;
    const char *cells[] = {view->countries[scored->country].id,
                           view->by_country[scored->country].name,
                           score->has_value ? decimal_text(arena, score->value, 1) : NULL,
                           decimal_text(arena, score->low, 1),
                           decimal_text(arena, score->high, 1),
                           decimal_text(arena, score->coverage, 3),
                           decimal_text(arena, by_value[ANSWER_YES], 0),
                           decimal_text(arena, by_value[ANSWER_PARTIAL], 0),
                           decimal_text(arena, by_value[ANSWER_NO], 0),
                           decimal_text(arena, by_value[ANSWER_UNKNOWN], 0),
                           decimal_text(arena, by_value[ANSWER_NOT_APPLICABLE], 0),
                           decimal_text(arena, score->disputed, 0),
                           score->has_oldest ? score->oldest_text : NULL,
                           scored->of == 0 ? NULL : count_text(arena, scored->rank.best),
                           scored->of == 0 ? NULL : count_text(arena, scored->rank.worst),
                           scored->of == 0 ? NULL : count_text(arena, scored->of),
                           methodology->id,
                           methodology->version};
    if (!arena_ok(arena))
        return false;
    format_csv_row(score_columns, cells, out);
    return buf_ok(out);
}

enum { LINE_WIDTH = 39, LINE_BYTES = 1024 };

static bool put_line(const struct selection *selection, const struct scored *scored, struct buf *out)
{
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, LINE_BYTES);
    buf_printf(&text, "%-2s  ", selection->view->countries[scored->country].id);
    score_draw(&scored->score, LINE_WIDTH, &text);
    buf_puts(&text, "  ");
    score_put_words(&scored->score, &text);
    if (scored->of > 0 && scored->rank.best == scored->rank.worst)
        buf_printf(&text, "  %zu", scored->rank.best);
    else if (scored->of > 0)
        buf_printf(&text, "  %zu–%zu", scored->rank.best, scored->rank.worst);
    buf_putc(&text, '\n');
    return question_put(selection->question, &text, out);
}

bool score_item(const struct selection *selection, size_t place, enum media media, struct buf *out)
{
    const struct scored *scored = scored_at(selection, place);
    if (media == MEDIA_CSV)
        return put_row(selection, scored, out);
    if (media == MEDIA_TEXT)
        return put_line(selection, scored, out);
    if (media != MEDIA_GEOJSON)
        return put_object(selection, scored, out);
    geo_open(&selection->view->countries[scored->country], out);
    bool done = put_object(selection, scored, out);
    geo_close(out);
    return done && buf_ok(out);
}

/* --- the frame of the text --- */

bool score_head(const struct list_page *page, struct buf *out)
{
    CLEANUP(arena_cleanup) struct arena *arena = arena_new(BODY_ARENA_BYTES);
    const struct question *question = page->selection->question;
    if (arena == NULL)
        return false;
    struct page *head = page_new(arena, question->rule.methodology->title);
    page_paragraph(arena, head, question_words(page->selection->view, arena, question));
    page_line(arena, head, "    0                  50               100  value (low–high)    known  rank");
    return arena_ok(arena) && question_put_page(question, head, out);
}

bool score_foot(const struct list_page *page, struct buf *out)
{
    static const char legend[] = "\n├──●──┤ from low to high, whatever the unknown and the partial turn out to be,\n"
                                 "with the value of what is known: none where that is too little. known: share of\n"
                                 "the weight that has an answer. rank: best–worst place; where intervals overlap,\n"
                                 "no order is sure.\n";
    CLEANUP(buf_done) struct buf text;
    buf_init(&text, sizeof(legend) + LINE_BYTES * 4);
    if (page->count < page->total)
        buf_printf(&text, "\n%zu of %zu countries.\n", page->count, page->total);
    if (page->next != NULL)
        buf_printf(&text, "Next: %s\n", page->next);
    buf_puts(&text, legend);
    buf_printf(&text, "%s\n", score_measures(page->selection->question->rule.methodology));
    return question_put(page->selection->question, &text, out);
}
