package alphadistill.data.table;

import alphadistill.data.panel.Panel;

/** Which cells of a panel are rows of its long table: those with any value. */
final class LongForm {
  private LongForm() {}

  static boolean isRow(Panel panel, int day, int asset) {
    for (int field = 0; field < panel.fields().size(); field++) {
      if (!Float.isNaN(panel.value(field, day, asset))) {
        return true;
      }
    }
    return false;
  }
}
