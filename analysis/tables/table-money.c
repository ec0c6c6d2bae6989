/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Profit and loss, and what is there at the end: the two sheets that a firm is read by. They add
 * up as far as rounding lets them; lines that are nothing are left out. */
#include "table.h"

#include "../summary.h"

#include <math.h>

enum { PATH_SIZE = 64 };

/* SIGN: as it stands in the sheet. 0: a sum, shown whatever it is. */
struct line {
    const char *text, *name;
    int sign;
};

static const struct line earned[] = {
    {"revenue", "revenue", 1},
    {"cost of goods sold", "sold", -1},
    {"materials", "materials", -1},
    {"making", "making", -1},
    {"transport", "transport", -1},
    {"tariffs", "tariffs", -1},
    {"= contribution", "contribution", 0},
    {"goods lost", "scrap", -1},
    {"standard cost variance", "variance", -1},
    {"machine hours", "machines", -1},
    {"setups", "setups", -1},
    {"wages", "wages", -1},
    {"holding", "holding", -1},
    {"ordering", "ordering", -1},
    {"penalties", "penalties", -1},
    {"energy", "energy", -1},
    {"emissions", "emissions", -1},
    {"repairs", "repairs", -1},
    {"planning", "planning-costs", -1},
    {"programmes", "programmes", -1},
    {"bought by programmes", "capex", -1},
    {"depreciation", "written-off", -1},
    {"fixed costs", "fixed-costs", -1},
    {"other payments", "other", -1},
    {"taxes", "taxes", -1},
    {"= profit", "profit", 0},
    {"not earned: margin of what was lost", "lost-margin", 1},
};

static const struct line owned[] = {
    {"goods: raw", "raw", 1},
    {"goods: in process", "in-process", 1},
    {"goods: finished", "finished", 1},
    {"equipment", "equipment", 1},
    {"receivable", "receivable.now", 1},
    {"cash", "balance.now", 1},
    {"payable", "payable.now", -1},
};

enum { EARNED = sizeof earned / sizeof *earned, OWNED = sizeof owned / sizeof *owned };

static double money(const struct takt_results *results, const char *name,
                    const struct column **column) {
    char path[PATH_SIZE];
    snprintf(path, sizeof path, "money.%s", name);
    const struct layout *layout = results->points[0].layout;
    int32_t found = layout_find(layout, path);
    if (found < 0) return 0;
    *column = &layout->columns[found];
    double mean = summary_interval(results, 0, results->horizon_count - 1, found).mean;
    return isnan(mean) ? 0 : mean;
}

/* What was spent on goods is in the cost of those sold when goods are worth something, and what
 * was bought is written off when there is depreciation: no line counts twice. */
static void drop_doubles(const struct takt_results *results, double values[EARNED]) {
    const struct column *column = NULL;
    enum { SOLD = 1, MATERIALS = 2, MAKING = 3, SCRAP = 7, VARIANCE = 8, CAPEX = 20, OFF = 21 };
    if (values[SOLD] != 0 || values[SCRAP] != 0 || values[VARIANCE] != 0 ||
        money(results, "inventory.max", &column) != 0)
        values[MATERIALS] = values[MAKING] = 0;
    if (values[OFF] != 0 || money(results, "equipment", &column) != 0) values[CAPEX] = 0;
}

static void print_sheet(const struct page *page, const char *title, const struct line *lines,
                        const double *values, int32_t count, const struct column *column) {
    struct grid grid;
    double largest = 0;
    int32_t row = 1;
    for (int32_t i = 0; i < count; i++) largest = fmax(largest, fabs(values[i]));
    if (largest == 0) return;
    struct friendly_unit unit = friendly_unit(page->results, column, largest);
    double shown = largest * unit.factor;
    int decimals = shown < 100 ? 2 : shown < 1000 ? 1 : 0;
    grid_init(&grid, 1 + count, 2, 1);
    grid_set(&grid, 0, 1, "%s", unit.name);
    for (int32_t i = 0; i < count; i++) {
        char text[FRIENDLY_SIZE];
        if (values[i] == 0 && lines[i].sign) continue;
        double value = values[i] * unit.factor * (lines[i].sign < 0 ? -1 : 1);
        grid_set(&grid, row, 0, "%s", lines[i].text);
        grid_set(&grid, row++, 1, "%s", friendly_fixed(text, value, decimals));
    }
    grid.row_count = row;
    table_title(page, "%s %s", title,
                page->results->horizon_texts[page->results->horizon_count - 1]);
    grid_print(&grid, page->file, page->width, page->colour);
    grid_clear(&grid);
}

/* Where something is sold, for without it there is nothing to earn. */
void table_money(const struct page *page) {
    double values[EARNED], there[OWNED];
    const struct column *column = NULL;
    for (int32_t i = 0; i < EARNED; i++) values[i] = money(page->results, earned[i].name, &column);
    if (!column || values[0] == 0) return;
    drop_doubles(page->results, values);
    for (int32_t i = 0; i < OWNED; i++) there[i] = money(page->results, owned[i].name, &column);
    print_sheet(page, "Profit and loss of", earned, values, EARNED, column);
    print_sheet(page, "What is there after", owned, there, OWNED, column);
}
