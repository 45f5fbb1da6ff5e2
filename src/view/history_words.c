/* SPDX-License-Identifier: MIT */
/* Why a verdict changed, in a sentence for people. It says no more than the claims do: what a claim tells that does not
 * decide is told as that claim's word, and "the country changed" only of what stands from then on. */
#include "internal.h"

static const char *changed_words(struct arena *arena, const struct cause *cause)
{
    const char *since = cause->answer->evidence.since;
    const char *before = cause->before->evidence.observed;
    if (cause->from->decides == NULL)
        return arena_printf(arena,
                            "The country changed: it holds since %s, and the claim before, of %s, had become too old.",
                            since, before);
    return arena_printf(arena, "The country changed: it holds since %s, and the claim before was of %s.", since,
                        before);
}

static const char *learned_words(struct arena *arena, const struct cause *cause)
{
    if (cause->before == NULL)
        return "We learned it: nothing spoke of it before.";
    const char *before = cause->before->evidence.observed;
    if (cause->before->value == cause->to->value)
        return arena_printf(arena, "We learned it: it is as the claim before, of %s, said, which had become too old.",
                            before);
    return arena_printf(
        arena, "We learned it: it holds since %s, so it may have been so when the claim before (%s) was made%s.",
        cause->answer->evidence.since, before, cause->from->decides == NULL ? ", which had become too old" : "");
}

/* Of a claim that says something else than what stands. */
static const char *other_words(struct arena *arena, const struct cause *cause)
{
    const char *says = answer_text(arena, cause->answer);
    const char *decides = cause->to->decides->evidence.observed;
    if (cause->from->decides == NULL)
        return arena_printf(arena, "A newer claim says %s. Beside it one of %s counts again, and decides.", says,
                            decides);
    if (cause->from->value == cause->to->value)
        return arena_printf(arena, "A newer claim says %s, but another goes before it: claims %s.", says,
                            cause->from->disputed ? "still disagree" : "disagree from here on");
    return arena_printf(
        arena,
        "A newer claim says %s. Beside it the claim before, of %s, is too far back to count, and one of %s decides.",
        says, cause->before->evidence.observed, decides);
}

static const char *undetermined_words(struct arena *arena, const struct cause *cause)
{
    if (cause->answer->value != cause->to->value)
        return other_words(arena, cause);
    if (cause->from->value == cause->to->value)
        return cause->to->disputed ? "A newer claim says the same, and those that disagree have changed."
                                   : "A newer claim says the same, and claims no longer disagree.";
    if (cause->from->decides == NULL)
        return arena_printf(arena, "What was known, of %s, had become too old; since when it is otherwise is not said.",
                            cause->before->evidence.observed);
    return "Since when it is so is not said: the country may have changed, or the claim before was wrong.";
}

const char *cause_words(struct arena *arena, const struct cause *cause)
{
    switch (cause->kind) {
    case CAUSE_COUNTRY_CHANGED:
        return changed_words(arena, cause);
    case CAUSE_WE_LEARNED:
        return learned_words(arena, cause);
    case CAUSE_CONFIRMED:
        return "A newer claim says the same.";
    case CAUSE_UNDETERMINED:
        return undetermined_words(arena, cause);
    case CAUSE_AGED:
        return arena_printf(arena, "The newest claim, of %s, is too old from here on.",
                            cause->answer->evidence.observed);
    case CAUSE_COUNT:
        break;
    }
    return NULL;
}
