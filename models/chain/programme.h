/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Programmes: dated or triggered changes of the settings of a run, and what they cost.
 *
 * A programme is *decided* when its date has come, its trigger holds, what it needs is live and
 * nothing that it excludes is decided; then its capex is paid. After its delay it is *introduced*:
 * its running cost and its dip begin, and its effect comes at once or along its ramp. It *ends*
 * after its time or its life, or by its condition: its changes are undone, and its residual comes
 * back. One that fails (`success`) has its dip and no effect, and ends with the dip.
 *
 * What a programme changes is found when the plant is built, and applied by models/run/change.h. */
#ifndef TAKT_MODELS_CHAIN_PROGRAMME_H
#define TAKT_MODELS_CHAIN_PROGRAMME_H

#include "../run/change.h"
#include "../world/world.h"

enum { STACK_MOST = 64 }; /* times that one programme may be decided or live at once */
enum { RAMP_STEPS = 20 }; /* an effect that grows does so in so many steps */

struct programme {
    const char *name;
    const struct programme_spec *spec;
    tick at;                        /* of the run; TICK_NEVER */
    struct changes *changes, *dips; /* one an entry of `change` and of the dip */
    int32_t change_count, dip_count;
    uint64_t success_stream;
};

/* Money that accrues with an area (units and time, hours of work): the part of the area that had
 * another price, what that came to, and what is posted in all. */
struct accrual {
    __int128 from;
    int64_t before, posted; /* millionths */
};

/* A programme that was decided and is not over. */
struct undertaking {
    int32_t programme, slot;
    tick introduced; /* TICK_NEVER before */
    tick ends;
    int32_t ramp_step; /* steps of the ramp that were made */
    bool succeeds, dips;
};

struct programme_state {
    int32_t decided, live;      /* undertakings: all, and those introduced */
    int64_t count;              /* times it was decided: keys its chance */
    bool held;                  /* its trigger, when it was last looked at */
    bool watched;               /* is looked at after every event */
    struct level lives, effect; /* how many are live; share of the effect, in millionths */
    struct accrual running;
    int64_t capital_micro; /* paid, less what came back */
};

/* What a formula of a programme, a stock, a lane or a customer looks at: a level as it is, any
 * result as measured so far, or its mean over the last time. */
struct result {
    int32_t watched, index; /* enum watch, and whose; NOBODY: */
    int32_t column;
    double scale; /* from the unit of the result to base units */
    tick window;  /* of a mean; 0: as it is */
    const char *path;
};

struct run;

void programmes_make(struct run *);
void programmes_free(struct run *);
void programmes_start(struct run *);
void programmes_begin(struct run *); /* measuring begins */
void programmes_reset(struct run *);
void programme_event(struct run *, int32_t programme); /* looks at its date and trigger */
/* The settings anew: on top of what the scenario says what plans set, then the programmes that are
 * in force, in the order written. */
void settings_refresh(struct run *);
void undertaking_event(struct run *, int32_t slot);
void programmes_look(struct run *); /* after an event: those that look at every one */

/* ---- result.c ---- */
void seen_make(struct run *);
void seen_reset(struct run *); /* what is measured begins anew */
void seen_note(struct run *);  /* somebody is about to look at what is measured */
/* The same for whoever is about to look with this formula, if it looks at more than levels. */
void seen_by(struct run *, const struct formula *);
bool seen_in(const struct formula *); /* does it look at results? */
tick seen_next(const struct run *);   /* moment of the next note for means; TICK_NEVER: none */
double seen_value(const struct run *, int32_t result);

#endif
