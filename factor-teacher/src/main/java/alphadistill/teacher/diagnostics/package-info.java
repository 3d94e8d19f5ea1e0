/**
 * What to look at before a factor model is believed: collinear factors, loadings that drift, residuals that repeat
 * themselves, and forecasts that explain nothing out of sample.
 *
 * <p>Entry points: {@link alphadistill.teacher.diagnostics.Collinearity},
 * {@link alphadistill.teacher.diagnostics.LoadingStability},
 * {@link alphadistill.teacher.diagnostics.ResidualAutocorrelation} and
 * {@link alphadistill.teacher.diagnostics.OutOfSampleR2}. Nothing here changes a model.
 */
package alphadistill.teacher.diagnostics;
