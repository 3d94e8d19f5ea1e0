/**
 * Cross-sections of the kind that Barra's risk models use: a country, industries and standardised styles, by weighted
 * least squares each day; the factors' covariance and the assets' own risk.
 *
 * <p>Entry points: {@link alphadistill.teacher.crosssection.CrossSection} for one day,
 * {@link alphadistill.teacher.crosssection.IndustryStyleTeacher} for every day of a history.
 */
package alphadistill.teacher.crosssection;
