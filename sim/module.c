/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "module.h"

#include "base.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Opens FOLDER/BELOW/NAME, where FOLDER is that of PATH. */
static void *open_beside(const char *path, const char *below, const char *name, int flags) {
    const char *slash = strrchr(path, '/');
    char *file;
    int folder = slash ? (int)(slash - path) : 1;
    CHECK(asprintf(&file, "%.*s/%s%s", folder, slash ? path : ".", below, name) > 0);
    void *library = dlopen(file, flags);
    free(file);
    return library;
}

void *module_open(const char *name, const void *code, int flags) {
    void *library = NULL;
    char *program = realpath("/proc/self/exe", NULL);
    if (program) library = open_beside(program, "", name, flags);
    if (program && !library) library = open_beside(program, "../lib/takt/", name, flags);
    free(program);
    Dl_info info;
    if (library || !dladdr(code, &info)) return library;
    library = open_beside(info.dli_fname, "", name, flags);
    return library ? library : open_beside(info.dli_fname, "takt/", name, flags);
}
