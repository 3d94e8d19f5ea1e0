/**
 * Statistical factor models: factors found in the returns themselves, by principal components or asymptotic principal
 * components.
 *
 * <p>Entry points: {@link alphadistill.teacher.statistical.StatisticalFactors}, the teacher;
 * {@link alphadistill.teacher.statistical.PrincipalComponents},
 * {@link alphadistill.teacher.statistical.AsymptoticComponents} and {@link alphadistill.teacher.statistical.BaiNg} for
 * one sample. Components found on a whole sample must not be walked forward: they have seen its end. The teacher
 * therefore fixes its loadings before each day whose factor return they give.
 */
package alphadistill.teacher.statistical;
