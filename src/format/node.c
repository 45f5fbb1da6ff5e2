/* SPDX-License-Identifier: MIT */
/* Building trees. Nodes live in the caller's arena; strings are borrowed. A node has one parent at most, since the
 * link to its next sibling is its own. Every builder takes NULL where an earlier allocation failed and passes it on:
 * the arena remembers the failure. */
#include "internal.h"

static struct node *make(struct arena *arena, enum node_kind kind)
{
    struct node *node = arena_alloc(arena, sizeof(*node));
    if (node != NULL)
        node->kind = kind;
    return node;
}

struct node *node_object(struct arena *arena)
{
    return make(arena, NODE_OBJECT);
}

struct node *node_array(struct arena *arena)
{
    return make(arena, NODE_ARRAY);
}

struct node *node_text(struct arena *arena, const char *text)
{
    struct node *node = text == NULL ? NULL : make(arena, NODE_TEXT);
    if (node != NULL)
        node->text = text;
    return node;
}

struct node *node_decimal(struct arena *arena, int64_t number, int places)
{
    struct node *node = make(arena, NODE_NUMBER);
    if (node != NULL) {
        node->number = number;
        node->places = places;
    }
    return node;
}

struct node *node_integer(struct arena *arena, int64_t number)
{
    return node_decimal(arena, number, 0);
}

struct node *node_flag(struct arena *arena, bool flag)
{
    struct node *node = make(arena, NODE_FLAG);
    if (node != NULL)
        node->number = flag ? 1 : 0;
    return node;
}

struct node *node_json(struct arena *arena, const char *json)
{
    struct node *node = json == NULL ? NULL : make(arena, NODE_JSON);
    if (node != NULL)
        node->text = json;
    return node;
}

void node_push(struct arena *arena, struct node *array, struct node *child)
{
    (void)arena;
    if (array == NULL || child == NULL)
        return;
    if (array->last == NULL)
        array->first = child;
    else
        array->last->next = child;
    array->last = child;
}

void node_set(struct arena *arena, struct node *object, const char *key, struct node *child)
{
    if (child != NULL)
        child->key = key;
    node_push(arena, object, child);
}

void node_set_text(struct arena *arena, struct node *object, const char *key, const char *text)
{
    node_set(arena, object, key, node_text(arena, text));
}

bool node_empty(const struct node *node)
{
    return node == NULL || node->first == NULL;
}
