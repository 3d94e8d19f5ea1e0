package alphadistill.data.filing;

/** A figure of a report: its column, unit, and what span of time a report's number covers. */
public enum FilingItem {
  REVENUES("revenues", "USD", Span.OWN_PERIOD),
  OPERATING_INCOME("op_income", "USD", Span.OWN_PERIOD),
  NET_INCOME("net_income", "USD", Span.OWN_PERIOD),
  /** Basic earnings a share; quarters of a year need not add up to it exactly, as share counts change. */
  EARNINGS_PER_SHARE("eps_basic", "USD a share", Span.OWN_PERIOD),
  ASSETS("assets", "USD", Span.END),
  CURRENT_ASSETS("cur_assets", "USD", Span.END),
  CURRENT_LIABILITIES("cur_liab", "USD", Span.END),
  CASH("cash", "USD", Span.END),
  EQUITY("equity", "USD", Span.END),
  OPERATING_CASH_FLOW("cash_flow_op", "USD", Span.YEAR_TO_DATE),
  INVESTING_CASH_FLOW("cash_flow_inv", "USD", Span.YEAR_TO_DATE),
  FINANCING_CASH_FLOW("cash_flow_fin", "USD", Span.YEAR_TO_DATE);

  /** What the number in a report covers; that of an annual report is the whole year, or its end. */
  enum Span {
    /** The report's own quarter. */
    OWN_PERIOD,
    /** All quarters of the fiscal year so far. */
    YEAR_TO_DATE,
    /** The last day of the period. */
    END
  }

  private final String column;
  private final String unit;
  private final Span span;

  FilingItem(String column, String unit, Span span) {
    this.column = column;
    this.unit = unit;
    this.span = span;
  }

  /** Name of the column in a file of reports, and of the fields made from it. */
  public String column() {
    return column;
  }

  public String unit() {
    return unit;
  }

  Span span() {
    return span;
  }
}
