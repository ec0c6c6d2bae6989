/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Any bytes, read as a scenario and as a table: no crash, no endless loop, and either something
 * usable or a fault. */
#include "../../scenarios/reader/csv.h"
#include "../../scenarios/reader/print.h"
#include "../../scenarios/reader/yaml.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whatever is in the tree has a text or a name where one is due, and is linked to its parent. */
static void check_node(const struct node *node) {
    int32_t count = 0;
    for (const struct node *child = node->first; child; child = child->next, count++) {
        CHECK(child->parent == node);
        CHECK((child->key != NULL) == (node->kind == NODE_MAP));
        CHECK(child->next || node->last == child);
        CHECK(child->place.line > 0 && child->place.column > 0);
        check_node(child);
    }
    CHECK(node->count == count);
}

static void check_cells(const struct csv *csv) {
    CHECK(csv->column_count > 0);
    for (int32_t row = 0; row < csv->row_count; row++)
        for (int32_t column = 0; column < csv->column_count; column++)
            CHECK(csv_cell(csv, row, column).place.line > 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    struct sources sources;
    struct faults faults;
    struct arena arena;
    sources_init(&sources);
    faults_init(&faults);
    arena_init(&arena);
    int32_t source = source_add_text(&sources, "fuzz.yaml", (const char *)data, size);

    const struct node *root = yaml_read(&arena, &sources, source, &faults);
    CHECK(root || faults.error_count);
    if (root) check_node(root);
    const struct csv *csv = csv_read(&arena, &sources, source, &faults);
    CHECK(csv || faults.error_count);
    if (csv) check_cells(csv);
    const char *text = faults_text(&faults, &sources, &arena);
    CHECK((*text != '\0') == (faults.error_count > 0));

    faults_clear(&faults);
    sources_clear(&sources);
    arena_clear(&arena);
    return 0;
}
