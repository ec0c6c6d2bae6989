/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Which of its modes a lane takes: a rule, or an expression that names one; see chain/mode.c. */
#include "build.h"

#include <string.h>

static bool is_mode(const struct lane_spec *spec, int32_t hash) {
    for (int32_t i = 0; i < spec->modes.count; i++)
        if (world_name_hash(THINGS(spec->modes, mode)[i].thing.name) == hash) return true;
    return false;
}

/* Every name in it is a rule or a mode of the lane. */
static void check_names(struct build *build, const struct lane_spec *spec) {
    const struct formula *formula = spec->choose.formula;
    bool names = false;
    for (int32_t i = 0; i < formula->op_count; i++) {
        const struct formula_op *op = &formula->ops[i];
        if (op->code != FORMULA_VARIABLE) continue;
        int32_t rule = op->what - MODE_NAME_COUNT;
        names |= op->what == FORMULA_LOOSE || (rule >= 0 && rule < MODE_RULE_COUNT);
        if (op->what == FORMULA_LOOSE && !is_mode(spec, op->index))
            fault_error(build->faults, spec->thing.place, NULL,
                        "`choose` of lane '%s' names what is neither a mode of it nor known here: "
                        "%s",
                        spec->thing.name, formula->text);
    }
    if (!names)
        fault_error(build->faults, spec->thing.place, "choose: if pieces < 10 then air else sea",
                    "`choose` of lane '%s' names no mode: %s", spec->thing.name, formula->text);
}

/* A name that already means something in `choose` cannot be that of a mode. */
static void check_taken(struct build *build, const struct lane_spec *spec) {
    for (int32_t i = 0; i < spec->modes.count; i++) {
        const struct thing *mode = &THINGS(spec->modes, mode)[i].thing;
        for (const struct scope *scope = &mode_scope; scope; scope = scope->also)
            for (int32_t n = 0; n < scope->count; n++)
                if (strcmp(scope->list[n].name, mode->name) == 0)
                    fault_error(build->faults, mode->place, "take another name",
                                "mode '%s' of lane '%s' is called like what `choose` knows already",
                                mode->name, spec->thing.name);
    }
}

void build_modes(struct build *build, int32_t self) {
    struct plant *plant = build->plant;
    const struct lane_spec *spec = &THINGS(build->world->lanes, lane)[self];
    const struct formula *formula = spec->choose.formula;
    struct lane_settings *settings = &plant->settings.lanes[self];
    struct lane *lane = &plant->lanes[self];
    settings->choose_formula = formula;
    settings->choose =
        formula ? build_rule_alone(formula, MODE_NAME_COUNT, MODE_RULE_COUNT) : MODE_CHEAPEST;
    lane->choose_stream = build_stream(build, "lanes.%s/choose", lane->name);
    if (formula && spec->modes.count < 2)
        fault_error(build->faults, spec->thing.place, "modes: {sea: {...}, air: {...}}",
                    "lane '%s' has no two modes, so there is nothing to choose", lane->name);
    if (settings->choose != MODE_RULE_COUNT) return;
    check_names(build, spec);
    check_taken(build, spec);
    plant->chance |= formula->draw_count > 0;
}
