/* SPDX-License-Identifier: GPL-3.0-or-later */
/* GLPK behind the interface of lp.h: a module, because its libraries would cost every start of takt
 * what only plans with a linear programme need. */
#include "../lp.h"

#include <glpk.h>
#include <math.h>
#include <stdlib.h>

static int bounds_of(double low, double high) {
    if (low == high) return GLP_FX;
    if (isinf(low)) return isinf(high) ? GLP_FR : GLP_UP;
    return isinf(high) ? GLP_LO : GLP_DB;
}

static void load_terms(glp_prob *problem, const struct lp *lp) {
    size_t count = (size_t)lp->term_count + 1; /* it counts from 1 */
    int *rows = calloc(count, sizeof *rows), *columns = calloc(count, sizeof *columns);
    double *factors = calloc(count, sizeof *factors);
    if (!rows || !columns || !factors) abort();
    for (int32_t i = 0; i < lp->term_count; i++) {
        rows[i + 1] = lp->terms[i].row + 1;
        columns[i + 1] = lp->terms[i].column + 1;
        factors[i + 1] = lp->terms[i].factor;
    }
    glp_load_matrix(problem, lp->term_count, rows, columns, factors);
    free(rows);
    free(columns);
    free(factors);
}

static glp_prob *problem_of(const struct lp *lp) {
    glp_prob *problem = glp_create_prob();
    glp_set_obj_dir(problem, GLP_MIN);
    if (lp->row_count) glp_add_rows(problem, lp->row_count);
    glp_add_cols(problem, lp->column_count);
    for (int32_t i = 0; i < lp->row_count; i++)
        glp_set_row_bnds(problem, i + 1, bounds_of(lp->low[i], lp->high[i]), lp->low[i],
                         lp->high[i]);
    for (int32_t i = 0; i < lp->column_count; i++) {
        glp_set_col_bnds(problem, i + 1, bounds_of(0, lp->most[i]), 0, lp->most[i]);
        glp_set_obj_coef(problem, i + 1, lp->cost[i]);
    }
    load_terms(problem, lp);
    for (int32_t i = 0; lp->whole && i < lp->column_count; i++)
        if (lp->whole[i]) glp_set_col_kind(problem, i + 1, GLP_IV);
    return problem;
}

/* ---- whole numbers ---- */
enum { NODES_MOST = 20000 }; /* counted, not timed: the same answer on any computer */

static void look(glp_tree *tree, void *info) {
    (void)info;
    int all;
    glp_ios_tree_size(tree, NULL, NULL, &all);
    if (all > NODES_MOST) glp_ios_terminate(tree);
}

/* From the best with fractions on. */
static bool round_to_whole(glp_prob *problem) {
    glp_iocp how;
    glp_init_iocp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.cb_func = look;
    int done = glp_intopt(problem, &how), found = glp_mip_status(problem);
    return (done == 0 || done == GLP_ESTOP) && (found == GLP_OPT || found == GLP_FEAS);
}

static bool solve(const struct lp *lp, double *x, double *cost) {
    glp_term_out(GLP_OFF);
    glp_prob *problem = problem_of(lp);
    glp_smcp how;
    glp_init_smcp(&how);
    how.msg_lev = GLP_MSG_OFF;
    how.presolve =
        GLP_OFF; /* bounds are simple: the simplex alone ends at the same vertex always */
    bool solved = glp_simplex(problem, &how) == 0 && glp_get_status(problem) == GLP_OPT;
    if (solved && lp->whole) solved = round_to_whole(problem);
    for (int32_t i = 0; solved && i < lp->column_count; i++)
        x[i] = lp->whole ? glp_mip_col_val(problem, i + 1) : glp_get_col_prim(problem, i + 1);
    if (solved) *cost = lp->whole ? glp_mip_obj_val(problem) : glp_get_obj_val(problem);
    glp_delete_prob(problem);
    return solved;
}

extern const struct lp_module takt_glpk;
__attribute__((visibility("default"))) const struct lp_module takt_glpk = {LP_VERSION, solve};
