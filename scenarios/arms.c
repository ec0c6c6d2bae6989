/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "arms.h"

#include "reader/change.h"

#include <string.h>

enum { ARMS_MOST = 16 }; /* one on top of the other */

static const char *arms_hint(struct scenario *scenario, const struct map *arms) {
    const char *all = "the arms are base";
    for (int32_t i = 0; i < arms->count; i++) {
        const char *name = ((const struct arm_spec *)arms->things)[i].thing.name;
        if (strcmp(name, "base") != 0) all = arena_text(&scenario->arena, "%s, %s", all, name);
    }
    return all;
}

/* ---- an arm that begins later ---- */
/* What is said of programmes holds from the beginning: they have dates of their own. */
static bool of_programmes(const struct node *change) {
    static const char section[] = "programmes.";
    return strncmp(change->key, section, sizeof section - 1) == 0;
}

static struct node *child_named(struct arena *arena, struct node *parent, struct node *child,
                                const char *key) {
    child->key = arena_copy(arena, key, strlen(key));
    child->key_place = child->place;
    node_append(parent, child);
    return child;
}

/* The programme that an arm is: {at: ..., change: {...}}. */
static const struct node *programme_of(struct arena *arena, const struct arm_spec *arm) {
    struct node *programme = node_make(arena, NODE_MAP, arm->thing.place);
    child_named(arena, programme, node_copy(arena, arm->at), "at");
    struct node *change = node_make(arena, NODE_MAP, arm->change->place);
    child_named(arena, programme, change, "change");
    for (const struct node *one = arm->change->first; one; one = one->next)
        if (!of_programmes(one)) node_append(change, node_copy(arena, one));
    return programme;
}

static bool apply_later(struct scenario *scenario, struct reader *reader, struct node *root,
                        const struct arm_spec *arm) {
    const struct node *programmes = node_child(root, "programmes");
    if (programmes && node_child(programmes, arm->thing.name)) {
        fault_error(&scenario->faults, arm->thing.place, NULL,
                    "arm '%s' has `at`, which makes a programme of it, and there is one of this "
                    "name",
                    arm->thing.name);
        return false;
    }
    bool good = true;
    for (const struct node *one = arm->change->first; one; one = one->next)
        if (of_programmes(one))
            good &= change_apply(reader, root, &spec_rows, one->key, one->key_place, one);
    const struct node *programme = programme_of(&scenario->arena, arm);
    if (node_child(programme, "change")->count == 0) return good;
    const char *path = arena_text(&scenario->arena, "programmes.%s", arm->thing.name);
    return good & change_apply(reader, root, &spec_rows, path, arm->thing.place, programme);
}

/* ---- arms on top of others ---- */
static bool apply_arm(struct scenario *scenario, struct reader *reader, struct node *root,
                      const char *name, struct place why, int32_t depth) {
    const struct map *arms = &scenario->base.spec->question.arms;
    for (int32_t i = 0; i < arms->count; i++) {
        const struct arm_spec *arm = &((const struct arm_spec *)arms->things)[i];
        if (strcmp(arm->thing.name, name) != 0) continue;
        const struct text_entry_spec *with = arm->with.things;
        if (depth == ARMS_MOST) {
            fault_error(&scenario->faults, arm->thing.place, NULL, "arm '%s' is built on itself",
                        name);
            return false;
        }
        for (int32_t w = 0; w < arm->with.count; w++)
            if (!apply_arm(scenario, reader, root, with[w].text, arm->thing.place, depth + 1))
                return false;
        bool later = arm->at && arm->change && arm->change->kind == NODE_MAP;
        return later ? apply_later(scenario, reader, root, arm)
                     : change_apply_map(reader, root, &spec_rows, arm->change);
    }
    if (strcmp(name, "base") == 0) return true;
    fault_error(&scenario->faults, why, arms_hint(scenario, arms), "there is no arm '%s'", name);
    return false;
}

struct node *arm_tree(struct scenario *scenario, struct reader *reader, const char *name) {
    struct node *root = node_copy(&scenario->arena, scenario->tree);
    if (name) (void)apply_arm(scenario, reader, root, name, (struct place){.source = -1}, 0);
    return root;
}
