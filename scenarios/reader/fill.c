/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fill.h"

#include "lookup.h"
#include "name_table.h"
#include "normal.h"
#include "refer.h"
#include "rows.h"
#include "scalar.h"
#include "table.h"
#include "tree.h"
#include "yaml.h"

#include <ctype.h>
#include <string.h>

enum { FIELDS_MOST = 256 };

struct fill {
    struct reader *reader;
    struct name_table images; /* rows -> a block with all defaults */
    struct name_table names;  /* (map node, name with - for _) -> node */
};

static void fill_block(struct fill *, const struct node *, const struct rows *, const char *also,
                       char *block);
static const void *image_of(struct fill *, const struct rows *);

bool fill_spec(struct reader *reader, const struct node *root, const struct rows *rows,
               void *spec) {
    struct fill fill = {.reader = reader};
    struct lookup lookup;
    int32_t before = reader->faults->error_count;
    reader->value.arena = reader->arena;
    reader->value.faults = reader->faults;
    reader->value.column = table_column;
    reader->value.files = reader;
    lookup_init(&lookup, reader, root, rows);
    fill_block(&fill, root, rows, NULL, spec);
    refer_spec(reader, rows, spec);
    lookup_clear(&lookup);
    name_table_clear(&fill.images);
    name_table_clear(&fill.names);
    return reader->faults->error_count == before;
}

/* ---- What a fault says ---- */

/* " in stations.cut". A path may be long to find, so only for faults that will be shown. */
static const char *inside(struct fill *fill, const struct node *block) {
    if (fill->reader->faults->count == FAULTS_MOST) return "";
    const char *path = tree_path(fill->reader->arena, block);
    return *path ? arena_text(fill->reader->arena, " in %s", path) : "";
}

static void wrong_kind(struct fill *fill, const struct node *node, const char *wanted,
                       const char *hint) {
    static const char *const kinds[] = {
        [NODE_TEXT] = "one value", [NODE_LIST] = "a list", [NODE_MAP] = "a map"};
    struct arena *arena = fill->reader->arena;
    const char *name = node->key
                           ? arena_text(arena, "'%s'%s", node->key, inside(fill, node->parent))
                           : arena_text(arena, "%s", tree_path(arena, node));
    fault_error(fill->reader->faults, node->place, hint, "%s takes %s, not %s",
                *name ? name : "a scenario", wanted, kinds[node->kind]);
}

static bool is_blank(struct fill *fill, const struct node *node) {
    if (node->kind != NODE_TEXT || node->text) return false;
    if (!fault_known(fill->reader->faults,
                     node->place)) /* else its text was taken for that fault */
        fault_error(fill->reader->faults, node->place, "{} takes the defaults, none removes",
                    "no value");
    return true;
}

/* ---- Defaults ---- */

static void *block_of(struct fill *fill, const struct rows *rows, int32_t count) {
    return count ? arena_take(fill->reader->arena, (size_t)count * rows->size) : NULL;
}

/* A default that is more than one value, such as [fifo], is read as YAML. */
static struct node *default_node(struct fill *fill, const struct field *field) {
    struct reader *reader = fill->reader;
    const char *text = field->fallback;
    if (*text != '[' && *text != '{')
        return tree_text(reader->arena, text, (struct place){.source = -1});
    int32_t source = source_add_text(reader->sources, "--default", text, strlen(text));
    struct node *node = yaml_read(reader->arena, reader->sources, source, reader->faults);
    CHECK(node);
    return node;
}

static void fill_field(struct fill *, const struct node *, const struct field *, char *member);

/* The currency of a default says nothing about the file. */
static void fill_default(struct fill *fill, const struct field *field, char *member) {
    struct value_context *value = &fill->reader->value;
    char currency[sizeof value->currency];
    if (rows_scalar(field) && scalar_set_zero(field, member)) return;
    struct node *node = default_node(fill, field);
    if (!rows_scalar(field)) normal_field(fill->reader, node, field);
    memcpy(currency, value->currency, sizeof currency);
    memset(value->currency, 0, sizeof currency);
    fill_field(fill, node, field, member);
    memcpy(value->currency, currency, sizeof currency);
}

static bool has_default(const struct field *field) {
    const char *text = field->fallback;
    if (!text || (field->shape == SHAPE_MAP && strcmp(text, "{}") == 0)) return false;
    return strcmp(text, "[]") != 0 &&
           (strcmp(text, "none") != 0 || rows_word(rows_words(field), text) >= 0);
}

static void set_defaults(struct fill *fill, const struct rows *rows, char *block) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        char *member = block + field->offset;
        if (field->shape == SHAPE_LATER || (field->shape == SHAPE_BLOCK && !field->more)) continue;
        scalar_set_absent(field, member);
        if (field->shape == SHAPE_BLOCK) {
            const struct rows *inner = field->more;
            memcpy(member, image_of(fill, inner), inner->size);
        } else if (has_default(field))
            fill_default(fill, field, member);
    }
}

/* A block of these rows with nothing given; made once, since reading its defaults is most of the
 * work for the many things of a table. */
static const void *image_of(struct fill *fill, const struct rows *rows) {
    void *image = name_table_find(&fill->images, rows, "");
    if (image) return image;
    image = block_of(fill, rows, 1);
    set_defaults(fill, rows, image);
    name_table_add(&fill->images, rows, "", image);
    return image;
}

/* ---- Names ---- */

static bool name_is_sound(const char *name) {
    if (!isalpha((unsigned char)*name)) return false;
    while (isalnum((unsigned char)*name) || *name == '_' || *name == '-') name++;
    return !*name;
}

/* Words that some key takes in place of a name. `out` and `scrap` stand for steps alone, so that a
 * stock may be called out. */
static bool name_is_word(const struct node *thing) {
    static const char *const words[] = {"factory", "any",   "each",      "none", "never",
                                        "always",  "table", "unlimited", "base", "true",
                                        "false",   "now",   "out",       "scrap"};
    int32_t count = (int32_t)(sizeof words / sizeof *words);
    bool of_section = !thing->parent->parent || !thing->parent->parent->parent;
    if (of_section) count -= 2;
    for (int32_t i = 0; i < count; i++)
        if (strcmp(words[i], thing->key) == 0) return true;
    return false;
}

/* A map of shares or amounts speaks of things that are named elsewhere. */
static bool names_are_new(const struct rows *rows) {
    const struct field *main = rows_main(rows);
    return !rows->names && !(main && (main->shape == SHAPE_NUMBER || main->shape == SHAPE_AMOUNT));
}

/* Is the name of a new thing good, and not like that of another? An arm may be `base`: the file as
 * it is. */
static void check_name(struct fill *fill, const struct node *thing) {
    struct faults *faults = fill->reader->faults;
    bool base = strcmp(thing->key, "base") == 0 && strcmp(thing->parent->key, "arms") == 0;
    if (!name_is_sound(thing->key))
        fault_error(faults, thing->key_place,
                    "names begin with a letter and have letters, digits, - and _",
                    "'%s' is no name", thing->key);
    else if (name_is_word(thing) && !base)
        fault_error(faults, thing->key_place, "take another name", "'%s' is a word with a meaning",
                    thing->key);
    const struct node *other =
        name_table_add(&fill->names, thing->parent, rows_key(fill->reader->arena, thing->key),
                       (void *)(uintptr_t)thing);
    if (other)
        fault_error(faults, thing->key_place, "give one of them another name",
                    "'%s' and '%s' in line %d differ only by - and _", thing->key, other->key,
                    other->key_place.line);
}

/* ---- Shapes ---- */

static void fill_map(struct fill *fill, const struct node *node, const struct rows *rows,
                     struct map *map) {
    if (node->kind != NODE_MAP) {
        wrong_kind(fill, node, "a map of names", NULL);
        return;
    }
    *map = (struct map){.count = node->count, .things = block_of(fill, rows, node->count)};
    char *block = map->things;
    for (const struct node *thing = node->first; thing; thing = thing->next, block += rows->size) {
        if (names_are_new(rows)) check_name(fill, thing);
        fill_block(fill, thing, rows, NULL, block);
        *(struct thing *)(void *)block =
            (struct thing){.name = thing->key, .place = thing->key_place};
    }
}

static void fill_list(struct fill *fill, const struct node *node, const struct rows *rows,
                      struct list *list) {
    if (node->kind != NODE_LIST) {
        wrong_kind(fill, node, "a list", "put [ ] around it");
        return;
    }
    *list = (struct list){.count = node->count, .things = block_of(fill, rows, node->count)};
    char *block = list->things;
    for (const struct node *entry = node->first; entry; entry = entry->next, block += rows->size)
        fill_block(fill, entry, rows, NULL, block);
}

static void fill_variant(struct fill *fill, const struct node *node,
                         const struct variants *variants, struct variant *variant) {
    struct reader *reader = fill->reader;
    const struct node *word = node->kind == NODE_MAP ? node_child(node, variants->key) : NULL;
    if (!word || !word->text) {
        const char *hint = rows_kinds_hint(reader->arena, variants, NULL);
        if (node->kind == NODE_LIST)
            wrong_kind(fill, node, "a map", NULL);
        else
            fault_error(reader->faults, tree_place(node), hint, "'%s' must be given in %s",
                        variants->key, tree_path(reader->arena, node));
        return;
    }
    int32_t kind = rows_kind(variants, word->text);
    if (kind < 0) {
        fault_error(reader->faults, word->place,
                    rows_kinds_hint(reader->arena, variants, word->text),
                    "'%s' is no word for '%s'%s", word->text, variants->key, inside(fill, node));
        return;
    }
    *variant = (struct variant){.kind = kind, .block = block_of(fill, variants->rows[kind], 1)};
    fill_block(fill, node, variants->rows[kind], variants->key, variant->block);
}

static void fill_later(struct fill *fill, const struct node *node) {
    fault_error(fill->reader->faults, tree_place(node), NULL,
                "'%s' is part of the language, but this version of takt does not know it yet",
                node->key);
}

static void fill_field(struct fill *fill, const struct node *node, const struct field *field,
                       char *member) {
    void *any = member;
    if (field->shape == SHAPE_LATER) {
        fill_later(fill, node);
        return;
    }
    if (is_blank(fill, node)) return;
    switch (field->shape) {
    case SHAPE_RAW: *(const struct node **)any = node; break;
    case SHAPE_MAP: fill_map(fill, node, field->more, any); break;
    case SHAPE_LIST: fill_list(fill, node, field->more, any); break;
    case SHAPE_BLOCK: fill_block(fill, node, field->more, NULL, member); break;
    case SHAPE_OPTION: {
        char *block = block_of(fill, field->more, 1);
        ((struct option *)any)->block = block;
        fill_block(fill, node, field->more, NULL, block);
        break;
    }
    case SHAPE_VARIANT: fill_variant(fill, node, field->more, any); break;
    default:
        if (node->kind == NODE_TEXT)
            scalar_read(fill->reader, node, field, any);
        else
            wrong_kind(fill, node, "one value", NULL);
    }
}

/* ---- Blocks ---- */

static void unknown_key(struct fill *fill, const struct node *child, const struct rows *rows) {
    fault_error(fill->reader->faults, child->key_place,
                rows_hint(fill->reader->arena, rows, child->key), "unknown key '%s'%s", child->key,
                inside(fill, child->parent));
}

/* Is `none` given, and does it mean that the key is left out? */
static bool left_out(const struct node *node, const struct field *field) {
    if (!tree_none(node) || field->shape == SHAPE_LATER) return false;
    if (rows_scalar(field))
        return rows_may_be_absent(field) && rows_word(rows_words(field), "none") < 0;
    return field->fallback || field->flags & OPTIONAL;
}

/* Of two rows of one key, which is it? */
static bool takes(const struct rows *rows, const struct field *field, const struct node *node) {
    if (field->flags & WRITTEN_OUT) return node->kind != NODE_TEXT;
    return node->kind == NODE_TEXT || field->flags & INLINE || !rows_scalar(field) ||
           !rows_written_out(rows, node->key);
}

/* What was given for row I of ROWS, found in one pass over the children: they mostly come in the
 * order of the rows. */
static void match_keys(const struct node *node, const struct rows *rows,
                       const struct node **given) {
    int32_t i = 0;
    CHECK(rows->count <= FIELDS_MOST);
    memset(given, 0, (size_t)rows->count * sizeof *given);
    for (const struct node *child = node->first; child; child = child->next)
        for (int32_t tried = 0; tried < rows->count; tried++, i = i + 1 < rows->count ? i + 1 : 0)
            if (rows_key_is(rows->fields[i].name, child->key) &&
                takes(rows, &rows->fields[i], child)) {
                if (!rows_hidden(&rows->fields[i]) && !(rows->fields[i].flags & INLINE))
                    given[i] = child;
                break;
            }
}

static void fill_keys(struct fill *fill, const struct node *node, const struct rows *rows,
                      char *block) {
    const struct node *given[FIELDS_MOST];
    match_keys(node, rows, given);
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        char *member = block + field->offset;
        if (field->flags & INLINE)
            fill_keys(fill, node, field->more, member);
        else if (rows_hidden(field))
            continue;
        else if (given[i] && !left_out(given[i], field))
            fill_field(fill, given[i], field, member);
        else if (given[i])
            scalar_set_absent(field, member);
        else if (!field->fallback && !(field->flags & OPTIONAL))
            fault_error(fill->reader->faults, tree_place(node), NULL, "'%s' must be given%s",
                        rows_key(fill->reader->arena, field->name), inside(fill, node));
    }
}

/* `place` and `self` are no keys, but receive what the block is called and where it stands. */
static void fill_hidden(const struct node *node, const struct rows *rows, char *block) {
    for (int32_t i = 0; i < rows->count; i++) {
        const struct field *field = &rows->fields[i];
        void *member = block + field->offset;
        if (!rows_hidden(field)) continue;
        if (field->shape == SHAPE_REF)
            *(struct ref *)member = (struct ref){
                .name = node->key, .place = tree_place(node), .section = -1, .index = -1};
        else
            *(struct place *)member = tree_place(node);
    }
}

static void check_keys(struct fill *fill, const struct node *node, const struct rows *rows,
                       const char *also) {
    for (const struct node *child = node->first; child; child = child->next)
        if (!(also && strcmp(also, child->key) == 0) && !rows_find(rows, child->key))
            unknown_key(fill, child, rows);
}

static void run_checks(struct fill *fill, struct place place, const struct rows *rows,
                       const char *block) {
    for (int32_t i = 0; i < rows->count; i++)
        if (rows->fields[i].flags & INLINE)
            run_checks(fill, place, rows->fields[i].more, block + rows->fields[i].offset);
    if (rows->check) rows->check(block, place, fill->reader->faults);
}

/* ALSO is a key that stands among those of the block without being one of its rows: what picks a
 * variant. */
static void fill_block(struct fill *fill, const struct node *node, const struct rows *rows,
                       const char *also, char *block) {
    int32_t before = fill->reader->faults->error_count;
    memcpy(block, image_of(fill, rows), rows->size);
    if (is_blank(fill, node)) return;
    if (node->kind != NODE_MAP) {
        wrong_kind(fill, node, "keys", rows_hint(fill->reader->arena, rows, NULL));
        return;
    }
    check_keys(fill, node, rows, also);
    fill_keys(fill, node, rows, block);
    fill_hidden(node, rows, block);
    if (fill->reader->faults->error_count == before)
        run_checks(fill, tree_place(node), rows, block);
}
