/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Capital: what programmes have bought, and what of it is written off.
 *
 * With `money.depreciation` what is bought is an asset that loses its worth over a time, and profit
 * bears that loss instead of the payment. Straight: evenly. Declining: twice that rate of what is
 * left, a year of 365 days at a time and evenly within it, and evenly over the rest as soon as that
 * is more (the double declining balance). What an asset brings when its programme ends, less what
 * it still counted, is written off as well. Without `depreciation` it is gone when it is paid. */
#include "../floor/quick.h"

#include <math.h>

/* ---- how much of it is gone after a time ---- */
static double declined(double age, double years) {
    double gone = 0;
    for (double year = 0; year < years && year < age; year++) {
        double part = fmin(1, years - year), left = 1 - gone;
        double rate = fmin(1, fmax(2 / years, 1 / (years - year)));
        gone += rate * left * fmin(1, (age - year) / part);
    }
    return gone;
}

static double share_gone(const struct depreciation_spec *how, tick age) {
    if (age >= how->over.ticks) return 1;
    double year = (double)TICK_Y;
    return how->method.index == DEPRECIATION_STRAIGHT
               ? (double)age / (double)how->over.ticks
               : declined((double)age / year, (double)how->over.ticks / year);
}

/* ---- assets ---- */
static const struct depreciation_spec *how_of(const struct run *run) {
    return run->plant->world->money.depreciation.block;
}

static void write_off(struct run *run, struct asset *asset, int64_t micro) {
    asset->written += micro;
    run->written_off += micro;
    run->equipment -= micro;
}

void asset_buy(struct run *run, int32_t slot, int64_t micro) {
    if (!how_of(run) || micro == 0) return;
    if (run->asset_count == run->asset_room) {
        run->asset_room = run->asset_room ? 2 * run->asset_room : 4;
        run->assets = memory_grown(run->assets, (size_t)run->asset_room, sizeof *run->assets);
    }
    run->assets[run->asset_count++] =
        (struct asset){.slot = slot, .bought = run->now, .micro = micro};
    run->equipment += micro;
}

static void depreciate(struct run *run, struct asset *asset) {
    double gone = share_gone(how_of(run), run->now - asset->bought);
    write_off(run, asset, llrint((double)asset->micro * gone) - asset->written);
}

void asset_sell(struct run *run, int32_t slot, int64_t brings_micro) {
    for (int32_t i = 0; i < run->asset_count; i++) {
        struct asset *asset = &run->assets[i];
        if (asset->slot != slot) continue;
        depreciate(run, asset);
        run->equipment -= brings_micro;
        write_off(run, asset, asset->micro - asset->written - brings_micro);
        *asset = run->assets[--run->asset_count];
        return;
    }
}

void assets_accrue(struct run *run) {
    for (int32_t i = 0; i < run->asset_count; i++) depreciate(run, &run->assets[i]);
}

/* Programmes act in measured time: nothing was bought before. */
void assets_reset(struct run *run) {
    run->asset_count = 0;
    run->equipment = run->written_off = 0;
}

/* What was paid is here or written off. */
void assets_conserved(const struct run *run) {
    if (!how_of(run)) return;
    __int128 here = 0;
    for (int32_t i = 0; i < run->asset_count; i++)
        here += run->assets[i].micro - run->assets[i].written;
    CHECK(here == run->equipment);
    CHECK(run->ledger[ACCOUNT_CAPEX] == run->equipment + run->written_off);
}
