/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp.h"

#include "../../sim/sim.h"

#include <dlfcn.h>

/* There when the module is linked in. */
extern const struct lp_module takt_glpk __attribute__((weak, visibility("default")));

struct lp_solver lp_open(void) {
    if (&takt_glpk) return (struct lp_solver){&takt_glpk, NULL};
    void *library =
        module_open("libtakt-glpk.so", (void *)(uintptr_t)lp_open, RTLD_NOW | RTLD_LOCAL);
    struct lp_solver solver = {NULL, library};
    if (solver.library) solver.module = dlsym(solver.library, "takt_glpk");
    if (solver.module && solver.module->version != LP_VERSION) solver.module = NULL;
    return solver;
}

void lp_close(struct lp_solver *solver) {
    if (solver->library) dlclose(solver->library);
    *solver = (struct lp_solver){NULL, NULL};
}
