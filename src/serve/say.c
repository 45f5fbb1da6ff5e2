/* SPDX-License-Identifier: MIT */
/* Filling in what a fault says beside its one sentence: the parameter, what is allowed, what is near. Outside text
 * comes here only through fault_quote. */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "internal.h"

bool fault_parameter(struct fault *fault, enum fault_kind kind, const char *parameter, const char *fmt, ...)
{
    *fault = (struct fault){.kind = kind};
    (void)snprintf(fault->parameter, sizeof(fault->parameter), "%s", parameter);
    va_list args;
    va_start(args, fmt);
    (void)vsnprintf(fault->detail, sizeof(fault->detail), fmt, args);
    va_end(args);
    return false;
}

void fault_near(struct fault *fault, const struct nearest *best)
{
    if (best->word != NULL)
        (void)snprintf(fault->nearest, sizeof(fault->nearest), "%s", best->word);
}

void fault_allow(struct fault *fault, const char *word, bool *full)
{
    size_t used = strlen(fault->allowed);
    size_t len = strlen(word);
    if (*full || used + len + 2 > sizeof(fault->allowed)) {
        *full = true;
        fault->allowed[0] = '\0';
        return;
    }
    if (used > 0)
        fault->allowed[used++] = ',';
    memcpy(fault->allowed + used, word, len + 1);
}

bool fault_item(struct fault *fault, enum ask ask, size_t item, const char *word, const char *says)
{
    char quoted[65];
    if (word[0] == '\0')
        says = "the item is empty.";
    if (item == 0)
        return fault_parameter(fault, FAULT_BAD_VALUE, ask_names[ask], "%s \"%s\": %s", ask_names[ask],
                               fault_quote(word, quoted), says);
    return fault_parameter(fault, FAULT_BAD_VALUE, ask_names[ask], "%s, item %zu, \"%s\": %s", ask_names[ask], item,
                           fault_quote(word, quoted), says);
}
