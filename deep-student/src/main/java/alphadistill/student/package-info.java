/** The transformer alpha student, its factor teachers and walk-forward training. */
package alphadistill.student;
