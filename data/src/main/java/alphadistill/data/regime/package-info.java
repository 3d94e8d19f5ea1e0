/** Regimes of a market, labelled from past data only. */
package alphadistill.data.regime;
