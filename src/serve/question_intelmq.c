/* SPDX-License-Identifier: MIT */
/* The parameters that bots of IntelMQ send: an address, the name of a host, and how a line is to be written. A host's
 * name is never refused for its ending, since a bot asks about whatever it meets. */
#include <string.h>

#include "cyberatlas/base/facts.h"
#include "internal.h"

bool route_is_lenient(const struct route *route)
{
    return strncmp(route->path, "/intelmq/", strlen("/intelmq/")) == 0;
}

/* The bot takes nearly any text for a host's name: beside an address one that is none is left out, so that the answer
 * still tells of the address. */
static bool read_host(struct reader *reader, char *value, bool beside)
{
    struct question *question = &reader->query->question;
    const char *ending = question_ending(value);
    if (ending == NULL && beside)
        return true;
    if (ending == NULL)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "domain",
                               "domain takes the name of a host in ASCII, as in www.example.be.");
    question->host = value;
    question->host_owner = question_ending_owner(reader->catalog->facts, ending);
    return true;
}

/* Beside a host it need not be placed: then the answer tells of the host alone. */
static bool read_address(struct reader *reader, char *value, bool beside)
{
    struct question *question = &reader->query->question;
    struct ip ip;
    if (question_ip(reader, value))
        return true;
    if (!beside || reader->fault->kind != FAULT_NO_ADDRESSES || !ip_read(value, &ip))
        return false;
    *reader->fault = (struct fault){0};
    question->asked_by = ASKED_BY_ADDRESS;
    ip_write(&ip, question->asked_as);
    return true;
}

static bool read_switch(struct reader *reader, enum ask ask, bool *ret)
{
    static const char *const words[] = {"on", "off"};
    const char *value = reader->query->given[ask];
    int word = value == NULL ? -1 : word_index(value, words, COUNT_OF(words));
    if (value == NULL)
        return true;
    if (word < 0)
        return question_bad_word(reader, ask, 0, value, words, COUNT_OF(words));
    *ret = word == 0;
    return true;
}

static const char *const separator_words[] = {"semicolon", "comma", "pipe", "TAB"};
static const char separators[] = {';', ',', '|', '\t'};

static bool read_separator(struct reader *reader)
{
    const char *value = reader->query->given[ASK_SEPARATOR];
    int word = value == NULL ? 0 : word_index(value, separator_words, COUNT_OF(separator_words));
    if (word < 0)
        return question_bad_word(reader, ASK_SEPARATOR, 0, value, separator_words, COUNT_OF(separator_words));
    reader->query->question.separator = separators[word];
    return true;
}

const char *question_separator(const struct question *question)
{
    for (size_t i = 1; i < COUNT_OF(separators); i++)
        if (separators[i] == question->separator)
            return separator_words[i];
    return NULL;
}

bool question_intelmq(struct reader *reader)
{
    struct question *question = &reader->query->question;
    char *ip = reader->query->given[ASK_IP];
    char *host = reader->query->given[ASK_DOMAIN];
    bool shows = true;
    if (ip == NULL && host == NULL)
        return fault_parameter(reader->fault, FAULT_BAD_VALUE, "ip", "Say what it is about, as in ip=192.0.2.1%s.",
                               (reader->route->asks & 1U << ASK_DOMAIN) == 0 ? "" : " or domain=www.example.be");
    if (host != NULL && !read_host(reader, host, ip != NULL))
        return false;
    if ((ip != NULL && !read_address(reader, ip, question->host != NULL)) ||
        !read_switch(reader, ASK_FILTER, &question->filtered) || !read_switch(reader, ASK_SHOW, &shows) ||
        !read_separator(reader))
        return false;
    question->bare = !shows;
    return true;
}
