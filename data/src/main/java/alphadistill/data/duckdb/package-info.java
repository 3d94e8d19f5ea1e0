/** The embedded database that reads and writes Parquet, held to little memory and no network. */
package alphadistill.data.duckdb;
