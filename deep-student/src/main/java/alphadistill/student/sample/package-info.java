/** Samples, which are (day, asset) pairs: which there are, how they are batched, and cross-sections of a date. */
package alphadistill.student.sample;
