/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "said.h"

#include <criterion/criterion.h>

static void expect(const char *text, const char *wanted) {
    struct reading reading;
    reading_of_csv(&reading, text, strlen(text));
    cr_expect_str_eq(said(&reading), wanted, "%s\nsays   %s\nwanted %s", text, said(&reading),
                     wanted);
    reading_clear(&reading);
}

/* The table in one line: rows parted by |, cells by a comma, quoted cells in ' '. */
static void expect_table(const char *text, const char *wanted) {
    struct reading reading;
    reading_of_csv(&reading, text, strlen(text));
    cr_assert(reading.csv, "%s\nsays %s", text, said(&reading));
    char *table = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&table, &size);
    for (int32_t row = -1; row < reading.csv->row_count; row++)
        for (int32_t column = 0; column < reading.csv->column_count; column++) {
            struct csv_cell cell =
                row < 0 ? csv_header(reading.csv, column) : csv_cell(reading.csv, row, column);
            if (row >= 0 || column) fputc(column ? ',' : '|', out);
            fprintf(out, cell.quoted ? "'%s'" : "%s", cell.text);
        }
    fclose(out);
    cr_expect_str_eq(table, wanted, "%s\ngives  %s\nwanted %s", text, table, wanted);
    free(table);
    reading_clear(&reading);
}

static void expect_cell(const struct csv *csv, int32_t row, int32_t column, const char *text,
                        int32_t line, int32_t at) {
    struct csv_cell cell = csv_cell(csv, row, column);
    cr_expect_str_eq(cell.text, text);
    cr_expect(cell.place.line == line && cell.place.column == at, "%s stands at %d:%d, not %d:%d",
              text, cell.place.line, cell.place.column, line, at);
}

Test(csv, rows_and_cells_are_read) {
    expect_table("name,time [min]\ncut,3\nglue,\n", "name,time [min]|cut,3|glue,");
    expect_table("a,b\r\n1,2", "a,b|1,2");
    expect_table("a , b\n  1 2\t,  \n", "a,b|1 2,");
    expect_table("a\n", "a");
}

Test(csv, cells_in_quotes_keep_commas_quotes_blanks_and_line_ends) {
    expect_table("a,b\n\"1,2\",\" x \"\n\"say \"\"hi\"\"\",\"two\nlines\"\n\"\" , 3\n",
                 "a,b|'1,2',' x '|'say \"hi\"','two\nlines'|'',3");
}

Test(csv, comments_blank_lines_and_a_byte_order_mark_are_skipped) {
    expect_table("\xEF\xBB\xBF# from the shop floor, with a comma\n\na,b\n#1,2\n  \n3,\"#4\"\n\n",
                 "a,b|3,'#4'");
}

Test(csv, every_cell_knows_its_place) {
    static const char text[] = "a,b,c\n# x\n\"u\nv\",ä, w\n,\"ö\",z\n";
    struct reading reading;
    reading_of_csv(&reading, text, sizeof text - 1);
    cr_assert(reading.csv);
    expect_cell(reading.csv, 0, 0, "u\nv", 3, 1);
    expect_cell(reading.csv, 0, 1, "ä", 4, 4);
    expect_cell(reading.csv, 0, 2, "w", 4, 7);
    expect_cell(reading.csv, 1, 0, "", 5, 1);
    expect_cell(reading.csv, 1, 1, "ö", 5, 2);
    expect_cell(reading.csv, 1, 2, "z", 5, 6);
    cr_expect_eq(csv_column(reading.csv, "b"), 1);
    cr_expect_eq(csv_column(reading.csv, "d"), -1);
    reading_clear(&reading);
}

Test(csv, ragged_rows_are_refused_and_evened_out) {
    expect("a,b,c\n1,2\n1\n", "2:1 this row has 2 cells, the header has 3\n"
                              "3:1 this row has 1 cell, the header has 3");
    expect("a,b\n1,2,3,4\n", "2:5 this row has 4 cells, the header has 2");
    expect_table("a,b\n1\n2,3,4\n5,6\n", "a,b|1,|2,3|5,6");
}

Test(csv, columns_need_names_of_their_own) {
    expect("a,,c\n1,2,3\n", "1:3 column 2 has no name");
    expect("a,b,a\n", "1:5 column 'a' is given twice, first as column 1");
}

Test(csv, mistakes_with_quotes_are_named) {
#define TWICE " · a quote inside quotes is written twice"
    expect("a,b\n1,\"x\n2,y\n", "2:3 this quote is not closed" TWICE);
    expect("a,b\n\"x\" y,2\n", "2:4 text stands behind the closing quote" TWICE);
    expect("a,b\n5\" pipe,2\n", "2:2 a quote stands inside a cell without quotes · quote the whole "
                                "cell, and write a quote inside it twice");
}

Test(csv, other_separators_are_named) {
    expect("a;b\n1;2\n",
           "1:1 the cells are separated by semicolons, not by commas · save the table "
           "with commas");
    expect("a\tb\n",
           "1:1 the cells are separated by tabs, not by commas · save the table with commas");
}

Test(csv, what_is_no_table_is_refused) {
    expect("", "0:0 there is nothing in it · the first row names the columns");
    expect("# x\n\n", "0:0 there is nothing in it · the first row names the columns");
    expect("a,b\n1,K\xF6ln\n", "2:4 byte F6 is not UTF-8 · save the file as UTF-8");
}
