/* SPDX-License-Identifier: MIT */
/* Things as trees: every claim with its source, the shown one first, the others beside it. Which fields there are and
 * in what order is known from the claims alone, which come in the order of the kind's table; so a field that is added
 * to the table is in the answers. What no source speaks of is absent. */
#include <string.h>

#include "internal.h"

/* One claim without those beside it. */
static struct node *single_node(struct arena *arena, const struct claim *claim)
{
    struct node *node = node_object(arena);
    if (claim->unknown != NULL)
        node_set_text(arena, node, "unknown", claim->unknown);
    else
        node_set(arena, node, "value", node_json(arena, claim->value.json));
    node_set_text(arena, node, "qualifier", claim->qualifier);
    node_set_text(arena, node, "source", claim->evidence.source);
    node_set_text(arena, node, "at", claim->evidence.at);
    node_set_text(arena, node, "observed", claim->evidence.observed);
    node_set_text(arena, node, "since", claim->evidence.since);
    node_set_text(arena, node, "note", claim->evidence.note);
    return node;
}

struct node *claim_node(struct arena *arena, const struct claim *claims, size_t count)
{
    struct node *node = single_node(arena, &claims[0]);
    if (count < 2)
        return node;
    struct node *others = node_array(arena);
    for (size_t i = 1; i < count; i++)
        node_push(arena, others, single_node(arena, &claims[i]));
    node_set(arena, node, "others", others);
    return node;
}

size_t thing_run(const struct thing *thing, size_t start)
{
    const struct claim *first = &thing->claims[start];
    size_t end = start + 1;
    for (; end < thing->claim_count; end++) {
        const struct claim *claim = &thing->claims[end];
        bool same_item =
            first->item == NULL ? claim->item == NULL : claim->item != NULL && strcmp(first->item, claim->item) == 0;
        if (!same_item || strcmp(first->field, claim->field) != 0)
            break;
    }
    return end - start;
}

void thing_set_fields(struct arena *arena, struct node *object, const struct thing *thing)
{
    const char *field = "";
    struct node *items = NULL;
    for (size_t i = 0; i < thing->claim_count;) {
        const struct claim *claim = &thing->claims[i];
        size_t count = thing_run(thing, i);
        struct node *node = claim_node(arena, claim, count);
        if (claim->item == NULL) {
            node_set(arena, object, claim->field, node);
        } else {
            if (strcmp(field, claim->field) != 0)
                node_set(arena, object, claim->field, items = node_array(arena));
            node_push(arena, items, node);
        }
        field = claim->field;
        i += count;
    }
}

struct node *thing_array(const struct view *view, struct arena *arena, enum thing_kind kind, const char *owner)
{
    size_t count;
    const struct thing *things = facts_things(view->facts, kind, owner, &count);
    struct node *array = node_array(arena);
    for (size_t i = 0; i < count; i++) {
        struct node *object = node_object(arena);
        node_set_text(arena, object, "id", things[i].id);
        thing_set_fields(arena, object, &things[i]);
        node_push(arena, array, object);
    }
    return array;
}

const char *thing_name(const struct thing *thing)
{
    const char *name = thing_text(thing, "name");
    if (name == NULL)
        name = thing_text(thing, "title");
    return name == NULL ? thing->id : name;
}
