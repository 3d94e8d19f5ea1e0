/** Linear factor models that teach the student: estimators, the fitted models and their fit reports. Returns are simple decimals; nothing here reads files or trains networks. */
package alphadistill.teacher;
