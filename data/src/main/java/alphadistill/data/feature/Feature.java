package alphadistill.data.feature;

import alphadistill.data.panel.FieldSpec;

/**
 * A number of each (day, asset) that uses nothing after that day's close.
 *
 * @param spec name, unit, formula and warm-up
 * @param formula of one asset's life
 */
record Feature(FieldSpec spec, Formula formula) {

  /** Computes the feature on each of an asset's own trading days. */
  @FunctionalInterface
  interface Formula {
    double[] of(AssetHistory asset);
  }

  static Feature of(String name, String unit, String definition, int warmUp, Formula formula) {
    return new Feature(
        new FieldSpec(name, unit, definition + ", known at the close of the day", warmUp), formula);
  }
}
