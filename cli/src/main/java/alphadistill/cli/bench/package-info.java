/**
 * Speed of the product's parts as ratios: to a peer that does the same work on the same machine in the same minutes, or
 * to the time that was set as a goal.
 *
 * <p>Entry point: {@link alphadistill.cli.bench.Benchmark}.
 */
package alphadistill.cli.bench;
