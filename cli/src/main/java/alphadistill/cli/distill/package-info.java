/**
 * A distillation run: market, study, units of work, results, report.
 *
 * <p>Entry point: {@link alphadistill.cli.distill.DistillRun}.
 */
package alphadistill.cli.distill;
