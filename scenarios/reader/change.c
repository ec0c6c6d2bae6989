/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "change.h"

#include "normal.h"
#include "rows.h"
#include "tree.h"
#include "yaml.h"

#include <string.h>

/* One way along a path. Where `*` leads nowhere, the first reason is kept, and said only if no way
 * is left. */
struct walk {
    struct reader *reader;
    const char *path;
    struct place place;
    const struct node *value; /* NULL: only look whether there is a place */
    const struct adjust *adjust;
    bool live; /* during a run */
    int32_t places;
    const struct field *field; /* the row of the last place, or of its main key */
    const char *reason, *hint;
};

static void walk_block(struct walk *, struct node *block, const struct rows *, const char *rest);
static void walk_field(struct walk *, struct node *block, const struct field *, const char *key,
                       const char *rest);

static void __attribute__((format(printf, 3, 4)))
nowhere(struct walk *walk, const char *hint, const char *format, ...) {
    if (walk->reason) return;
    va_list list;
    va_start(list, format);
    walk->reason = arena_text_va(walk->reader->arena, format, list);
    va_end(list);
    walk->hint = hint;
}

/* The part of the path before REST, without the dot. */
static const char *path_before(const struct walk *walk, const char *rest) {
    size_t length = (size_t)(rest - walk->path);
    if (length && walk->path[length - 1] == '.') length--;
    return arena_copy(walk->reader->arena, walk->path, length);
}

static const char *cut_key(struct walk *walk, const char **rest) {
    const char *dot = strchrnul(*rest, '.');
    const char *key = arena_copy(walk->reader->arena, *rest, (size_t)(dot - *rest));
    *rest = *dot ? dot + 1 : dot;
    return key;
}

/* ---- At the end of the path ---- */

/* During a run only what is LIVE may be set. */
static bool may_set(struct walk *walk, const struct field *field) {
    if (!walk->live || field->flags & LIVE) return true;
    nowhere(walk, "what may change is marked `live` in the manual",
            "'%s' cannot change during a run", walk->path);
    return false;
}

static void remove_key(struct node *block, const char *key) {
    struct node *old = node_child(block, key);
    if (old) node_remove(old);
}

static struct node *new_value(struct walk *walk, const char *key) {
    struct node *value = node_copy(walk->reader->arena, walk->value);
    value->key = key;
    value->key_place = walk->place;
    return value;
}

static bool takes_adjusts(const struct field *field) {
    switch (field->shape) {
    case SHAPE_COUNT:
    case SHAPE_NUMBER:
    case SHAPE_SPAN:
    case SHAPE_MOMENT:
    case SHAPE_MONEY:
    case SHAPE_AMOUNT:
    case SHAPE_QUANTITY:
    case SHAPE_LAW:
    case SHAPE_EXPR: return true;
    default: return false;
    }
}

/* `times 0.7` acts on what is there, or else on the default. */
static void add_adjust(struct walk *walk, struct node *block, const struct field *field,
                       const char *key) {
    struct arena *arena = walk->reader->arena;
    struct node *value = node_child(block, key);
    if (!value && (!field->fallback || strcmp(field->fallback, "none") == 0)) {
        nowhere(walk, "give a value first", "nothing is given at '%s' that could be changed",
                *tree_path(arena, block) ? arena_text(arena, "%s.%s", tree_path(arena, block), key)
                                         : key);
        return;
    }
    walk->places++;
    if (!walk->value) return;
    if (!value) {
        value = tree_text(arena, field->fallback, walk->place);
        value->key = key;
        node_append(block, value);
    }
    struct adjust *adjust = arena_take(arena, sizeof *adjust), *last = NULL;
    *adjust = *walk->adjust;
    for (const struct adjust *a = value->adjusts; a; a = a->next) last = (void *)(uintptr_t)a;
    if (last)
        last->next = adjust;
    else
        value->adjusts = adjust;
}

static void set_field(struct walk *walk, struct node *block, const struct field *field,
                      const char *key) {
    if (!may_set(walk, field)) return;
    if (walk->adjust && takes_adjusts(field)) {
        add_adjust(walk, block, field, key);
        return;
    }
    walk->places++;
    walk->field = field;
    if (!walk->value) return;
    if (tree_none(walk->value) && rows_word(rows_words(field), "none") < 0) {
        remove_key(block, key);
        return;
    }
    struct node *value = new_value(walk, key);
    tree_set(block, value);
    normal_field(walk->reader, value, field);
}

/* A change of a whole block by `times` means its main key, as any plain value does. */
static bool means_main(const struct walk *walk, const struct rows *rows) {
    return walk->adjust && rows_main(rows);
}

static void set_main(struct walk *walk, struct node *block, const struct rows *rows) {
    const struct field *main = rows_main(rows);
    walk_field(walk, block, main, rows_key(walk->reader->arena, main->name), "");
}

static void set_thing(struct walk *walk, struct node *map, const struct rows *rows,
                      const char *name) {
    struct node *old = node_child(map, name);
    if (old && old->kind == NODE_MAP && means_main(walk, rows)) {
        set_main(walk, old, rows);
        return;
    }
    const struct field *main = rows_main(rows);
    if (walk->live && (!old || !main || !(main->flags & LIVE) || !walk->value ||
                       walk->value->kind != NODE_TEXT || tree_none(walk->value))) {
        nowhere(walk, "write it from the start; during a run numbers in it may change",
                "'%s' cannot come, go or be replaced during a run", walk->path);
        return;
    }
    walk->places++;
    walk->field = rows_main(rows);
    if (!walk->value) return;
    if (tree_none(walk->value)) {
        if (old) node_remove(old);
        return;
    }
    struct node *value = new_value(walk, name);
    tree_set(map, value);
    normal_block(walk->reader, value, rows);
}

/* Behind `change` and the like the rest of the path is one key. */
static void set_raw(struct walk *walk, struct node *block, const char *key, const char *rest) {
    struct node *map = node_child(block, key);
    struct node *old = map && map->kind == NODE_MAP ? node_child(map, rest) : NULL;
    bool none = walk->value && tree_none(walk->value);
    if (none && !old) {
        nowhere(walk, NULL, "there is nothing at '%s' to take away", walk->path);
        return;
    }
    walk->places++;
    if (!walk->value) return;
    if (none) {
        node_remove(old);
        return;
    }
    if (!map || map->kind != NODE_MAP) {
        map = node_make(walk->reader->arena, NODE_MAP, walk->place);
        map->key = key;
        tree_set(block, map);
    }
    tree_set(map, new_value(walk, arena_copy(walk->reader->arena, rest, strlen(rest))));
}

/* ---- On the way ---- */

static const char *nearest_thing(struct walk *walk, const struct node *map, const char *name) {
    const char **names = arena_take(walk->reader->arena, (size_t)(map->count + 1) * sizeof *names);
    int32_t count = 0;
    for (const struct node *thing = map->first; thing; thing = thing->next)
        names[count++] = thing->key;
    const char *nearest = value_nearest(name, names, count);
    return nearest ? arena_text(walk->reader->arena, "did you mean '%s'?", nearest) : NULL;
}

static void walk_star(struct walk *walk, struct node *map, const struct rows *rows,
                      const char *rest) {
    for (struct node *thing = map->first, *next; thing; thing = next) {
        next = thing->next;
        if (*rest)
            walk_block(walk, thing, rows, rest);
        else
            set_thing(walk, map, rows, thing->key);
    }
}

static void walk_map(struct walk *walk, struct node *map, const struct rows *rows,
                     const char *rest) {
    const char *name = cut_key(walk, &rest);
    if (strcmp(name, "*") == 0) {
        walk_star(walk, map, rows, rest);
        return;
    }
    struct node *thing = node_child(map, name);
    if (!*rest && (thing || (walk->value && !tree_none(walk->value) && !walk->adjust)))
        set_thing(walk, map, rows, name);
    else if (thing)
        walk_block(walk, thing, rows, rest);
    else
        nowhere(walk, nearest_thing(walk, map, name), "there is no %s '%s' at '%s'",
                rows_key(walk->reader->arena, rows->name), name, walk->path);
}

/* Goes into a block or map, which is made for it if it is not there, and goes again if nothing was
 * put in. */
static void walk_into(struct walk *walk, struct node *block, const struct field *field,
                      const char *key, const char *rest) {
    struct node *map = node_child(block, key);
    bool made = !map || map->kind != NODE_MAP;
    if (made) {
        map = node_make(walk->reader->arena, NODE_MAP, walk->place);
        map->key = key;
        map->parent = block;
    }
    if (made && walk->value) {
        map->parent = NULL;
        tree_set(block, map);
    }
    if (!*rest)
        set_main(walk, map, field->more);
    else if (field->shape == SHAPE_MAP)
        walk_map(walk, map, field->more, rest);
    else
        walk_block(walk, map, field->more, rest);
    if (made && walk->value && map->count == 0) node_remove(map);
}

static void walk_variant(struct walk *walk, struct node *block, const struct variants *variants,
                         const char *key, const char *rest) {
    struct node *map = node_child(block, key);
    const struct node *word = map && map->kind == NODE_MAP ? node_child(map, variants->key) : NULL;
    int32_t kind = word && word->text ? rows_kind(variants, word->text) : -1;
    if (kind < 0) {
        nowhere(walk, "give the whole block",
                "'%s' has no '%s' yet, so nothing in it can be changed",
                tree_path(walk->reader->arena, block), key);
        return;
    }
    if (strcmp(rest, variants->key) != 0) {
        walk_block(walk, map, variants->rows[kind], rest);
        return;
    }
    walk->places++;
    if (walk->value) tree_set(map, new_value(walk, variants->key));
}

static void walk_field(struct walk *walk, struct node *block, const struct field *field,
                       const char *key, const char *rest) {
    switch (field->shape) {
    case SHAPE_BLOCK:
    case SHAPE_OPTION:
    case SHAPE_MAP:
        if (*rest || (field->shape != SHAPE_MAP && means_main(walk, field->more)))
            walk_into(walk, block, field, key, rest);
        else
            set_field(walk, block, field, key);
        break;
    case SHAPE_VARIANT:
        if (*rest)
            walk_variant(walk, block, field->more, key, rest);
        else
            set_field(walk, block, field, key);
        break;
    case SHAPE_RAW:
        if (*rest)
            set_raw(walk, block, key, rest);
        else
            set_field(walk, block, field, key);
        break;
    case SHAPE_LATER:
        nowhere(walk, NULL,
                "'%s' is part of the language, but this version of takt does not know it yet", key);
        break;
    default:
        if (*rest)
            nowhere(walk, NULL, "'%s' is %s; nothing in it has a path", path_before(walk, rest),
                    field->shape == SHAPE_LIST ? "a list" : "one value");
        else
            set_field(walk, block, field, key);
    }
}

static void walk_block(struct walk *walk, struct node *block, const struct rows *rows,
                       const char *rest) {
    const char *before = path_before(walk, rest);
    const char *key = cut_key(walk, &rest);
    const struct field *field = rows_find(rows, key), *written_out = rows_written_out(rows, key);
    if (*rest && written_out) field = written_out;
    if (block->kind != NODE_MAP)
        nowhere(walk, NULL, "'%s' has no keys", before);
    else if (field)
        walk_field(walk, block, field, key, rest);
    else
        nowhere(walk, rows_hint(walk->reader->arena, rows, key), "unknown key '%s'%s%s", key,
                *before ? " in " : "", before);
}

/* ---- One change, and many ---- */

static const struct adjust *read_adjust(struct arena *arena, const struct node *value) {
    static const struct {
        const char *word;
        enum adjust_kind kind;
    } words[] = {{"times ", ADJUST_TIMES}, {"plus ", ADJUST_PLUS}, {"minus ", ADJUST_MINUS}};
    if (value->kind != NODE_TEXT || value->quoted || !value->text) return NULL;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        size_t length = strlen(words[i].word);
        if (strncmp(value->text, words[i].word, length) != 0) continue;
        struct adjust *adjust = arena_take(arena, sizeof *adjust);
        *adjust = (struct adjust){
            .kind = words[i].kind, .text = value->text + length, .place = value->place};
        adjust->place.column += (int32_t)length;
        return adjust;
    }
    return NULL;
}

static bool apply(struct reader *reader, struct node *root, const struct rows *rows,
                  const char *path, struct place path_place, const struct node *value, bool live) {
    struct walk walk = {.reader = reader,
                        .path = path,
                        .place = path_place,
                        .value = value,
                        .live = live,
                        .adjust = read_adjust(reader->arena, value)};
    int32_t before = reader->faults->error_count;
    if (value->kind == NODE_TEXT && !value->text) {
        fault_error(reader->faults, value->place, "{} takes the defaults, none removes",
                    "no value");
        return false;
    }
    walk_block(&walk, root, rows, path);
    if (walk.places == 0 && walk.reason)
        fault_error(reader->faults, path_place, walk.hint, "%s", walk.reason);
    else if (walk.places == 0)
        fault_error(reader->faults, path_place, NULL, "nothing is at '%s'", path);
    return reader->faults->error_count == before;
}

bool change_apply(struct reader *reader, struct node *root, const struct rows *rows,
                  const char *path, struct place path_place, const struct node *value) {
    return apply(reader, root, rows, path, path_place, value, false);
}

bool change_apply_live(struct reader *reader, struct node *root, const struct rows *rows,
                       const char *path, struct place path_place, const struct node *value) {
    return apply(reader, root, rows, path, path_place, value, true);
}

bool change_apply_map(struct reader *reader, struct node *root, const struct rows *rows,
                      const struct node *changes) {
    bool good = true;
    if (!changes || tree_none(changes)) return true;
    if (changes->kind != NODE_MAP) {
        if (changes->kind == NODE_TEXT && !changes->text) return false;
        fault_error(reader->faults, changes->place, "change: {stations.cut.machines: 2}",
                    "a map of paths and values is wanted here");
        return false;
    }
    for (const struct node *change = changes->first; change; change = change->next)
        good &= change_apply(reader, root, rows, change->key, change->key_place, change);
    return good;
}

const struct node *change_read_set(struct reader *reader, const char *option, const char *setting,
                                   const char **path, struct place *place) {
    struct arena *arena = reader->arena;
    const char *name = arena_text(arena, "%s %s", option, setting);
    const char *equal = strchr(setting, '=');
    const char *text = arena_text(arena, "value: %s\n", equal ? equal + 1 : "");
    int32_t source = source_add_text(reader->sources, name, text, strlen(text));
    *place = (struct place){.source = source, .line = 1, .column = 1};
    if (!equal || equal == setting || !equal[1]) {
        fault_error(reader->faults, *place, arena_text(arena, "%s stations.cut.machines=3", option),
                    "a path, = and a value are wanted here");
        return NULL;
    }
    *path = arena_copy(arena, setting, (size_t)(equal - setting));
    const struct node *tree = yaml_read(arena, reader->sources, source, reader->faults);
    return tree && tree->kind == NODE_MAP && tree->count == 1 ? tree->first : NULL;
}

bool change_apply_set(struct reader *reader, struct node *root, const struct rows *rows,
                      const char *setting) {
    const char *path;
    struct place place;
    const struct node *value = change_read_set(reader, "--set", setting, &path, &place);
    return value && change_apply(reader, root, rows, path, place, value);
}

bool change_finds(struct reader *reader, const struct node *root, const struct rows *rows,
                  const char *path) {
    struct walk walk = {.reader = reader, .path = path};
    walk_block(&walk, (struct node *)(uintptr_t)root, rows, path);
    return walk.places > 0;
}

const struct field *change_row(struct reader *reader, const struct node *root,
                               const struct rows *rows, const char *path) {
    struct walk walk = {.reader = reader, .path = path};
    walk_block(&walk, (struct node *)(uintptr_t)root, rows, path);
    const struct field *field = walk.places > 0 ? walk.field : NULL;
    while (field && (field->shape == SHAPE_BLOCK || field->shape == SHAPE_OPTION))
        field = rows_main(field->more);
    return field && rows_scalar(field) ? field : NULL;
}
