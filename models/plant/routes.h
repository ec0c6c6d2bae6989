/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What is made, and how: items, their steps, and what steps use, make, spoil and wait for. See
 * plant.h. */
#ifndef TAKT_MODELS_PLANT_ROUTES_H
#define TAKT_MODELS_PLANT_ROUTES_H

#include "settings.h"
#include "sizes.h"

struct use {
    int32_t item, stock;
    int64_t amount;             /* thousandths for one piece */
    int32_t or_first, or_count; /* what may be taken instead: of plant->uses */
};

struct make { /* what comes out beside the item */
    int32_t stock;
    int64_t amount;
};

struct kit_use { /* an item that is made for each lot that uses it: see floor/kit.h */
    int32_t item, flow;
    int64_t amount; /* thousandths for one piece */
    int32_t user;   /* the item that uses it */
    uint64_t luck;
};

struct branch {
    double share;
    int32_t step;
}; /* shares cumulate to 1; step NOBODY: out */

enum step_flag {
    STEP_PHASES = 1, /* has load or unload */
    STEP_SCRAP = 2,
    STEP_REWORK = 4,
    STEP_BRANCH = 8,
    STEP_USES = 16,
    STEP_COST = 32,
    STEP_AHEAD = 64,      /* its work depends on the part alone: drawn when the part comes */
    STEP_COMMON = 128,    /* nothing here needs a second look at its end: see alone.c */
    STEP_ON_COMMON = 256, /* nor does the start of the next written step */
    STEP_EXTRA = 512,     /* of an item whose lots know more than others: see extra.h */
    STEP_LIMITED = 1024,  /* its start ends a limit */
    STEP_RESERVES = 4096, /* its start begins or ends a reservation: see preempt.c */
    STEP_LED_TO = 2048,   /* a lane leads to its station from another of its route */
    STEP_TRANSFER = 8192, /* pieces move on before the rest of their lot */
    STEP_QUALITY = 16384, /* makes pieces bad, or looks for them */
    STEP_SAMPLED = 32768, /* some lots pass it */
    STEP_BINDS = 65536,   /* its machine has to do another step too: see choice.c */
    STEP_MAKES = 262144,  /* something comes out beside the item */
    STEP_KIT = 131072     /* lots may have to wait here for parts that are made for them */
};

/* A step with several stations is in the plant once as written, for lots that have not chosen yet,
 * and once more for each of its stations, for those that have: these are its *places*. */
struct step {
    int32_t item, station; /* as written, with several stations: the first */
    int32_t next;          /* the next written, or NOBODY: leaves */
    uint32_t flags;
    int32_t next_station; /* of the next written, or NOBODY */
    uint64_t time_stream; /* hash of its name */
    uint64_t cascade_stream, load_stream, unload_stream, setup_stream, scrap_stream, rework_stream,
        next_stream;
    int32_t rework_to;
    int32_t branch_first, branch_count;
    int32_t use_first, use_count; /* out of stocks: of plant->uses */
    int32_t kit_first, kit_count; /* made for the lot: of plant->kit_uses */
    int32_t make_first, make_count;
    int32_t take_first,
        take_count; /* loops whose card a lot needs to come here: of plant->loop_lists */
    int32_t give_first, give_count; /* loops whose way ends here */
    int32_t position, steps_in_route;
    int32_t batch_kind; /* steps of one kind may be worked together: see plant/batches.c */
    int32_t setup; /* what its station has to be set up for: see struct station; NOBODY: anything */
    int32_t quality;     /* of plant->qualities, with STEP_QUALITY */
    uint64_t bad_stream; /* which pieces of a lot are bad */
    uint64_t sample_stream;
    int32_t binds, bound; /* bonds of its item that it makes and that hold for it, or NOBODY */
    const char *name;
    const struct step_spec *spec; /* of the step as written */
    int32_t written;              /* the step that it is a place of, or itself */
    int32_t route;                /* of its item's, from 0 */
    int32_t place_first, place_count;
    double place_upto; /* of a place: shares, cumulative to 1 */
    int32_t pool;      /* of plant->pools; NOBODY: it has one station */
    uint64_t choose_stream;
    int32_t limits; /* the first that begins at its end (plant->limits), or NOBODY */
    char even[12];  /* makes it 256 bytes: steps are found by their number at every event */
};

struct quality { /* of a step that makes pieces bad, or looks for them */
    bool makes_bad, measures, inspects, reworks;
    uint64_t defects_stream, measure_stream, inspect_stream;
};

/* What becomes of a lot that has not started in time. */
enum { LATE_REPORT, LATE_SCRAP, LATE_OUT, LATE_GOES };

struct pool { /* stations among which lots of some steps choose: of plant->pool_stations */
    int32_t first, count;
};

struct route { /* one of several of an item */
    const char *name;
    int32_t first_step; /* as written */
    double upto;        /* shares, cumulative to 1 */
};

struct limit {          /* how long lots may wait for a step */
    int32_t step, from; /* since the end of this step; NOBODY: since the release */
    int32_t next;       /* the next that begins then, or NOBODY */
    int32_t otherwise, to;
    uint64_t stream;
};

struct item {
    const char *name, *unit;
    /* The steps of its routes as written, one route behind the other, then all places of these.
     * first_step NOBODY: bought. */
    int32_t first_step, step_count;
    int32_t use_first, use_count, kit_first, kit_count;
    bool kits; /* it or a step of it uses parts that are made for its lots */
    struct dimension dimension;
    double unit_scale;                /* base units (kg, m, m3) in one unit of the item */
    int32_t stock;                    /* the one that holds it, or NOBODY */
    int32_t limits;                   /* the first that begins at the release, or NOBODY */
    int32_t route_first, route_count; /* of plant->routes; 0: it has one, without a name */
    int32_t pool;                     /* of the stations at which its routes begin */
    uint64_t choose_stream;
    double weight, volume; /* kg, l of a unit */
    int64_t cost_micro;    /* what a unit counts in the books: see costs.c */
    int32_t book;          /* enum book: where its stock is counted */
    bool extra;            /* see extra.h */
    bool shuffled;         /* its steps are done in an order of each job: see order.c */
    bool chooses;          /* where its lots go next is more than what is written: see choice.c */
    uint64_t order_stream; /* of that order */
};

/* Of a unit: 1, kg or l; 0 when it is not known. */
static inline double item_size(const struct item *item, enum size_kind kind) {
    return kind == SIZE_MASS ? item->weight : kind == SIZE_VOLUME ? item->volume : 1;
}

#endif
