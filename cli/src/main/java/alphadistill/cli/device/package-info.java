/**
 * Whether a device computes what it should: every kernel beside the truth, the reference's own numbers, a training whose
 * loss falls, and how fast it is.
 *
 * <p>Entry point: {@link alphadistill.cli.device.DeviceCheck}.
 */
package alphadistill.cli.device;
