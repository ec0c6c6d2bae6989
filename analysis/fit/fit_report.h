/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What `takt fit` says of its data, as a page or as JSON. */
#ifndef TAKT_ANALYSIS_FIT_REPORT_H
#define TAKT_ANALYSIS_FIT_REPORT_H

#include "fit.h"
#include "fit_data.h"

#include <stdio.h>

struct fit_report {
    const struct fit_data *data;
    const struct fit_sample *sample;
    const struct fit *fit;
    const char *what;  /* of what: "lives.csv, column life" */
    const char *unit;  /* of the values; "" for plain numbers */
    const char *key;   /* of the scenario line that is proposed: "time", "every", "size" */
    const char *again; /* the law of the observed values themselves; NULL: there is none */
    uint64_t seed;
    FILE *file;
    int32_t width;
    bool colour;
};

/* Adds warnings about what laws and tests take for granted: enough values, that do not depend on
 * their neighbours, are not rounded, and have no mistakes among them. VALUES in the order of the
 * file, PLACES may be NULL. */
void fit_warn(struct fit_data *, const struct fit_sample *, const double *values,
              const struct place *places);

void fit_print_values(const struct fit_report *);    /* how many, how large, a histogram */
void fit_print_laws(const struct fit_report *);      /* all laws, and what follows */
void fit_print_proposals(const struct fit_report *); /* ready lines of a scenario */
void fit_print_title(const struct fit_report *, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* `"count":..,"laws":[..]`, without the braces around it. */
void fit_json(const struct fit_report *);

double fit_skewness(const struct fit_sample *);
double fit_neighbours(const double *values, int32_t count); /* correlation with the next value */
double fit_quantile(const struct fit_sample *, double share);

#endif
