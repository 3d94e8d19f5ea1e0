package alphadistill.data.panel;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;

/**
 * Daily values of many assets: dates x assets x fields, float32, NaN where a value is missing. Immutable.
 *
 * <p>Days and assets are addressed by index; {@link #dates()} rise strictly and {@link #assets()} are in a fixed
 * order. What a number means, its unit and when it is known stand in its {@link FieldSpec}. Each field is one
 * row-major block (day, asset), so a panel of 1,000 assets x 5,000 days x 10 fields takes 200 MB.
 *
 * <pre>{@code
 * Panel panel = Panel.builder(dates, assets).field(FieldSpec.raw("close", "USD"), close).build();
 * float price = panel.value(panel.fieldIndex("close"), panel.dayIndex(day), panel.assetIndex("AAPL"));
 * Panel past = panel.upTo(day);          // a view; nothing after day can be read through it
 * }</pre>
 */
public final class Panel {
  private final List<LocalDate> dates;
  private final List<String> assets;
  private final List<FieldSpec> fields;
  private final float[][] values; // [field][day * assets + asset]

  private Panel(
      List<LocalDate> dates, List<String> assets, List<FieldSpec> fields, float[][] values) {
    this.dates = dates;
    this.assets = assets;
    this.fields = fields;
    this.values = values;
  }

  /**
   * Starts a panel.
   *
   * @throws IllegalArgumentException if a date does not come after the one before, or an asset is named twice
   */
  public static Builder builder(List<LocalDate> dates, List<String> assets) {
    return new Builder(dates, assets);
  }

  /** Trading days, strictly rising. */
  public List<LocalDate> dates() {
    return dates;
  }

  /** Asset names, in index order. */
  public List<String> assets() {
    return assets;
  }

  /** The meaning of each field, in index order. */
  public List<FieldSpec> fields() {
    return fields;
  }

  public int days() {
    return dates.size();
  }

  public int assetCount() {
    return assets.size();
  }

  /** Value of one field of one asset on one day; NaN when missing. */
  public float value(int field, int day, int asset) {
    return values[field][cell(day, asset)];
  }

  public boolean hasField(String name) {
    return indexOfField(name) >= 0;
  }

  /** @throws IllegalArgumentException if there is no such field; the message lists those there are */
  public int fieldIndex(String name) {
    int index = indexOfField(name);
    if (index < 0) {
      throw new IllegalArgumentException("no field '%s' in this panel; it has %s"
          .formatted(name, fields.stream().map(FieldSpec::name).toList()));
    }
    return index;
  }

  /** @throws IllegalArgumentException if the asset is not in the panel */
  public int assetIndex(String asset) {
    int index = assets.indexOf(asset);
    if (index < 0) {
      throw new IllegalArgumentException(
          "no asset '%s' among the %d of this panel".formatted(asset, assets.size()));
    }
    return index;
  }

  /** @throws IllegalArgumentException if the date is not a trading day of the panel */
  public int dayIndex(LocalDate date) {
    int index = Collections.binarySearch(dates, date);
    if (index < 0) {
      throw new IllegalArgumentException("%s is not a trading day of this panel (%s to %s)"
          .formatted(date, dates.get(0), dates.get(days() - 1)));
    }
    return index;
  }

  /** Index of the last trading day on or before {@code date}; -1 when all days are later. */
  public int lastDayOnOrBefore(LocalDate date) {
    int index = Collections.binarySearch(dates, date);
    return index >= 0 ? index : -index - 2;
  }

  /** One field of one asset over all days, a fresh copy. */
  public double[] series(int field, int asset) {
    double[] series = new double[days()];
    for (int day = 0; day < series.length; day++) {
      series[day] = values[field][day * assets.size() + asset];
    }
    return series;
  }

  /** One field of all assets on one day, a fresh copy. */
  public float[] crossSection(int field, int day) {
    int from = cell(day, 0);
    return Arrays.copyOfRange(values[field], from, from + assets.size());
  }

  /** The panel as it was known at the close of {@code date}: a view that holds no later day. */
  public Panel upTo(LocalDate date) {
    return firstDays(lastDayOnOrBefore(date) + 1);
  }

  /** A view of the first {@code count} days. */
  public Panel firstDays(int count) {
    return new Panel(dates.subList(0, count), assets, fields, values);
  }

  /**
   * These values on other days and assets, a copy; NaN where this panel lacks the day or the asset.
   *
   * @param dates strictly rising
   */
  public Panel on(List<LocalDate> dates, List<String> assets) {
    int[] column = assets.stream().mapToInt(this.assets::indexOf).toArray();
    Builder builder = new Builder(dates, assets);
    for (int field = 0; field < fields.size(); field++) {
      float[] moved = new float[Math.multiplyExact(dates.size(), column.length)];
      Arrays.fill(moved, Float.NaN);
      for (int day = 0; day < dates.size(); day++) {
        int row = Collections.binarySearch(this.dates, dates.get(day));
        for (int asset = 0; asset < column.length && row >= 0; asset++) {
          if (column[asset] >= 0) {
            moved[day * column.length + asset] = values[field][cell(row, column[asset])];
          }
        }
      }
      builder.field(fields.get(field), moved);
    }
    return builder.build();
  }

  /**
   * This panel with more fields behind its own; the values are shared, not copied.
   *
   * @throws IllegalArgumentException if dates or assets differ, or a field name appears twice
   */
  public Panel with(Panel more) {
    if (!dates.equals(more.dates) || !assets.equals(more.assets)) {
      throw new IllegalArgumentException(
          "panels to be joined must have the same dates and assets: %d x %d and %d x %d"
              .formatted(days(), assetCount(), more.days(), more.assetCount()));
    }
    Builder builder = new Builder(dates, assets);
    addAll(builder);
    more.addAll(builder);
    return builder.build();
  }

  private void addAll(Builder builder) {
    for (int field = 0; field < fields.size(); field++) {
      builder.field(fields.get(field), values[field]);
    }
  }

  /** SHA-256 over dates, assets, fields and values, in hexadecimal: the same content gives the same hash. */
  public String contentHash() {
    MessageDigest digest = sha256();
    for (Object name : List.of(dates, assets, fields)) {
      digest.update(name.toString().getBytes(StandardCharsets.UTF_8));
    }
    ByteBuffer row =
        ByteBuffer.allocate(assets.size() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (float[] field : values) {
      for (int day = 0; day < days(); day++) {
        row.clear();
        row.asFloatBuffer().put(field, cell(day, 0), assets.size());
        digest.update(row);
      }
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private int cell(int day, int asset) {
    if (day < 0 || day >= days() || asset < 0 || asset >= assets.size()) {
      throw new IndexOutOfBoundsException(
          "day %d of %d, asset %d of %d".formatted(day, days(), asset, assets.size()));
    }
    return day * assets.size() + asset;
  }

  private int indexOfField(String name) {
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).name().equals(name)) {
        return i;
      }
    }
    return -1;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Collects the fields of a panel. */
  public static final class Builder {
    private final List<LocalDate> dates;
    private final List<String> assets;
    private final List<FieldSpec> fields = new ArrayList<>();
    private final List<float[]> values = new ArrayList<>();

    private Builder(List<LocalDate> dates, List<String> assets) {
      this.dates = List.copyOf(dates);
      this.assets = List.copyOf(assets);
      for (int i = 1; i < dates.size(); i++) {
        if (!dates.get(i).isAfter(dates.get(i - 1))) {
          throw new IllegalArgumentException("dates must rise: %s does not come after %s"
              .formatted(dates.get(i), dates.get(i - 1)));
        }
      }
      if (assets.stream().distinct().count() != assets.size()) {
        throw new IllegalArgumentException("an asset is named twice in " + assets);
      }
    }

    /**
     * Adds a field.
     *
     * @param values row-major (day, asset), NaN = missing; handed over, the caller must not change it afterwards
     */
    public Builder field(FieldSpec spec, float[] values) {
      int cells = Math.multiplyExact(dates.size(), assets.size());
      if (values.length < cells) {
        throw new IllegalArgumentException("field '%s' has %d values, %d days x %d assets need %d"
            .formatted(spec.name(), values.length, dates.size(), assets.size(), cells));
      }
      if (fields.stream().anyMatch(known -> known.name().equals(spec.name()))) {
        throw new IllegalArgumentException("field '%s' is given twice".formatted(spec.name()));
      }
      fields.add(spec);
      this.values.add(values);
      return this;
    }

    public Panel build() {
      return new Panel(dates, assets, List.copyOf(fields), values.toArray(float[][]::new));
    }
  }
}
