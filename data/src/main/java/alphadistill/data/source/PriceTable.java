package alphadistill.data.source;

import alphadistill.data.panel.Panel;

/**
 * Prices as read, and what was left out.
 *
 * @param panel fields {@code open}, {@code high}, {@code low}, {@code close}, {@code volume}; assets sorted by name;
 *     NaN where the file has no row or no usable value
 * @param drops what was marked missing or left out, by reason
 */
public record PriceTable(Panel panel, DropReport drops) {}
