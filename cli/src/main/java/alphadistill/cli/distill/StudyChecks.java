package alphadistill.cli.distill;

import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.data.DataException;
import alphadistill.data.NearestName;
import alphadistill.data.feature.FeatureSet;
import alphadistill.data.filing.FilingCharacteristics;
import alphadistill.data.panel.FieldSpec;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.teacher.ipca.NotConvergedException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Makes a study and refuses, before anything is written or trained, what a configuration and its market cannot do
 * together.
 */
public final class StudyChecks {
  private StudyChecks() {}

  /**
   * The study of a configuration on a market.
   *
   * @throws UsageException if a feature is unknown or augmentation cannot treat the features
   * @throws DataException if the history is too short for samples or folds
   */
  public static Study of(ObservedMarket market, RunConfig config) {
    requireKnown(config.features().names(), market);
    Study study = Study.of(market.data(), config.study());
    study.folds();
    requireMixable(study);
    return study;
  }

  /**
   * The teacher of a study.
   *
   * @throws UsageException if the data cannot identify it, or it learns later than the first students
   */
  public static FactorTeaching teaching(Study study) {
    try {
      FactorTeaching teaching = FactorTeaching.of(study);
      teaching.trainable(study.folds().get(0));
      return teaching;
    } catch (IllegalArgumentException | NotConvergedException e) {
      throw new UsageException("teacher: " + e.getMessage());
    }
  }

  /** @throws UsageException if a feature is neither the market's own nor can be computed */
  public static void requireKnown(List<String> names, ObservedMarket market) {
    Set<String> known = new LinkedHashSet<>(FeatureSet.names());
    known.addAll(
        FilingCharacteristics.names()); // refused with the configuration where none are read
    market
        .data()
        .characteristics()
        .ifPresent(panel -> panel.fields().stream().map(FieldSpec::name).forEach(known::add));
    for (String name : names) {
      if (!known.contains(name)) {
        throw new UsageException("features.names: no feature '%s'%s; there are %s"
            .formatted(
                name,
                NearestName.of(name, known)
                    .map(near -> " (did you mean '%s'?)".formatted(near))
                    .orElse(""),
                String.join(", ", known)));
      }
    }
  }

  /** The schema of a study says which features mix, so only the transforms themselves can refuse them. */
  private static void requireMixable(Study study) {
    try {
      study.spec().augmentation().requireFits(study.schema());
    } catch (IllegalArgumentException e) {
      throw new UsageException("augmentation: " + e.getMessage());
    }
  }
}
