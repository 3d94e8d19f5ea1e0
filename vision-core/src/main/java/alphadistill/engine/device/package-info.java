/**
 * Where the engine's arithmetic runs: what the user asks for, what the machine has, and whether a training fits.
 *
 * <p>Entry point: {@link alphadistill.engine.device.ComputeDevice}, the one place that makes kernels for a command.
 */
package alphadistill.engine.device;
