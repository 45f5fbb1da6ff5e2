/* SPDX-License-Identifier: MIT */
/* The weights of a question: `equal`, or criterion:weight for those that are not 1. Only their proportions mean
 * anything, so they are kept divided by their greatest common divisor, and are no question of their own where that
 * makes them the methodology's. */
#include <string.h>

#include "internal.h"

struct weights {
    int32_t of[SCORE_CRITERIA_MAX];
    bool given[SCORE_CRITERIA_MAX];
};

static int find_weighed(const struct methodology *methodology, const char *id, size_t len)
{
    for (size_t i = 0; i < methodology->weight_count; i++)
        if (strncmp(methodology->weights[i].criterion, id, len) == 0 && methodology->weights[i].criterion[len] == '\0')
            return (int)i;
    return -1;
}

static bool unknown_criterion(struct reader *reader, size_t item, const char *id)
{
    const struct methodology *methodology = reader->query->question.rule.methodology;
    bool full = false;
    struct nearest best = {0};
    (void)fault_item(reader->fault, ASK_WEIGHTS, item, id, "the methodology weighs no such criterion.");
    for (size_t i = 0; i < methodology->weight_count; i++) {
        fault_allow(reader->fault, methodology->weights[i].criterion, &full);
        nearest_try(&best, id, methodology->weights[i].criterion);
    }
    fault_near(reader->fault, &best);
    return false;
}

/* One criterion:weight, which is cut in two. */
static bool read_item(struct reader *reader, size_t item, char *word, struct weights *weights)
{
    char *colon = strchr(word, ':');
    size_t len = colon == NULL ? strlen(word) : (size_t)(colon - word);
    int index = find_weighed(reader->query->question.rule.methodology, word, len);
    const char *number = colon == NULL ? "" : colon + 1;
    int32_t weight = 0;
    if (index >= 0 && weights->given[index])
        return fault_item(reader->fault, ASK_WEIGHTS, item, word, "the criterion stands twice.");
    if (index >= 0 && (!question_number(&number, SCORE_WEIGHT_MAX, &weight) || *number != '\0'))
        return fault_item(reader->fault, ASK_WEIGHTS, item, word,
                          "write criterion:weight, with a whole number from 0 to 100.");
    if (index < 0) {
        word[len] = '\0';
        return unknown_criterion(reader, item, word);
    }
    weights->of[index] = weight;
    weights->given[index] = true;
    return true;
}

static int32_t divisor_of(const int32_t *weights, size_t count)
{
    int32_t divisor = 0;
    for (size_t i = 0; i < count; i++)
        for (int32_t a = weights[i], rest; a != 0; a = rest) {
            rest = divisor % a;
            divisor = a;
        }
    return divisor;
}

/* False where all are 0. */
static bool reduce(int32_t *weights, size_t count)
{
    int32_t divisor = divisor_of(weights, count);
    for (size_t i = 0; divisor > 0 && i < count; i++)
        weights[i] /= divisor;
    return divisor > 0;
}

static bool are_own(const struct methodology *methodology, const int32_t *weights)
{
    int32_t own[SCORE_CRITERIA_MAX];
    for (size_t i = 0; i < methodology->weight_count; i++)
        own[i] = methodology->weights[i].weight;
    return reduce(own, methodology->weight_count) &&
           memcmp(own, weights, methodology->weight_count * sizeof(*own)) == 0;
}

static bool read_items(struct reader *reader, char *value, struct weights *weights)
{
    size_t item = 0;
    for (char *at = value; at != NULL;)
        if (!read_item(reader, ++item, strsep(&at, ","), weights))
            return false;
    return true;
}

bool question_weights(struct reader *reader, char *value)
{
    struct question *question = &reader->query->question;
    const struct methodology *methodology = question->rule.methodology;
    struct weights weights = {.of = {0}};
    for (size_t i = 0; i < methodology->weight_count; i++)
        weights.of[i] = 1;
    if (strcmp(value, "equal") != 0 && !read_items(reader, value, &weights))
        return false;
    if (!reduce(weights.of, methodology->weight_count))
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "weights",
                               "weights leave no criterion a say: at least one must be above 0.");
    question->weighted = !are_own(methodology, weights.of);
    if (question->weighted)
        memcpy(question->rule.weights, weights.of, sizeof(question->rule.weights));
    return true;
}
