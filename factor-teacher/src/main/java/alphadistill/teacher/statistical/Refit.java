package alphadistill.teacher.statistical;

/**
 * Loadings in force from the day after {@code day}.
 *
 * @param firstRow first day they have seen
 * @param day last day they have seen
 * @param assets indices of the assets in the data, in the order of the loadings
 */
record Refit(int firstRow, int day, int[] assets, FactorLoadings loadings) {}
