/**
 * What an HTML page that opens offline is made of: escaped markup, tables, figures that scripts draw, and the frame around
 * them with its contents, theme and print view.
 *
 * <p>Entry point: {@link alphadistill.backtest.page.Page}. Nothing here knows what is reported.
 */
package alphadistill.backtest.page;
