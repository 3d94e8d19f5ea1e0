/**
 * Whether this machine can run the program: Java, native libraries, memory and disk, each with its remedy.
 *
 * <p>Entry point: {@link alphadistill.cli.doctor.Checkup}.
 */
package alphadistill.cli.doctor;
