/**
 * Instrumented principal components: factors whose loadings are linear in characteristics, by alternating least squares
 * on managed portfolios.
 *
 * <p>Entry points: {@link alphadistill.teacher.ipca.Ipca} fits one sample, {@link alphadistill.teacher.ipca.IpcaTeacher}
 * every day of a history.
 */
package alphadistill.teacher.ipca;
