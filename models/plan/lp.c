/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "lp.h"

#include "../../sim/sim.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* There when the module is linked in. */
extern const struct lp_module takt_glpk __attribute__((weak, visibility("default")));

/* Opens FOLDER/BELOW/libtakt-glpk.so, where FOLDER is that of PATH. */
static void *open_beside(const char *path, const char *below) {
    const char *slash = strrchr(path, '/');
    char *name;
    int folder = slash ? (int)(slash - path) : 1;
    CHECK(asprintf(&name, "%.*s/%slibtakt-glpk.so", folder, slash ? path : ".", below) > 0);
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    free(name);
    return library;
}

static void *open_module(void) {
    void *library = NULL;
    char *program = realpath("/proc/self/exe", NULL);
    if (program) library = open_beside(program, "");
    if (program && !library) library = open_beside(program, "../lib/takt/");
    free(program);
    Dl_info info;
    if (library || !dladdr((void *)(uintptr_t)lp_open, &info)) return library;
    library = open_beside(info.dli_fname, "");
    return library ? library : open_beside(info.dli_fname, "takt/");
}

struct lp_solver lp_open(void) {
    if (&takt_glpk) return (struct lp_solver){&takt_glpk, NULL};
    struct lp_solver solver = {NULL, open_module()};
    if (solver.library) solver.module = dlsym(solver.library, "takt_glpk");
    if (solver.module && solver.module->version != LP_VERSION) solver.module = NULL;
    return solver;
}

void lp_close(struct lp_solver *solver) {
    if (solver->library) dlclose(solver->library);
    *solver = (struct lp_solver){NULL, NULL};
}
