/** Studies of many runs: which teachers teach. Entry point: {@link alphadistill.cli.study.TeacherStudy}. */
package alphadistill.cli.study;
