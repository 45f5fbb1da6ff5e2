/* SPDX-License-Identifier: MIT */
/* What the files of view/ share that answer questions: whom a question finds, who judges, what explains a score, and
 * countries side by side and through time. Part of internal.h, which alone includes it. */
#pragma once
#include "cyberatlas/base/arena.h"
#include "cyberatlas/format.h"
#include "cyberatlas/score.h"
#include "cyberatlas/view.h"

struct sheet;

/* Whose rules judge a criterion. */
struct judge {
    const struct score_question *rule; /* NULL: the criterion is not asked for */
    size_t place;                      /* in its methodology's weights; weight_count where it has none */
};

/* --- question.c --- */

/* The claims of a country about a criterion of facts->criteria, by their indices; looked up once. */
struct cell view_cell(const struct view *view, size_t country, size_t criterion);
/* Those of a methodology's criteria, in the order of its weights. */
void question_cells(const struct view *view, const struct question *question, size_t country, struct cell *ret);
/* Rules 0 to 2 for a country; `ret_verdicts` holds weight_count verdicts. */
struct score question_score(const struct view *view, const struct question *question, size_t country,
                            struct verdict *ret_verdicts);
/* A criterion of the question's methodology, by its place in the weights: its index, and itself. */
size_t weighed_criterion(const struct view *view, const struct question *question, size_t place);
const struct criterion *question_criterion(const struct view *view, const struct question *question, size_t place);
bool question_selects(const struct view *view, const struct question *question, size_t country);
/* One for each of facts->criteria: without a theme each is judged by the newest methodology that weighs it, or else by
 * the question's own; with one only those that its own weighs. In the arena; NULL without memory. */
struct judge *question_judges(const struct view *view, const struct question *question, struct arena *arena);
/* The question's own methodology as the judge of any criterion. */
struct judge question_judge(const struct view *view, const struct question *question, size_t criterion);
/* The weight that a judge gives: `ret` is untouched where it gives none. */
bool judge_weight(const struct judge *judge, int32_t *ret);
/* What an answer says of its question: the methodology and its version, and all that was asked for beside. */
struct node *question_node(struct arena *arena, const struct question *question);
/* {"data":…,"meta":{"question":…},"links":…} with a final newline. */
bool question_write(struct arena *arena, const struct question *question, struct node *data, struct node *links,
                    struct buf *out) MUST_USE;
/* The same for people: "legal-conditions 1.0.1, as of 2026-11-24; weights …". */
const char *question_words(const struct view *view, struct arena *arena, const struct question *question);
/* Finished text, in ASCII where the question asks for it. */
bool question_put(const struct question *question, const struct buf *text, struct buf *out) MUST_USE;
bool question_put_page(const struct question *question, const struct page *page, struct buf *out) MUST_USE;

/* --- ranking.c --- */

/* A country as a question finds it. */
struct scored {
    size_t country;
    struct score score;
    struct rank rank;
    size_t of; /* among how many it is ranked; 0: it is not */
};
/* Those that the question selects, by number, and the country `also` among them (view->country_count: none), each with
 * its rank. In the arena; NULL without memory. */
struct scored *question_scores(const struct view *view, const struct question *question, size_t also,
                               struct arena *arena, size_t *ret_count);
/* The one of `country` among them. False without memory. */
bool question_scored(const struct view *view, const struct question *question, size_t country, struct arena *arena,
                     struct scored *ret) MUST_USE;
/* Sets "rank" where there is one. */
void rank_set(struct arena *arena, struct node *object, const struct scored *scored);
/* "1–7 of 34", or why there is none. */
const char *rank_text(struct arena *arena, const struct scored *scored);

/* --- explain.c --- */

/* The values that an unknown may turn out to have: what its criterion allows of yes, partial and no. Their number. */
enum { OUTCOMES_MOST = 3 };
size_t criterion_outcomes(const struct criterion *criterion, enum answer_value ret[OUTCOMES_MOST]);
/* What one country's score rests on; all by place in the methodology's weights. */
struct explain {
    struct verdict verdicts[SCORE_CRITERIA_MAX];
    struct score score;
    struct score without[SCORE_CRITERIA_MAX]; /* the score if it had no weight */
    bool changes[SCORE_CRITERIA_MAX];         /* there is a value with it and one without */
    int32_t change[SCORE_CRITERIA_MAX];       /* tenths from the one to the other */
    size_t open[SCORE_CRITERIA_MAX];          /* the unknown ones, the one that narrows most first */
    size_t open_count;
    int32_t narrows[SCORE_CRITERIA_MAX]; /* of those: tenths by which the interval gets shorter, at most */
};
struct explain *explain_of(const struct view *view, const struct question *question, size_t country,
                           struct arena *arena); /* NULL without memory */
/* {"yes":{…},"partial":{…},"no":{…}}: the score with each that is allowed. */
struct node *explain_outcomes_node(const struct view *view, struct arena *arena, const struct question *question,
                                   const struct explain *explain, size_t place);
/* {"open":[…],"without":[…]} */
struct node *explain_node(const struct view *view, struct arena *arena, const struct question *question,
                          const struct explain *explain);
/* Sets "explain" where the question asks for it. */
void explain_set(const struct view *view, struct arena *arena, const struct question *question, size_t country,
                 struct node *object);

/* --- score_page.c --- */

/* Puts what a page is about, with a heading of its own. */
typedef void sheet_body(struct sheet *sheet, const struct question *question, size_t country);
/* A page about a country's score: the figures, then `body`, and what would move them where it is asked for. */
bool score_put_page(const struct view *view, const struct question *question, size_t country, sheet_body *body,
                    struct buf *out) MUST_USE;

/* --- cell.c: one country and criterion, judged --- */

struct pair {
    const struct thing *country;
    const struct criterion *criterion;
    struct judge judge;
    struct cell cell;
    struct verdict verdict;
    enum standing *standings; /* one for each claim */
};
/* In the arena; standings is NULL without memory. */
struct pair pair_of(const struct view *view, struct arena *arena, struct judge judge, size_t country, size_t criterion);
/* The claim a cell rests on: the one that decides, or the one whose loss is the reason given; NULL where there is none.
 */
const struct answer *pair_ground(const struct pair *pair);
/* "partial", "2012". */
const char *answer_text(struct arena *arena, const struct answer *answer);
/* Whether a claim tells what EU law obliges to, as known on the day asked for. */
bool pair_obliges(const struct pair *pair, size_t claim);
bool standing_is_live(enum standing standing);
/* Sets what is shown of it, and every claim. */
void pair_set(struct arena *arena, struct node *object, const struct pair *pair);
void pair_set_claims(struct arena *arena, struct node *object, const struct pair *pair);
/* Sets "points", weight times counted value, where it is weighed and known. */
void pair_set_points(struct arena *arena, struct node *object, const struct pair *pair);
extern const struct column assessment_columns[];
/* A row for each claim; one where there is none, if `empty`, so that a country's table has every criterion. */
void pair_put_rows(struct arena *arena, const struct pair *pair, bool empty, struct buf *out);

/* --- compare.c, compare_words.c, compare_write.c, compare_text.c: countries side by side --- */

/* One answer to one unknown that would surely order two countries by itself. */
struct settling {
    const struct compared *of; /* whose unknown */
    size_t place;              /* among the methodology's criteria */
    enum answer_value value;
    const struct compared *first; /* who would then surely stand above the other */
};
struct compared {
    struct scored scored;
    const char *code;
    const char *name;
    struct verdict verdicts[SCORE_CRITERIA_MAX];
    size_t open; /* unknown criteria that have a weight */
};
/* Two of them; what is about the criteria known and applicable in both says common. */
struct couple {
    const struct compared *a;
    const struct compared *b;
    int order; /* score_order */
    struct robustness robustness;
    size_t ahead_a; /* common criteria on which a is ahead by counted value */
    size_t ahead_b;
    bool narrowed; /* one of them has a value beside the common ones */
    struct score common_a;
    struct score common_b;
    struct settling *settlings; /* none where the order is sure */
    size_t settling_count;
    bool may_lead_a; /* some set of answers to all that is unknown in the two would surely put a above b */
    bool may_lead_b;
};
struct comparison {
    const struct view *view;
    const struct question *question;
    struct compared *countries;
    size_t count;
    struct couple *couples;
    size_t couple_count;
};
/* In the arena; NULL without memory. */
struct comparison *comparison_of(const struct view *view, const struct question *question, struct arena *arena);
const struct criterion *comparison_criterion(const struct comparison *comparison, size_t place);
/* Who leads on the common criteria; NULL where they are level or nothing in common has a weight. */
const struct compared *couple_leader(const struct couple *couple);
/* Sentences: whether they are in order; who leads where both are known, and how firmly; what would settle the order
 * (NULL where it is sure). */
const char *couple_order_words(struct arena *arena, const struct couple *couple);
const char *couple_lead_words(struct arena *arena, const struct couple *couple);
const char *couple_settled_words(struct arena *arena, const struct couple *couple);

/* --- history.c, history_words.c, history_write.c: how a score came about --- */

enum cause_kind {
    CAUSE_COUNTRY_CHANGED,
    CAUSE_WE_LEARNED,
    CAUSE_CONFIRMED, /* a newer claim says the same */
    CAUSE_UNDETERMINED,
    CAUSE_AGED,
    CAUSE_COUNT
};
extern const char *const cause_names[CAUSE_COUNT];

/* Why the verdict on one criterion is another than on the day before. */
struct cause {
    size_t place; /* among the methodology's criteria */
    const struct verdict *from;
    const struct verdict *to;
    const struct answer *answer; /* the claim that did it: the new one, or the newest of those that became too old */
    const struct answer *before; /* the one that decided last; NULL where none ever did */
    enum cause_kind kind;
};
struct step_in_time { /* a day on which some verdict changes */
    int32_t day;
    struct score score;
    const struct cause *causes;
    size_t cause_count;
};
struct history {
    const struct step_in_time *steps;
    size_t count;
    size_t undated; /* claims without a date, which stand outside of it */
};
/* Up to the question's as_of. In the arena; NULL without memory. */
const struct history *history_of(const struct view *view, const struct question *question, size_t country,
                                 struct arena *arena);
/* A sentence on what kind of change it was. */
const char *cause_words(struct arena *arena, const struct cause *cause);

/* --- contact.c, contact_words.c, contact_write.c, contact_text.c, contact_card.c: whom to tell --- */

/* How well a channel suits what the question is about. */
enum fit { FIT_NONE, FIT_PAGE, FIT_OTHER, FIT_ANY, FIT_PURPOSE };
struct channel {
    const char *kind; /* term of `contact-kinds` */
    const char *address;
    const struct value *purposes; /* lists; NULL: not stated */
    const struct value *languages;
    const char *hours;
    const char *verified;
    const struct evidence *evidence;
    int fit; /* for what the question is about: the higher the better */
};
/* Somebody to tell, and why at this place. */
struct contact {
    const struct contact_rule *rule;
    const struct thing *thing;
    struct channel *channels; /* the fittest first */
    size_t channel_count;
    const char *verified;         /* the newest date on which a channel was; NULL: none was */
    const char *unverified_since; /* otherwise when a source last saw it; NULL: verified, or undated */
    int serves;                   /* the asked audience: 2 it says so, 1 it says nothing, 0 it names others */
    bool active;
    int32_t day; /* of either date */
};
struct contacts {
    const struct view *view;
    const struct question *question;
    struct arena *arena;
    const struct thing *owner; /* whose they are, a country or an organisation; NULL where none is known */
    struct contact *items;
    size_t count;
    size_t room;
};
/* In the arena; NULL without memory. `index` is that of a country where the path names it. */
const struct contacts *contacts_of(const struct view *view, const struct question *question, size_t index,
                                   struct arena *arena);
/* One team or authority as a contact, whatever the rules say; the arena is marked without memory. */
struct contact contact_alone(const struct view *view, const struct question *question, const struct thing *thing,
                             struct arena *arena);
/* Whether it is there to be told: no team that is over or to come, no institution that has ended. */
bool contact_is_there(const struct view *view, const struct thing *thing);
/* "To report an incident, for citizens". */
const char *contacts_question_words(const struct contacts *contacts);
/* What to know before one uses the list, and above all why it is empty; NULL where there is nothing to say. */
const char *contacts_note(const struct contacts *contacts);
/* Whom to tell where nobody on the list answers. */
const char *contacts_fallback(const struct contacts *contacts);
const char *contacts_owner_name(const struct contacts *contacts);
/* Where more of it stands. */
const char *contact_self(struct arena *arena, const struct contact *contact);
