/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "utf8.h"

#include <string.h>

size_t utf8_next(const char *text, size_t size, uint32_t *character) {
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000}; /* no longer form than needed */
    const unsigned char *bytes = (const unsigned char *)text;
    if (size == 0) return 0;
    *character = bytes[0];
    if (bytes[0] < 0x80) return 1;
    size_t count = bytes[0] >= 0xF0 ? 4 : bytes[0] >= 0xE0 ? 3 : 2;
    if (bytes[0] < 0xC2 || bytes[0] > 0xF4 || count > size) return 0;
    uint32_t value = bytes[0] & (0x7Fu >> count);
    for (size_t i = 1; i < count; i++) {
        if ((bytes[i] & 0xC0) != 0x80) return 0;
        value = value << 6 | (bytes[i] & 0x3Fu);
    }
    if (value < least[count] || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return 0;
    *character = value;
    return count;
}

bool utf8_unprintable(uint32_t c) {
    return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x200B && c <= 0x200F) ||
           (c >= 0x2028 && c <= 0x202E) || (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF ||
           (c & 0xFFFE) == 0xFFFE;
}

size_t utf8_mark(const char *text, size_t size) {
    return size >= 3 && memcmp(text, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
}

/* The characters that a scenario may not hold as they are. Line ends of other alphabets are among
 * them because editors count them differently, and places would be off. */
static const char *refused(uint32_t c, char next) {
    if (c == '\t' || c == '\n') return NULL;
    if (c == '\r') return next == '\n' ? NULL : "a carriage return without a line feed";
    if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return "a control character";
    if (c == 0x2028 || c == 0x2029) return "a line separator of Unicode";
    if (c == 0xFEFF) return "a byte order mark inside the text";
    if ((c & 0xFFFE) == 0xFFFE) return "a code that is no character";
    return NULL;
}

/* A zero byte says that this was never meant as a text; UTF-16 says so by its mark. */
static bool is_binary(const struct source_text *file, int32_t source, struct faults *faults) {
    struct place whole = {.source = source};
    if (file->size >= 2 &&
        (memcmp(file->text, "\xFF\xFE", 2) == 0 || memcmp(file->text, "\xFE\xFF", 2) == 0)) {
        fault_error(faults, whole, "save it as UTF-8", "this text is in UTF-16");
        return true;
    }
    if (!memchr(file->text, 0, file->size)) return false;
    fault_error(faults, whole, "a scenario or table is plain text in UTF-8",
                "this is no text: it holds zero bytes");
    return true;
}

bool utf8_check(const struct source_text *file, int32_t source, struct faults *faults) {
    if (is_binary(file, source, faults)) return false;
    struct place place = {source, 1, 1};
    for (size_t at = utf8_mark(file->text, file->size); at < file->size;) {
        uint32_t c;
        size_t bytes = utf8_next(file->text + at, file->size - at, &c);
        if (bytes == 0) {
            fault_error(faults, place, "save the file as UTF-8", "byte %02X is not UTF-8",
                        (unsigned char)file->text[at]);
            return false;
        }
        at += bytes;
        const char *what = refused(c, file->text[at]);
        if (what) {
            fault_error(faults, place, "remove it", "%s (U+%04X)", what, (unsigned)c);
            return false;
        }
        place.column++;
        if (c == '\n') place = (struct place){source, place.line + 1, 1};
    }
    return true;
}
