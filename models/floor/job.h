/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What expressions may ask of a job, and the queue rules.
 *
 * A queue rule is an expression whose smallest value goes first. The rules of the literature are
 * names for such expressions, so nothing about them is hidden: the manual prints what each stands
 * for, they may be parts of larger expressions, and they cost what the written expression costs.
 * Times are on the clock of `now`: from when measuring begins. Work is the job's own, as it will be
 * drawn; `standard` is what is expected of it. */
#ifndef TAKT_MODELS_FLOOR_JOB_H
#define TAKT_MODELS_FLOOR_JOB_H

#include "../world/fields.h"

/* X(NAME, word, dimension, changes while the job waits, meaning) */
#define JOB_NAMES(X)                                                                               \
    X(DUE, "due", TIME, false, "its due date; never, if it has none")                              \
    X(ARRIVED, "arrived", TIME, false, "when it came to this queue")                               \
    X(RELEASED, "released", TIME, false, "when it was released")                                   \
    X(WORK, "work", TIME, false, "its own work on the whole route, as it will be drawn")           \
    X(WORK_HERE, "work-here", TIME, false, "its own work at this step")                            \
    X(WORK_LEFT, "work-left", TIME, false, "its own work at this and later steps")                 \
    X(STANDARD, "standard", TIME, false, "expected work on the whole route")                       \
    X(STANDARD_HERE, "standard-here", TIME, false, "expected work at this step")                   \
    X(STANDARD_LEFT, "standard-left", TIME, false, "expected work at this and later steps")        \
    X(STEPS_LEFT, "steps-left", PLAIN, false, "steps still to do, this one included")              \
    X(SERIAL, "serial", PLAIN, false, "order of birth in the run")                                 \
    X(PIECES, "pieces", PLAIN, false, "pieces in the lot")                                         \
    X(PRIORITY, "priority", PLAIN, false,                                                          \
      "larger is more urgent; as a rule, the largest goes first")                                  \
    X(WEIGHT, "weight", PLAIN, false, "the `weight` of its release")                               \
    X(PRICE, "price", MONEY, false, "the item's price")                                            \
    X(COST, "cost", MONEY, false, "the item's cost")

/* What a queue rule sees besides: of the choice at hand, and of the station. */
#define STATION_NAMES(X)                                                                           \
    X(SETUP_HERE, "setup-here", TIME, true,                                                        \
      "setup that it would need on the machine that is free")                                      \
    X(QUEUE_NEXT, "queue-next", TIME, true, "work that waits at its next station")                 \
    X(ALIKE, "alike", PLAIN, true, "lots of its item that wait here, itself included")             \
    X(RANDOM, "random", PLAIN, true, "a number from 0 to 1, drawn anew at every choice")           \
    QUEUE_NAMES(X)

/* What is so of the station, whoever asks: overtime sees it too. */
#define QUEUE_NAMES(X)                                                                             \
    X(QUEUE_LENGTH, "queue.length", PLAIN, true, "lots that wait here")                            \
    X(QUEUE_WORK, "queue.work", TIME, true, "work of the lots that wait here")                     \
    X(MACHINES, "machines", PLAIN, true, "machines of the station")                                \
    X(UP, "up", PLAIN, true, "machines that are open and not down")

/* X(word, the expression that it stands for, meaning) */
#define QUEUE_RULES(X)                                                                             \
    X("fifo", "arrived", "first come, first served")                                               \
    X("lifo", "-arrived", "last come, first served")                                               \
    X("spt", "work-here", "shortest work here")                                                    \
    X("lpt", "-work-here", "longest work here")                                                    \
    X("edd", "due", "earliest due date")                                                           \
    X("mdd", "max(due, now + work-left)", "earliest modified due date (Baker and Bertrand 1982)")  \
    X("odd", "released + (due - released) * (work - work-left + work-here) / work",                \
      "earliest due date of the operation, the allowance spread over the work (Kanet and Hayya "   \
      "1982)")                                                                                     \
    X("slack", "due - now - work-left", "least slack")                                             \
    X("slack-per-step", "(due - now - work-left) / steps-left", "least slack for each step left")  \
    X("cr", "(due - now) / standard-left",                                                         \
      "least critical ratio: time left over the time that is expected to be needed")               \
    X("cr-work", "(due - now) / work-left", "the same over its own work")                          \
    X("atc",                                                                                       \
      "-weight / work-here * exp(-max(0 h, due - now - work-left) * queue.length / (2 * "          \
      "queue.work))",                                                                              \
      "apparent tardiness cost (Vepsalainen and Morton 1987), looking 2 mean times of work ahead") \
    X("atcs", "atc * exp(-setup-here * queue.length / (0.25 * queue.work))",                       \
      "the same with setups (Lee, Bhaskaran and Pinedo 1997), a setup measured by a quarter of "   \
      "the mean work that waits")                                                                  \
    X("wspt", "work-here / weight", "shortest work here for its weight (Smith 1956)")              \
    X("mwkr", "-work-left", "most work remaining, this step included")                             \
    X("lwkr", "work-left", "least work remaining, this step included")                             \
    X("fasfs", "released", "first at shop, first served")                                          \
    X("winq", "queue-next", "least work in the next queue")                                        \
    X("pt-winq", "work-here + queue-next",                                                         \
      "least work here and in the next queue (Holthaus and Rajendran 1997)")                       \
    X("covert",                                                                                    \
      "-weight / work-here * max(0, 1 - max(0 h, due - now - work-left) / (4 * work-left))",       \
      "cost over time (Carroll 1965): a lot is expected to wait 4 times its work")                 \
    X("most-urgent", "-priority", "largest priority")                                              \
    X("least-setup", "setup-here", "least setup on the machine that is free")                      \
    X("longest-queue", "-alike", "the item of which most lots wait")

enum job_name {
#define X(name, word, dimension, changes, help) JOB_##name,
    JOB_NAMES(X) STATION_NAMES(X)
#undef X
        JOB_NAME_COUNT
};

extern const struct scope job_scope;      /* times of work, due dates */
extern const struct scope overtime_scope; /* of the station, or of all where a crew works */
extern const struct scope rule_scope;     /* queue rules: with the station's names and the rules */

/* May the value of this name change while a job waits? Then a queue cannot keep an order by it. */
bool job_name_changes(int32_t name);

#endif
