package alphadistill.backtest.page;

import java.util.ArrayList;
import java.util.List;

/** A table that scrolls inside its own box on narrow screens; the first column names the row and stays in view. */
public final class Table {
  private final String caption;
  private final List<Column> columns = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();

  private record Column(String title, boolean number) {}

  private record Row(String kind, String[] cells) {}

  /** @param caption says what the table holds; read out by screen readers */
  public Table(String caption) {
    this.caption = caption;
  }

  public Table words(String... titles) {
    return columns(false, titles);
  }

  public Table numbers(String... titles) {
    return columns(true, titles);
  }

  private Table columns(boolean number, String... titles) {
    for (String title : titles) {
      columns.add(new Column(title, number));
    }
    return this;
  }

  public Table row(String... cells) {
    return marked("", cells);
  }

  /** @param kind class of the row, such as {@code reference} for what is no contender */
  public Table marked(String kind, String... cells) {
    if (cells.length != columns.size()) {
      throw new IllegalArgumentException(
          "%d cells for %d columns of '%s'".formatted(cells.length, columns.size(), caption));
    }
    rows.add(new Row(kind, cells));
    return this;
  }

  public boolean isEmpty() {
    return rows.isEmpty();
  }

  public void writeTo(Html page) {
    page.open("div", "class", "scroll", "tabindex", "0", "role", "region", "aria-label", caption);
    page.open("table")
        .element("caption", caption, "class", "unseen")
        .open("thead")
        .open("tr");
    for (Column column : columns) {
      page.element("th", column.title(), "scope", "col", "class", kind(column));
    }
    page.close("tr", "thead").open("tbody");
    for (Row row : rows) {
      page.open("tr", "class", row.kind());
      for (int i = 0; i < row.cells().length; i++) {
        if (i == 0) {
          page.element("th", row.cells()[i], "scope", "row", "class", kind(columns.get(i)));
        } else {
          page.element("td", row.cells()[i], "class", kind(columns.get(i)));
        }
      }
      page.close("tr");
    }
    page.close("tbody", "table", "div");
  }

  private static String kind(Column column) {
    return column.number() ? "number" : "word";
  }
}
