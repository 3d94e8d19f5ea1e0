/**
 * Convolutional teachers of image students: each reads the student's own augmented, mixed pixels, in its own
 * normalisation, and answers with logits.
 *
 * <p>Entry points: {@link alphadistill.vision.teacher.CnnTeacher} for networks of {@code vision.cnn}, {@link
 * alphadistill.vision.teacher.OnnxTeacher} for any other model, {@link alphadistill.vision.teacher.TeacherGate} to refuse
 * one that is not good enough.
 */
package alphadistill.vision.teacher;
