package alphadistill.cli.teacher.fit;

import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.teacher.Exposures;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.regression.VasicekPrior;
import java.time.LocalDate;
import java.util.List;
import java.util.function.ToDoubleBiFunction;
import java.util.stream.IntStream;

/**
 * The models of all days, from the first one on.
 *
 * @param dates trading days at whose close each was known
 * @param factors names
 * @param premia {@code [factor][date]}
 * @param errors their standard errors; NaN = unknown
 * @param loadings mean over assets of their betas, {@code [factor][date]}; empty where exposures are characteristics
 * @param spreads deviation of the betas over assets; infinite where it is not estimated
 */
public record ModelPath(
    List<LocalDate> dates,
    List<String> factors,
    double[][] premia,
    double[][] errors,
    double[][] loadings,
    double[][] spreads) {

  static ModelPath of(Study study, FactorTeaching teaching) {
    List<LinearFactorModel> models = IntStream.range(
            teaching.firstDay(), study.dates().size())
        .mapToObj(teaching::asOf)
        .toList();
    boolean betas = models.get(0).exposures() instanceof Exposures.RegressionBetas;
    return new ModelPath(
        List.copyOf(study.dates().subList(teaching.firstDay(), study.dates().size())),
        models.get(0).factors(),
        each(models, (model, factor) -> model.premia().get(factor).value()),
        each(models, (model, factor) -> model.premia().get(factor).standardError()),
        betas ? each(models, (model, factor) -> prior(model, factor).mean()) : new double[0][],
        betas
            ? each(models, (model, factor) -> Math.sqrt(prior(model, factor).variance()))
            : new double[0][]);
  }

  /** What the model takes for the distribution of its assets' betas. */
  private static VasicekPrior prior(LinearFactorModel model, int factor) {
    return ((Exposures.RegressionBetas) model.exposures()).priors().get(factor);
  }

  private static double[][] each(
      List<LinearFactorModel> models, ToDoubleBiFunction<LinearFactorModel, Integer> figure) {
    return IntStream.range(0, models.get(0).factors().size())
        .mapToObj(factor ->
            models.stream().mapToDouble(m -> figure.applyAsDouble(m, factor)).toArray())
        .toArray(double[][]::new);
  }

  /** Indices of the last date of each month. */
  int[] monthEnds() {
    return IntStream.range(0, dates.size())
        .filter(i ->
            i == dates.size() - 1 || dates.get(i).getMonth() != dates.get(i + 1).getMonth())
        .toArray();
  }
}
