/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "trials.h"

#include "results/sha256.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

struct trials {
    struct journal *journal;
    pthread_mutex_t mutex; /* of the list */
    struct journal_trial *list;
    int64_t count, room;
};

struct trials *trials_create(void) {
    struct trials *trials = memory_zeroed(1, sizeof *trials);
    pthread_mutex_init(&trials->mutex, NULL);
    return trials;
}

void trials_delete(struct trials *trials) {
    if (!trials) return;
    pthread_mutex_destroy(&trials->mutex);
    free(trials->list);
    free(trials);
}

void trials_key(const char *point_sha256, const char *path, char key[65]) {
    char *text;
    int size = asprintf(&text, "%s %s", point_sha256, path);
    CHECK(size > 0);
    sha256_text(text, (size_t)size, key);
    free(text);
}

void trials_keep(struct trials *trials, struct journal *journal) {
    trials->journal = journal;
}

struct journal *trials_journal(const struct trials *trials) {
    return trials->journal;
}

/* False: it is known. */
static bool remember(struct trials *trials, const struct journal_trial *trial) {
    bool known = false;
    pthread_mutex_lock(&trials->mutex);
    for (int64_t i = 0; i < trials->count && !known; i++)
        known = trials->list[i].replication == trial->replication &&
                memcmp(trials->list[i].key, trial->key, sizeof trial->key) == 0;
    if (!known && trials->count == trials->room) {
        trials->room = trials->room ? 2 * trials->room : 64;
        trials->list = memory_grown(trials->list, (size_t)trials->room, sizeof *trials->list);
    }
    if (!known) trials->list[trials->count++] = *trial;
    pthread_mutex_unlock(&trials->mutex);
    return !known;
}

void trials_recall(struct trials *trials, const struct journal_trial *trial) {
    (void)remember(trials, trial);
}

/* Two arms are the same where a trial sets what one of them changes: the second time it is known.
 */
bool trials_add(struct trials *trials, const struct journal_trial *trial) {
    return !remember(trials, trial) || !trials->journal ||
           journal_add_trial(trials->journal, trial);
}

int64_t trials_count(const struct trials *trials) {
    return trials->count;
}

void trials_each(const struct trials *trials, const char *key, trial_known *known, void *context) {
    for (int64_t i = 0; i < trials->count; i++)
        if (memcmp(trials->list[i].key, key, sizeof trials->list[i].key) == 0)
            known(context, &trials->list[i]);
}
