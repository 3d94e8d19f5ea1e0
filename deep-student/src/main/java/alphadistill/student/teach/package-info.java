/**
 * Linear factor models as teachers of the student: what they need about a batch, and their answers.
 *
 * <p>Entry point: {@link alphadistill.student.teach.FactorTeaching}.
 */
package alphadistill.student.teach;
