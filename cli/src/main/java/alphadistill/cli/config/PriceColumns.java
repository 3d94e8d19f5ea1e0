package alphadistill.cli.config;

import alphadistill.data.source.ColumnMapping;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Columns of a price file; what is null is called as {@link ColumnMapping#standard()} has it.
 *
 * @param open and the other prices and {@code volume}: a column, or {@link #NONE} for a file without it
 * @param delimiter one character, or {@code tab}
 * @param dateForm such as {@code dd.MM.yyyy}
 */
public record PriceColumns(
    String date,
    String asset,
    String open,
    String high,
    String low,
    String close,
    String volume,
    String delimiter,
    String dateForm) {

  /** Stands for a column that the file does not have. */
  public static final String NONE = "none";

  public PriceColumns {
    if (delimiter != null && delimiter.length() != 1 && !delimiter.equals("tab")) {
      throw new IllegalArgumentException(
          "delimiter is one character or the word tab, was '%s'".formatted(delimiter));
    }
    if (NONE.equals(close)) {
      throw new IllegalArgumentException(
          "close cannot be none: it is the one price that everything is made from");
    }
    mapping(date, asset, fields(open, high, low, close, volume), delimiter, dateForm);
  }

  /** The mapping that these columns mean. */
  public ColumnMapping mapping() {
    return mapping(date, asset, fields(open, high, low, close, volume), delimiter, dateForm);
  }

  private static Map<String, String> fields(
      String open, String high, String low, String close, String volume) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("open", open);
    fields.put("high", high);
    fields.put("low", low);
    fields.put("close", close);
    fields.put("volume", volume);
    return fields;
  }

  private static ColumnMapping mapping(
      String date, String asset, Map<String, String> fields, String delimiter, String dateForm) {
    ColumnMapping mapping = ColumnMapping.standard();
    mapping = date == null ? mapping : mapping.withDate(date);
    mapping = asset == null ? mapping : mapping.withAsset(asset);
    mapping = dateForm == null ? mapping : mapping.withDatePattern(dateForm);
    for (Map.Entry<String, String> field : fields.entrySet()) {
      if (NONE.equals(field.getValue())) {
        mapping = mapping.without(field.getKey());
      } else if (field.getValue() != null) {
        mapping = mapping.withColumn(field.getKey(), field.getValue());
      }
    }
    if (delimiter != null) {
      mapping = mapping.withDelimiter(delimiter.equals("tab") ? '\t' : delimiter.charAt(0));
    }
    return mapping;
  }
}
