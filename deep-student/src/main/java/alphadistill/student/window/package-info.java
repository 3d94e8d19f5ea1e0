/** Windows of a study: gathered into batches for the augmentation, and cut into tokens for the student. */
package alphadistill.student.window;
