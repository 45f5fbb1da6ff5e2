/* SPDX-License-Identifier: MIT */
/* Reading options: environment first, then arguments, each through the one row that describes it. Knows no option by
 * name and no subcommand. Values are borrowed; numbers are read strictly, so that "80 80" or "1e3" is an error. */
#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "cyberatlas/base/nearest.h"

enum { NAME_SIZE = 64, ALLOWED_SIZE = 256 };

static const char variable_prefix[] = "CYBERATLAS_";

struct unit {
    enum setting_kind kind;
    const char *suffix;
    uint32_t factor;
};

/* From large to small, so that a default is printed in the largest that fits. */
static const struct unit units[] = {
    {SETTING_NUMBER, "", 1},     {SETTING_SIZE, "m", 1024 * 1024}, {SETTING_SIZE, "k", 1024},
    {SETTING_SIZE, "", 1},       {SETTING_DURATION, "m", 60000},   {SETTING_DURATION, "s", 1000},
    {SETTING_DURATION, "ms", 1},
};

static void variable_name(const struct setting *row, char ret[NAME_SIZE])
{
    size_t at = sizeof(variable_prefix) - 1;
    memcpy(ret, variable_prefix, at);
    for (const char *c = row->name; *c != '\0' && at + 1 < NAME_SIZE; c++)
        ret[at++] = *c >= 'a' && *c <= 'z' ? (char)(*c - 'a' + 'A') : '_';
    ret[at] = '\0';
}

/* A number as people write it: 16384 is "16k", 10000 is "10s". */
static void print_number(const struct setting *row, uint32_t number, char *ret, size_t size)
{
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        const struct unit *unit = &units[i];
        if (unit->kind != row->kind || number % unit->factor != 0 || (number == 0 && unit->factor > 1))
            continue;
        (void)snprintf(ret, size, "%u%s", number / unit->factor, number == 0 ? "" : unit->suffix);
        return;
    }
}

static void print_allowed(const struct setting *row, char *ret, size_t size)
{
    char least[32] = "", most[32] = "";
    ret[0] = '\0';
    if (row->kind == SETTING_TEXT) {
        (void)snprintf(ret, size, "%s", row->allowed != NULL ? row->allowed : "any text");
    } else if (row->kind == SETTING_WORD) {
        for (size_t i = 0, at = 0; i < row->word_count && at < size; i++)
            at += (size_t)snprintf(ret + at, size - at, "%s%s", i > 0 ? ", " : "", row->words[i]);
    } else if (row->kind != SETTING_FLAG) {
        print_number(row, row->least, least, sizeof(least));
        print_number(row, row->most, most, sizeof(most));
        (void)snprintf(ret, size, "%s to %s", least, most);
    }
}

/* `given` is the option or variable as the user knows it. */
static bool refuse(const struct setting *row, const char *given, const char *value, struct err *err)
{
    char allowed[ALLOWED_SIZE];
    print_allowed(row, allowed, sizeof(allowed));
    struct nearest best = {0};
    for (size_t i = 0; i < row->word_count; i++)
        nearest_try(&best, value, row->words[i]);
    return err_set(err, ERR_USAGE, "%s: \"%.100s\" is not allowed; allowed: %s%s%s%s", given, value, allowed,
                   best.word != NULL ? "; did you mean \"" : "", best.word != NULL ? best.word : "",
                   best.word != NULL ? "\"?" : "");
}

static bool read_number(const struct setting *row, const char *value, uint32_t *ret)
{
    uint64_t number = 0;
    const char *c = value;
    for (; *c >= '0' && *c <= '9' && number <= UINT32_MAX; c++)
        number = number * 10 + (uint64_t)(*c - '0');
    if (c == value || number > UINT32_MAX)
        return false;
    for (size_t i = 0; i < COUNT_OF(units); i++) {
        if (units[i].kind != row->kind || (strcmp(c, units[i].suffix) != 0 && !(number == 0 && *c == '\0')))
            continue;
        number *= units[i].factor;
        if (number < row->least || number > row->most)
            return false;
        *ret = (uint32_t)number;
        return true;
    }
    return false;
}

static bool read_word(const struct setting *row, const char *value, uint32_t *ret)
{
    for (size_t i = 0; i < row->word_count; i++) {
        if (strcmp(value, row->words[i]) != 0)
            continue;
        *ret = (uint32_t)i;
        return true;
    }
    return false;
}

static bool take(const struct setting *row, const char *given, const char *value, void *base, struct err *err)
{
    char *member = (char *)base + row->offset;
    uint32_t number = 0;
    if (row->kind == SETTING_TEXT) {
        if (row->check != NULL && !row->check(value))
            return refuse(row, given, value, err);
        memcpy(member, &value, sizeof(value));
        return true;
    }
    if (!(row->kind == SETTING_WORD ? read_word(row, value, &number) : read_number(row, value, &number)))
        return refuse(row, given, value, err);
    memcpy(member, &number, sizeof(number));
    return true;
}

static bool read_environment(const struct setting *table, void *base, struct err *err)
{
    for (const struct setting *row = table; row->name != NULL; row++) {
        char name[NAME_SIZE];
        variable_name(row, name);
        const char *value = row->kind == SETTING_FLAG ? NULL : getenv(name);
        if (value != NULL && !take(row, name, value, base, err))
            return false;
    }
    return true;
}

static bool unknown(const struct setting *table, const char *argument, size_t len, struct err *err)
{
    char name[NAME_SIZE];
    (void)snprintf(name, sizeof(name), "%.*s", (int)(len < NAME_SIZE ? len : NAME_SIZE - 1), argument);
    struct nearest best = {0};
    for (const struct setting *row = table; row->name != NULL; row++)
        nearest_try(&best, name + strspn(name, "-"), row->name);
    if (best.word == NULL)
        return err_set(err, ERR_USAGE, "there is no option %s here; --help lists them", name);
    return err_set(err, ERR_USAGE, "there is no option %s here; did you mean --%s?", name, best.word);
}

/* The row of an argument that starts with "-"; `len` is that of the part before "=". */
static const struct setting *find(const struct setting *table, const char *argument, size_t len)
{
    for (const struct setting *row = table; row->name != NULL; row++) {
        bool is_long = len > 2 && argument[1] == '-' && strlen(row->name) == len - 2 &&
                       memcmp(argument + 2, row->name, len - 2) == 0;
        if (is_long || (len == 2 && row->letter != '\0' && argument[1] == row->letter))
            return row;
    }
    return NULL;
}

/* Reads the option at argv[*at] and moves *at to its last argument. */
static bool read_option(const struct setting *table, char **argv, int *at, void *base, struct err *err)
{
    const char *argument = argv[*at];
    size_t len = strcspn(argument, "=");
    const struct setting *row = find(table, argument, len);
    if (row == NULL)
        return unknown(table, argument, len, err);
    char given[NAME_SIZE];
    (void)snprintf(given, sizeof(given), "--%s", row->name);
    if (row->kind == SETTING_FLAG) {
        if (argument[len] == '=')
            return err_set(err, ERR_USAGE, "%s takes no value", given);
        *((bool *)((char *)base + row->offset)) = true;
        return true;
    }
    if (argument[len] == '=')
        return take(row, given, argument + len + 1, base, err);
    if (argv[*at + 1] == NULL)
        return err_set(err, ERR_USAGE, "%s needs a value: %s", given, row->value);
    return take(row, given, argv[++*at], base, err);
}

bool settings_read(const struct setting *table, int argc, char **argv, void *base, struct operands *operands,
                   struct err *err)
{
    if (!read_environment(table, base, err))
        return false;
    bool ended = false;
    for (int i = 0; i < argc; i++) {
        const char *argument = argv[i];
        if (!ended && strcmp(argument, "--") == 0) {
            ended = true;
        } else if (!ended && argument[0] == '-' && argument[1] != '\0') {
            if (!read_option(table, argv, &i, base, err))
                return false;
        } else if (argument[0] == '\0') {
            return err_set(err, ERR_USAGE, "an argument is empty; where a name belongs, give one");
        } else if (operands->count == operands->most) {
            return err_set(err, ERR_USAGE, "\"%.200s\" is one argument too many", argument);
        } else {
            operands->items[operands->count++] = argument;
        }
    }
    return true;
}

static void print_default(const struct setting *row, const void *base, char *ret, size_t size)
{
    const char *member = (const char *)base + row->offset;
    uint32_t number = 0;
    if (row->kind == SETTING_TEXT) {
        const char *text = NULL;
        memcpy(&text, member, sizeof(text));
        (void)snprintf(ret, size, "%s", text != NULL && *text != '\0' ? text : "none");
        return;
    }
    memcpy(&number, member, sizeof(number));
    if (row->kind == SETTING_WORD)
        (void)snprintf(ret, size, "%s", row->words[number]);
    else
        print_number(row, number, ret, size);
}

void settings_help(const struct setting *table, const void *base, FILE *out)
{
    for (const struct setting *row = table; row->name != NULL; row++) {
        char left[NAME_SIZE * 2], text[ALLOWED_SIZE], variable[NAME_SIZE];
        char letter[] = {'-', row->letter, ',', ' ', '\0'};
        (void)snprintf(left, sizeof(left), "%s--%s %s", row->letter != '\0' ? letter : "", row->name,
                       row->value != NULL ? row->value : "");
        (void)fprintf(out, "  %-32s %s\n", left, row->help);
        if (row->kind == SETTING_FLAG)
            continue;
        variable_name(row, variable);
        print_allowed(row, text, sizeof(text));
        (void)fprintf(out, "  %-32s allowed: %s\n", "", text);
        print_default(row, base, text, sizeof(text));
        (void)fprintf(out, "  %-32s default: %s; %s\n", "", text, variable);
    }
}
