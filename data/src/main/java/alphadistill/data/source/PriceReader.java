package alphadistill.data.source;

import alphadistill.data.DataException;
import alphadistill.data.panel.FieldSpec;
import alphadistill.data.panel.Panel;
import java.nio.file.Path;
import java.util.List;

/**
 * Reads daily prices and volumes (one row for each date and symbol) from CSV, gzip or Parquet.
 *
 * <pre>{@code
 * PriceReader reader = new PriceReader(ColumnMapping.standard(), ReadPolicy.standard());
 * PriceTable prices = reader.read(Path.of("prices.parquet"), Selection.all());
 * prices.drops().drops().forEach(System.out::println);
 * }</pre>
 *
 * <p>Refused with a {@link DataException} of one line: a file that is missing, truncated or not what its name says;
 * a wrong delimiter; a missing column; a date or number that cannot be read; two rows for one date and symbol; dates
 * of a symbol that go back (in text); infinite or negative prices; a selection that leaves nothing. What
 * {@link ReadPolicy} marks missing is counted in the result.
 *
 * @param mapping columns of the file; fields it leaves out are missing everywhere, {@code close} is needed
 * @param policy what becomes of zero prices and of highs and lows out of order
 */
public record PriceReader(ColumnMapping mapping, ReadPolicy policy) {

  /** The fields of a price panel and their units. */
  public static final List<FieldSpec> FIELDS = List.of(
      FieldSpec.raw("open", "USD"),
      FieldSpec.raw("high", "USD"),
      FieldSpec.raw("low", "USD"),
      FieldSpec.raw("close", "USD"),
      FieldSpec.raw("volume", "shares"));

  public PriceReader {
    for (String field : mapping.columns().keySet()) {
      if (!ColumnMapping.PRICE_FIELDS.contains(field)) {
        throw new IllegalArgumentException("'%s' is no field of a price panel; those are %s"
            .formatted(field, ColumnMapping.PRICE_FIELDS));
      }
    }
    if (!mapping.columns().containsKey("close")) {
      throw new IllegalArgumentException("the mapping names no column for 'close'");
    }
  }

  /** @throws DataException if the file cannot be used; see above */
  public PriceTable read(Path file, Selection selection) {
    LongRows inMappingOrder = PanelReader.rows(file, mapping, selection);
    List<String> mapped = List.copyOf(mapping.columns().keySet());
    boolean[] present = new boolean[FIELDS.size()];
    int[] fieldColumn = new int[FIELDS.size()];
    for (int field = 0; field < FIELDS.size(); field++) {
      int index = mapped.indexOf(FIELDS.get(field).name());
      present[field] = index >= 0;
      fieldColumn[field] = index < 0 ? LongRows.ABSENT : inMappingOrder.fieldColumn()[index];
    }
    LongRows rows = inMappingOrder.withFieldColumns(fieldColumn);
    PriceRule rule = new PriceRule(policy, present);
    Panel panel =
        new PanelAssembler(file.toString(), rows, rule, policy.requireSorted()).assemble(FIELDS);
    DropReport drops = rule.drops();
    if (rule.faultyRows() > policy.maximumDropped() * rows.rows()) {
      throw DataException.in(
          file,
          "%d of %d rows hold prices that cannot be right (%s), more than the share of %s allowed: check the column mapping, or raise the limit"
              .formatted(rule.faultyRows(), rows.rows(), drops, policy.maximumDropped()));
    }
    return new PriceTable(panel, drops.merged(PanelReader.notFound(selection, panel)));
  }
}
