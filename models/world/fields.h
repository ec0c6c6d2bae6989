/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Field rows: the one description of everything that a scenario can say.
 *
 * Each struct that a scenario fills has a table of rows beside it, one row a key. The reader, its
 * defaults and range checks, units, `--set`, the manual, the JSON Schema and the metadata of the
 * results all walk these rows; nothing else in takt knows which keys exist.
 *
 *     FIELD(station, machines, COUNT, LIVE, "1", 1, 1e6, NULL, "Machines that share the queue."),
 *
 * says: `struct station_spec` has a member `machines`; its key is the member's name with `-` for
 * `_`; how it is read follows from the C type of the member (see SHAPE_OF); the unit is COUNT; a
 * run may change it (LIVE); without it the text "1" is read, by the same reader; it lies in 1..1e6,
 * in the unit that the manual shows. A default of NULL means that it must be given, "none" that it
 * may be left out. `more` depends on the shape: see enum field_shape. */
#ifndef TAKT_MODELS_WORLD_FIELDS_H
#define TAKT_MODELS_WORLD_FIELDS_H

#include "../../sim/sim.h"

/* ---- What a member of a spec may be: wrapper structs, for _Generic must tell them apart ---- */

struct span {
    tick ticks;
}; /* a duration; or a word: ticks = SPAN_WORD(i) for words[i] of the row */
struct moment {
    tick ticks;
}; /* a point in time, from the start of measuring; dates are turned with run.start */
struct money {
    int64_t micro;
}; /* money, in millionths of the currency */
/* `4 pieces` and `4 lots` are counts like a bare 4; where it matters, this tells them apart. */
enum counted { COUNTED_BARE, COUNTED_LOTS, COUNTED_PIECES, COUNTED_BATCHES };
struct amount {
    double value;
    struct dimension dimension;
    bool given;
    enum counted counted;
}; /* pieces (no dimension), kg, m, m3 ... */
struct quantity {
    double value;
    struct dimension dimension;
    enum counted counted;
}; /* one of several dimensions that the unit allows */
struct expr {
    const struct formula *formula;
}; /* NULL: not given */
struct choice {
    int32_t index;  /* position in the row's words */
    int32_t number; /* that stands for N in a word such as `every N pieces`; 0: none */
};
struct ref {
    const char *name;
    struct place place;
    int32_t section, index;
}; /* a name; resolved after all is read; index -1: none or a word */
struct list {
    int32_t count;
    void *things;
}; /* blocks in the order written */
struct map {
    int32_t count;
    void *things;
}; /* named blocks in the order written; each starts with a struct thing */
struct option {
    void *block;
}; /* a block that may be absent: NULL */
struct variant {
    int32_t kind;
    void *block;
}; /* a block whose rows its first key picks; kind -1: absent */

/* What every named block starts with. */
struct thing {
    const char *name;
    struct place place;
};

#define SPAN_WORD(I)                                                                               \
    (INT64_MIN + 1 + (I)) /* `auto`, `until empty`: the row's words in place of a duration */
#define COUNT_WORD(I) (-1 - (int32_t)(I)) /* `unlimited` in place of a count */

enum field_shape {
    SHAPE_BOOL,   /* yes or no */
    SHAPE_COUNT,  /* int32_t; more: words that may stand instead (struct words), or NULL */
    SHAPE_NUMBER, /* double in base units of `unit` */
    SHAPE_TEXT,   /* const char * */
    SHAPE_SPAN,   /* more: words, or NULL */
    SHAPE_MOMENT,
    SHAPE_MONEY,
    SHAPE_AMOUNT,
    SHAPE_QUANTITY,
    SHAPE_LAW,  /* struct law: a constant, a law, or a formula with laws in it */
    SHAPE_EXPR, /* more: const struct scope *, the names it sees besides what is seen everywhere, or
                   NULL */
    SHAPE_CHOICE, /* more: words */
    SHAPE_REF,    /* more: struct target */
    SHAPE_LIST,   /* more: struct rows of an entry */
    SHAPE_MAP,    /* more: struct rows of a thing */
    SHAPE_BLOCK,  /* an embedded struct; more: its rows. With INLINE its keys are keys of the parent
                   */
    SHAPE_OPTION, /* more: rows */
    SHAPE_VARIANT, /* more: struct variants */
    SHAPE_RAW,     /* const struct node *: kept as written and read later (claims, change, arms) */
    SHAPE_LATER /* part of the language, not yet of takt: whatever is given is an error that says so
                 */
};

/* Units of fields. X(NAME, text in the manual, text of a typical unit for hints) */
#define FIELD_UNITS(X)                                                                             \
    X(NONE, "", "")                                                                                \
    X(COUNT, "n", "")                                                                              \
    X(TIME, "time", "min")                                                                         \
    X(WORK_TIME, "time (/lot, /piece, /batch)",                                                    \
      "min") /* min, min/lot, min/piece, min/batch: see law.per */                                 \
    X(SHARE, "share", "%")                                                                         \
    X(RATE, "a time", "/h")                                                                        \
    X(MONEY, "money", "EUR")                                                                       \
    X(PRICE, "money a unit", "EUR")                                                                \
    X(MONEY_RATE, "money a time", "EUR/h")                                                         \
    X(HOLDING, "share a time or money a time", "%/y")                                              \
    X(SHARE_RATE, "share a time", "%/y")                                                           \
    X(AMOUNT, "amount", "")                                                                        \
    X(AMOUNT_RATE, "amount a time", "/wk")                                                         \
    X(CARDS, "n or time", "")                                                                      \
    X(POWER, "energy a time", "kW")                                                                \
    X(EMISSION, "mass a mass or length", "kg/km")                                                  \
    X(SPEED, "length a time", "m/s")                                                               \
    X(MASS, "mass", "kg")                                                                          \
    X(LENGTH, "length", "m")                                                                       \
    X(VOLUME, "volume", "m3")                                                                      \
    X(RANGE, "length or time", "km")                                                               \
    X(MONEY_LENGTH, "money a length", "EUR/km")                                                    \
    X(MONEY_MASS, "money a mass", "EUR/t")                                                         \
    X(MONEY_ENERGY, "money an energy", "EUR/kWh")                                                  \
    X(MASS_ENERGY, "mass an energy", "kg/kWh")                                                     \
    X(HOURS_A_DAY, "hours a day", "h/d")                                                           \
    X(PLAIN, "number", "")                                                                         \
    X(ANY, "any", "")

enum field_unit {
#define X(name, manual, example) UNIT_##name,
    FIELD_UNITS(X)
#undef X
        UNIT_COUNT_OF
};

enum field_flag {
    FIXED = 0,
    LIVE = 1,         /* a run may change it */
    MAIN = 2,         /* short form 2: a plain value or list where the block is due is this key */
    INLINE = 4,       /* the keys of this block are keys of its parent */
    OPTIONAL = 8,     /* with default NULL: may be left out, and then says so: see ABSENT_ below */
    WRITTEN_OUT = 16, /* a second row of one key: takes it where a map or list is given */
};

/* What a member holds whose key may be left out (OPTIONAL, default NULL) and was. */
#define ABSENT_COUNT                                                                               \
    INT32_MIN /* count; choice and ref and variant: -1; text, expr, option, raw: NULL */
#define ABSENT_TICKS INT64_MAX /* span and moment: TICK_NEVER */
#define ABSENT_MONEY INT64_MIN
#define ABSENT_LAW   LAW_COUNT /* law.kind */
/* number and quantity: NaN; amount: given is false; list and map: empty */

struct words {
    int32_t count;
    const struct word { const char *name, *help; } * list;
};

/* What a reference may name. Sections are bits of the enum in world.h; words may stand instead. */
enum {
    TARGET_LEADS = 1u << 30, /* a name may follow a word: factory.ROUTE, left to who builds, too */
    TARGET_LOOSE = 1u << 31  /* what is not found is left to whoever builds the plant: a step */
};
struct target {
    uint32_t sections;  /* 1 << SECTION_... */
    const char *noun;   /* "source": there is no source 'nroth' */
    const char *kinds;  /* "Sources are suppliers, stocks and factory" */
    struct words words; /* words with a meaning: index is their position, section -1 */
};

struct field {
    const char *name; /* of the member; the key has `-` for `_` */
    size_t offset;
    enum field_shape shape;
    enum field_unit unit;
    unsigned flags;
    const char *fallback;
    double low, high; /* in the example unit's kind as the manual shows it; both 0: no bounds */
    const void *more;
    const char *help;
};

struct check_context;
struct rows {
    const char *name; /* "station": what a fault calls it */
    size_t size;      /* of the struct */
    int32_t count;
    const struct field *fields;
    /* May add faults about combinations of keys ("exactly one of every, rate, at"); NULL if there
     * are none. */
    void (*check)(const void *block, struct place, struct faults *);
    const char *help;
    /* Names of this map refer to things of another section (shares of suppliers): NULL if they are
     * new names. */
    const struct target *names;
};

struct variants {
    const char *key; /* "policy": the key that picks */
    int32_t count;
    const struct rows *const *rows; /* rows[kind]->name is the word that picks it */
};

/* Names that a formula sees at its place, besides what is seen everywhere (now, hour, drivers,
 * parameters by path). A name is a value of the run, or stands for another expression. */
struct scope {
    const char *name;
    int32_t count;
    const struct scope_name {
        const char *name;
        int32_t what;
        struct dimension dimension;
        const char *help;
        const char *expression; /* what it stands for, or NULL */
    } * list;
    const struct scope *also; /* those names too, or NULL */
    /* Names of these things too, where the value of a formula is one of them; or NULL. */
    const struct target *things;
};

/* A parameter that formulas name by its path, with the value that the scenario gives it. */
struct parameter_value {
    const char *path;
    double value;
    struct dimension dimension;
};

struct node;

#define SHAPE_OF(MEMBER)                                                                           \
    _Generic((MEMBER), bool: SHAPE_BOOL, int32_t: SHAPE_COUNT, double: SHAPE_NUMBER,               \
        const char *: SHAPE_TEXT, struct span: SHAPE_SPAN, struct moment: SHAPE_MOMENT,            \
        struct money: SHAPE_MONEY, struct amount: SHAPE_AMOUNT, struct quantity: SHAPE_QUANTITY,   \
        struct law: SHAPE_LAW, struct expr: SHAPE_EXPR, struct choice: SHAPE_CHOICE,               \
        struct ref: SHAPE_REF, struct list: SHAPE_LIST, struct map: SHAPE_MAP,                     \
        struct option: SHAPE_OPTION, struct variant: SHAPE_VARIANT,                                \
        const struct node *: SHAPE_RAW, default: SHAPE_BLOCK)

#define FIELD(TYPE, MEMBER, UNIT, FLAGS, FALLBACK, LOW, HIGH, MORE, HELP)                          \
    {                                                                                              \
#MEMBER, offsetof(struct TYPE##_spec, MEMBER),                                             \
            SHAPE_OF(((struct TYPE##_spec *)0)->MEMBER), UNIT_##UNIT, FLAGS, FALLBACK, LOW, HIGH,  \
            MORE, HELP                                                                             \
    }

/* A key that may be plain or written out, such as `machines: 3` and `machines: {old: {speed: 80
 * %}}`, has two rows: a plain one, and this one behind it, whose member has a name of its own. */
#define FIELD_WRITTEN_OUT(TYPE, KEY, MEMBER, MORE, HELP)                                           \
    {                                                                                              \
        KEY, offsetof(struct TYPE##_spec, MEMBER), SHAPE_OF(((struct TYPE##_spec *)0)->MEMBER),    \
            UNIT_NONE, FIXED | OPTIONAL | WRITTEN_OUT, NULL, 0, 0, MORE, HELP                      \
    }

/* A key of the language that takt has not learned yet. KEY is as the user writes it. */
#define LATER(KEY, HELP)                                                                           \
    { KEY, 0, SHAPE_LATER, UNIT_NONE, FIXED, "none", 0, 0, NULL, HELP }

#define ROWS(TYPE, FIELDS, CHECK_FUNCTION, HELP)                                                   \
    {                                                                                              \
#TYPE, sizeof(struct TYPE##_spec), (int32_t)(sizeof(FIELDS) / sizeof *(FIELDS)), FIELDS,   \
            CHECK_FUNCTION, HELP, NULL                                                             \
    }

#endif
