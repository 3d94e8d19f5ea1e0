/**
 * Training of one student: what its heads learn, how their words become a forecast, and the task handed to the engine's
 * trainer.
 *
 * <p>Entry point: {@link alphadistill.student.learn.StudentFit}.
 */
package alphadistill.student.learn;
