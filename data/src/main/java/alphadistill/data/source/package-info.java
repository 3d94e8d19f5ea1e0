/**
 * Readers of prices and factor returns.
 *
 * <p>Entry points: {@link alphadistill.data.source.PriceReader} for long tables of daily prices (CSV, gzip,
 * Parquet) and {@link alphadistill.data.source.FrenchFile} for the text files of Kenneth French's library. What is
 * wrong is refused with one line; what is left out is counted in a {@link alphadistill.data.source.DropReport}.
 */
package alphadistill.data.source;
