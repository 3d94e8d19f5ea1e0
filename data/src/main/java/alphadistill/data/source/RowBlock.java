package alphadistill.data.source;

import java.util.List;

/**
 * Some rows of a long table, column by column, in file order.
 *
 * @param rows how many
 * @param day days since 1970-01-01 of each row
 * @param asset index into {@code names} of each row
 * @param line line of each row within the block's text, from 1; empty where the file has no lines
 * @param values one array for each value column
 * @param names asset names of this block
 * @param lines lines of text this block was cut from
 */
record RowBlock(
    int rows,
    int[] day,
    int[] asset,
    int[] line,
    float[][] values,
    List<String> names,
    int lines) {}
