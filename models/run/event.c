/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "event.h"

const struct event_class_row event_classes[CLASS_COUNT] = {
#define X(name, words, reason) {words, reason},
    EVENT_CLASSES(X)
#undef X
};
