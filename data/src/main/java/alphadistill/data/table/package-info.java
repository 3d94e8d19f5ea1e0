/**
 * Panels as tables: for scripts through Tablesaw, and as CSV and Parquet files of one row for each date and asset.
 *
 * <p>Entry points: {@link alphadistill.data.table.PanelTables}, {@link alphadistill.data.table.PanelWriter} and
 * {@link alphadistill.data.table.ScoreReader}. The same panel gives the same bytes, and a file is there whole or not at
 * all.
 */
package alphadistill.data.table;
