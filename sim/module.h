/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Modules: parts of takt with libraries that few runs need, opened when they are. */
#ifndef TAKT_SIM_MODULE_H
#define TAKT_SIM_MODULE_H

/* Opens the library NAME beside the program, or beside the library that holds CODE (any function of
 * the caller), or where `make install` puts modules; FLAGS are those of dlopen. NULL when it is not
 * there. Closed by dlclose. */
void *module_open(const char *name, const void *code, int flags);

#endif
