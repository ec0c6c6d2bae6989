/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendars.h"

static void read_ranges(struct value_context *context, struct list *list, struct place place) {
    struct clock_text_spec *entries = list->things;
    for (int32_t i = 0; i < list->count; i++)
        if (entries[i].text)
            (void)value_clock_range(context, entries[i].text, place, &entries[i].from,
                                    &entries[i].to);
}

static void read_dates(struct value_context *context, struct list *list, struct place place) {
    struct clock_text_spec *entries = list->things;
    for (int32_t i = 0; i < list->count; i++)
        if (entries[i].text)
            (void)value_date_range(context, entries[i].text, place, &entries[i].from,
                                   &entries[i].to);
}

static void read_open_days(struct value_context *context, struct list *list, struct place place) {
    struct open_text_spec *entries = list->things;
    for (int32_t i = 0; i < list->count; i++) {
        struct open_day day = {0};
        if (entries[i].text) (void)value_open_day(context, entries[i].text, place, &day);
        entries[i].first = day.first;
        entries[i].last = day.last;
        entries[i].from = day.from;
        entries[i].to = day.to;
    }
}

void calendars_read(struct value_context *context, struct world_spec *world) {
    struct calendar_spec *calendars = world->calendars.things;
    for (int32_t i = 0; i < world->calendars.count; i++) {
        struct calendar_spec *calendar = &calendars[i];
        struct place place = calendar->thing.place;
        if (calendar->days) (void)value_days(context, calendar->days, place, &calendar->days_open);
        read_ranges(context, &calendar->hours, place);
        read_ranges(context, &calendar->breaks, place);
        read_dates(context, &calendar->closed, place);
        read_open_days(context, &calendar->open, place);
    }
}
