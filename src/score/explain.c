/* SPDX-License-Identifier: MIT */
/* What a score would be if one thing were otherwise: an unknown answered, a criterion left out. Each is the whole sum
 * anew, so that nothing here can differ from the score itself. */
#include <string.h>

#include "internal.h"

struct score score_if(const struct score_question *question, const struct verdict *verdicts, size_t index,
                      enum answer_value value)
{
    struct verdict changed[SCORE_CRITERIA_MAX];
    memcpy(changed, verdicts, question->methodology->weight_count * sizeof(*changed));
    changed[index] = (struct verdict){.value = value, .part = question->values[value]};
    return score_total(question, changed);
}

struct score score_without(const struct score_question *question, const struct verdict *verdicts, size_t index)
{
    struct score_question changed = *question;
    changed.weights[index] = 0;
    return score_total(&changed, verdicts);
}

/* Answering an unknown leaves its weight in the sum, and at best ends its share of the interval. */
size_t score_open(const struct score_question *question, const struct verdict *verdicts, size_t *ret)
{
    size_t count = 0;
    for (size_t i = 0; i < question->methodology->weight_count; i++) {
        if (verdicts[i].value != ANSWER_UNKNOWN || question->weights[i] == 0)
            continue;
        size_t at = count++;
        for (; at > 0 && question->weights[ret[at - 1]] < question->weights[i]; at--)
            ret[at] = ret[at - 1];
        ret[at] = i;
    }
    return count;
}
