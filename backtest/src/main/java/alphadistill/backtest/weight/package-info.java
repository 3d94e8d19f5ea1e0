/**
 * From dated scores to target weights.
 *
 * <p>Entry point: {@link alphadistill.backtest.weight.Targets}. A target is decided at the close of its date from that
 * date's scores and the previous target alone; prices play no part. Weights are shares of equity, negative when short.
 */
package alphadistill.backtest.weight;
