/**
 * Asset-pricing models on a whole sample and the tests of them: do the factors explain the mean returns of the test
 * assets?
 *
 * <p>Entry points: {@link alphadistill.teacher.pricing.TradedFactorModel} when the factors are themselves excess
 * returns, {@link alphadistill.teacher.pricing.TwoPassModel} when the price of a unit of beta is to be estimated. Both
 * learn from a {@link alphadistill.teacher.pricing.PricingSample}. These describe a sample after the fact; a forecast
 * for a day comes from a {@link alphadistill.teacher.FactorHistory}.
 */
package alphadistill.teacher.pricing;
