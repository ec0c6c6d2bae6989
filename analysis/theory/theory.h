/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Theory: what formulas say of a scenario, without running it.
 *
 * A formula is an exact truth under its conditions, and a guess where they do not hold. So every
 * number here says which it is: exact when all conditions of its formula hold in this scenario,
 * approximate when some do not and the formula says so, and none, with the reason in words, where
 * nothing that is known fits. Facts are taken from the plant; a key of the scenario that no formula
 * here takes into account makes what it touches approximate, so that a new feature never passes for
 * exact by oversight.
 *
 *     theory-floor      what comes to each station, and how variable it is
 *     theory-stations   which formula holds for a station, and what it says
 *     theory-lines      closed and saturated lines
 *     theory-stocks     stocks
 *     theory-table      theory beside simulation, for a person and as JSON
 *
 * The formulas themselves are pure functions: queueing.h, closed.h, inventory.h. All values are of
 * the long run. */
#ifndef TAKT_ANALYSIS_THEORY_H
#define TAKT_ANALYSIS_THEORY_H

#include "../scenario.h"

enum theory_kind { THEORY_NONE, THEORY_APPROXIMATE, THEORY_EXACT };

/* Every formula: X(ID, name, source, conditions under which it is exact). */
#define THEORY_FORMULAS(X)                                                                         \
    X(NOTHING, "", "", "")                                                                         \
    X(LOAD, "static load", "work that comes over work that can be done",                           \
      "the long run, and no station with more work than it can do")                                \
    X(MMC, "M/M/c", "Erlang 1917",                                                                 \
      "Poisson arrivals, exponential work, room for all, an order that does not look at the work") \
    X(UNEVEN, "M/M/c with machines that differ", "Gumbel 1960; Grassmann, Taksar and Heyman 1985", \
      "Poisson arrivals, exponential work, machines that differ in speed alone, the one that has " \
      "been idle longest goes first, first come first served, room for all")                       \
    X(MMCK, "M/M/c/K", "Erlang 1917",                                                              \
      "Poisson arrivals, exponential work, who finds no room is lost")                             \
    X(INFINITE, "M/G/∞", "no queue, whatever the work", "as many machines as there are lots")      \
    X(JACKSON, "M/M/c in a network", "Jackson 1957; Baskett, Chandy, Muntz and Palacios 1975",     \
      "Poisson arrivals, exponential work of one mean at each station, room for all, first come "  \
      "first served, routes by chance or fixed")                                                   \
    X(MG1, "M/G/1", "Pollaczek 1930, Khinchine 1932",                                              \
      "Poisson arrivals, one machine, room for all, an order of service that does not look at "    \
      "the "                                                                                       \
      "work")                                                                                      \
    X(MG1_FAILURES, "M/G/1 with failures",                                                         \
      "Gaver 1962; Hopp and Spearman, Factory Physics, ch. 8",                                     \
      "as M/G/1; exponential times between failures that strike at work, work resumes")            \
    X(MG1_FAILURES_UP, "M/G/1 with failures at any time", "Welch 1964",                            \
      "as M/G/1; exponential failures and repairs, also of the idle machine, work resumes")        \
    X(GM1, "GI/M/1", "Kendall 1953",                                                               \
      "independent times between arrivals, exponential work, one machine, room for all")           \
    X(DD1, "D/D/1", "nobody comes before the one before is done", "nothing is left to chance")     \
    X(PRIORITY, "M/G/1 with priorities", "Cobham 1954",                                            \
      "Poisson arrivals, one machine (or equal exponential work), nobody is interrupted")          \
    X(SHORTEST, "M/G/1, shortest work first", "Phipps 1956",                                       \
      "Poisson arrivals, one machine, nobody is interrupted")                                      \
    X(BATCHES, "M/M(a,b)/1", "Neuts 1967; Bailey 1954",                                            \
      "Poisson arrivals, exponential work of a batch, one machine")                                \
    X(BATCHES_FULL, "G/G/c of full batches", "Hopp and Spearman, Factory Physics, ch. 9", "")      \
    X(GGC, "G/G/c", "Kingman 1961; Allen and Cunneen 1978; flows by Whitt 1983", "")               \
    X(SUM, "sum over the route", "Little 1961", "as at each station of the route")                 \
    X(JOINED, "fork and join", "Flatto and Hahn 1984; Nelson and Tantawi 1988",                    \
      "Poisson releases, two parts made for each lot at a machine each, exponential work of one "  \
      "mean")                                                                                      \
    X(CLOSED, "closed network", "Gordon and Newell 1967; Reiser and Lavenberg 1980",               \
      "a fixed number of lots, exponential work, first come first served")                         \
    X(CLOSED_CONSTANT, "best case", "Hopp and Spearman, Factory Physics, ch. 7",                   \
      "a fixed number of lots, constant work, one machine at each station")                        \
    X(CLOSED_GENERAL, "mean value analysis",                                                       \
      "Reiser 1979; Hopp and Spearman, Factory Physics, ch. 12", "")                               \
    X(BLOCKING, "Markov chain of the line", "Hunt 1956; Grassmann, Taksar and Heyman 1985",        \
      "endless work, exponential, one machine at each station, blocked after service")             \
    X(FAILING, "Markov chain of two machines that fail",                                           \
      "Buzacott 1967; Gershwin and Berman 1981",                                                   \
      "endless work, two machines, all times exponential, failures at work alone, work resumes, "  \
      "blocked after service")                                                                     \
    X(PAIRS, "line, two by two", "Brandwajn and Jow 1988; Dallery and Frein 1993", "")             \
    X(PACE, "pace of the line", "the slowest station sets the pace",                               \
      "endless work, and constant times or room for all")                                          \
    X(PALM, "one for one (S-1, S)", "Palm 1938; Feeney and Sherbrooke 1966",                       \
      "Poisson demand of single units, orders may cross or always take equally long")              \
    X(LOST_SALES, "one for one with lost sales", "Erlang 1917",                                    \
      "Poisson demand of single units, orders may cross or always take equally long")              \
    X(MADE, "make to stock on M/M/1", "Buzacott and Shanthikumar 1993, ch. 4",                     \
      "Poisson demand of single units, one machine with exponential work for this stock alone")    \
    X(DEPOT, "base of a depot", "Graves 1985",                                                     \
      "Poisson demand of single units, one for one at both, constant times, first come first "     \
      "served")                                                                                    \
    X(POINT_QUANTITY, "(r, Q)", "Zipkin 2000, ch. 6; Federgruen and Zheng 1992",                   \
      "Poisson demand of single units, constant lead time")                                        \
    X(PERIODIC, "base stock with reviews", "Zipkin 2000, ch. 9",                                   \
      "independent demands, one a review, constant lead time of whole reviews")                    \
    X(MIN_MAX, "(s, S) with reviews", "Zheng and Federgruen 1991",                                 \
      "independent Poisson demands, one a review, constant lead time of whole reviews")

enum theory_formula {
#define X(id, name, source, conditions) FORMULA_OF_##id,
    THEORY_FORMULAS(X)
#undef X
        THEORY_FORMULA_COUNT
};

struct theory_formula_row {
    const char *name, *source, *conditions;
};
extern const struct theory_formula_row theory_formulas[THEORY_FORMULA_COUNT];

/* One number that a formula gives. */
struct theory_value {
    const char *path; /* the result that it predicts; NULL when no result measures it */
    const char *name; /* the end of the path, or in words */
    enum result_unit unit;
    double value; /* in that unit */
    enum theory_kind kind;
};

enum { THEORY_VALUES_MOST = 14 };

/* One formula for one object. */
struct theory_model {
    const char *object; /* "station saw" */
    enum theory_formula formula;
    const char *name; /* of the formula here: "M/M/2" */
    enum theory_kind kind;
    const char *why; /* approximate: what it leaves out of account; none: the reason; or NULL */
    int32_t value_count;
    struct theory_value values[THEORY_VALUES_MOST];
};

struct theory {
    struct arena *arena;
    int32_t model_count, model_room;
    struct theory_model **models;
    const char *bottleneck; /* in words, or NULL */
};

/* Everything that is known of an arm made ready to run; lives in ARENA. */
struct theory *theory_make(struct arena *, const struct prepared *);

/* The value for the result at this path, with its model in *MODEL; NULL when there is none. Of
 * several the exact one. */
const struct theory_value *theory_find(const struct theory *, const char *path,
                                       const struct theory_model **model);

/* ---- Shared by the files of theory ---- */

/* A new model without values. NAME may be NULL: that of the formula. */
struct theory_model *theory_add(struct theory *, const char *object, enum theory_formula,
                                const char *name, enum theory_kind, const char *why);

/* A value of a measured quantity: `name` is that of the KPI, object "" for the system. Its kind is
 * that of the model. */
void theory_result(struct theory *, struct theory_model *, enum result_section, const char *object,
                   const char *name, enum kpi_stat, double value);

/* A value that no result measures. */
void theory_fact(struct theory_model *, const char *name, enum result_unit, double value);

/* The first key of the scenario at or below PATH ("stations.saw"; "" for the sections themselves)
 * that no formula takes into account, in words; NULL when there is none. */
const char *theory_unknown(struct arena *, const struct node *root, const char *path);

#endif
