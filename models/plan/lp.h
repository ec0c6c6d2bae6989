/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Linear programmes: least cost of columns x >= 0 under rows low <= A x <= high; some columns may
 * be whole numbers (branch and bound, up to so many nodes that a plan does not take for ever; what
 * is found by then is taken).
 *
 * GLPK solves them. It is opened only by who needs it: start-up of the many who do not is not
 * slowed by its libraries. libtakt-glpk.so lies beside the program, or in lib/takt; a program that
 * is linked with models/plan/glpk/glpk.c needs no module. */
#ifndef TAKT_MODELS_PLAN_LP_H
#define TAKT_MODELS_PLAN_LP_H

#include <stdbool.h>
#include <stdint.h>

struct lp_term {
    int32_t row, column;
    double factor;
};

struct lp {
    int32_t row_count, column_count, term_count;
    const double *cost, *most; /* of columns; INFINITY: no bound */
    const double *low, *high;  /* of rows; infinite: none */
    const struct lp_term *terms;
    const bool *whole; /* columns; NULL: none */
};

/* What the module offers under the name takt_glpk. */
enum { LP_VERSION = 2 };
struct lp_module {
    int32_t version;
    /* Fills X; false: nothing satisfies the rows, or no x is the least. Reentrant. */
    bool (*solve)(const struct lp *, double *x, double *cost);
};

struct lp_solver {
    const struct lp_module *module; /* NULL: takt was built without it, or it is not found */
    void *library;
};
struct lp_solver lp_open(void);
void lp_close(struct lp_solver *);

#endif
