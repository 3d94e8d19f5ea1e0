/**
 * Figures from company reports as they were known day by day.
 *
 * <p>Entry points: {@link alphadistill.data.filing.Filings} reads reports and joins them to trading days;
 * {@link alphadistill.data.filing.FilingCharacteristics} makes ratios of them.
 */
package alphadistill.data.filing;
