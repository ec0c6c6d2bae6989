/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault.h"

#include "base.h"

#include <stdlib.h>
#include <string.h>

void faults_init(struct faults *faults) {
    *faults = (struct faults){0};
}

void faults_clear(struct faults *faults) {
    arena_clear(&faults->arena);
    free(faults->list);
    faults_init(faults);
}

static bool said_before(const struct faults *faults, struct place place, const char *reason) {
    for (int32_t i = 0; i < faults->count; i++) {
        const struct fault *fault = &faults->list[i];
        if (fault->place.source == place.source && fault->place.line == place.line &&
            fault->place.column == place.column && strcmp(fault->reason, reason) == 0)
            return true;
    }
    return false;
}

void fault_add(struct faults *faults, enum fault_kind kind, struct place place, const char *hint,
               const char *format, ...) {
    va_list list;
    va_start(list, format);
    char *reason = arena_text_va(&faults->arena, format, list);
    va_end(list);
    if (said_before(faults, place, reason)) return;
    if (kind == FAULT_ERROR) faults->error_count++;
    if (kind == FAULT_WARNING) faults->warning_count++;
    if (faults->count == FAULTS_MOST) return;
    if (faults->count == faults->room) {
        faults->room = faults->room ? 2 * faults->room : 8;
        faults->list = memory_grown(faults->list, (size_t)faults->room, sizeof *faults->list);
    }
    faults->list[faults->count++] =
        (struct fault){.kind = kind,
                       .place = place,
                       .reason = reason,
                       .hint = hint ? arena_copy(&faults->arena, hint, strlen(hint)) : NULL};
}

bool fault_known(const struct faults *faults, struct place place) {
    for (int32_t i = 0; i < faults->count; i++) {
        struct place at = faults->list[i].place;
        if (at.source == place.source && at.line == place.line && at.column == place.column)
            return true;
    }
    return false;
}
