/* SPDX-License-Identifier: GPL-3.0-or-later */
/* SHA-256 against the examples that NIST gives with FIPS 180-4, and lengths around the ends of
 * blocks. */
#include "../../analysis/results/sha256.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

static void expect_hash(const char *text, size_t count, const char *expected) {
    char hash[65];
    sha256_text(text, count, hash);
    cr_expect_str_eq(hash, expected);
}

Test(sha256, agrees_with_the_examples_of_the_standard) {
    expect_hash("", 0, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    expect_hash("abc", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    const char *two_blocks = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq";
    expect_hash(two_blocks, strlen(two_blocks),
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
    char *million = malloc(1000000);
    memset(million, 'a', 1000000);
    expect_hash(million, 1000000,
                "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    free(million);
}

/* The length does not fit behind 56 bytes any more; 64 are a whole block. From `sha256sum`. */
Test(sha256, pads_texts_that_end_near_the_end_of_a_block) {
    char text[65];
    memset(text, 'a', sizeof text);
    expect_hash(text, 55, "9f4390f8d30c2dd92ec9f095b65e2b9ae9b0a925a5258e241c9f1e910f734318");
    expect_hash(text, 56, "b35439a4ac6f0948b6d6f9e3c6af0f5f590ce20f1bde7090ef7970686ec6738a");
    expect_hash(text, 64, "ffe054fe7ae0cb6dc65c3af9b61d5209f439851db43d0ba5997337df154668eb");
}
