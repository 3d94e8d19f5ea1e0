package alphadistill.student.forecast;

import alphadistill.data.feature.Returns;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.sample.CrossSection;
import alphadistill.student.sample.Samples;
import alphadistill.student.study.Study;
import alphadistill.student.teach.FactorTeaching;
import alphadistill.student.window.Windows;
import alphadistill.teacher.LinearFactorModel;
import alphadistill.teacher.regression.Ridge;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** What a student must beat, on the same folds and samples. */
public enum Baseline {
  /** The linear factor model as it was known when the fold's last validation label was. */
  TEACHER {
    @Override
    double[] scores(Study study, FactorTeaching teaching, FoldPlan.Fold fold, Samples test) {
      LinearFactorModel model = teaching
          .asOf(cutOff(study, fold))
          .requireUsableOn(study.dates().get(fold.test().first()));
      return teaching.answers(test.day(), test.asset(), n -> model);
    }
  },

  /** Ridge regression on the numbers of the student's whole window; its penalty is chosen on inner validation. */
  RIDGE {
    @Override
    double[] scores(Study study, FactorTeaching teaching, FoldPlan.Fold fold, Samples test) {
      return ridge(study, fold).predict(study, test);
    }
  },

  /** Each asset's mean daily return up to the signal day. */
  HISTORIC_MEAN {
    @Override
    double[] scores(Study study, FactorTeaching teaching, FoldPlan.Fold fold, Samples test) {
      float[] returns = Returns.daily(study.prices());
      double[] sum = new double[study.assets()];
      int[] count = new int[study.assets()];
      double[] scores = new double[test.size()];
      int day = 0;
      for (int i = 0; i < scores.length; i++) {
        for (; day <= test.day()[i]; day++) {
          for (int asset = 0; asset < sum.length; asset++) {
            float value = returns[day * sum.length + asset];
            if (Float.isFinite(value)) {
              sum[asset] += value;
              count[asset]++;
            }
          }
        }
        int asset = test.asset()[i];
        scores[i] = count[asset] == 0 ? 0 : sum[asset] / count[asset];
      }
      return scores;
    }
  },

  /** The same score for all: no opinion. */
  ZERO {
    @Override
    double[] scores(Study study, FactorTeaching teaching, FoldPlan.Fold fold, Samples test) {
      return new double[test.size()];
    }
  };

  private static final double[] PENALTIES = {1e1, 1e2, 1e3, 1e4, 1e5, 1e6};

  /** Scores of every test day of a fold; whatever is fitted has seen nothing after the fold's validation labels. */
  public FoldScores forecast(Study study, FactorTeaching teaching, FoldPlan.Fold fold) {
    Samples test = study.forecastable(fold.test());
    return FoldScores.of(
        study, fold, test, List.of(FoldScores.SCORE), scores(study, teaching, fold, test));
  }

  /** Lower-case name, as in tables and folders. */
  public String label() {
    return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
  }

  abstract double[] scores(Study study, FactorTeaching teaching, FoldPlan.Fold fold, Samples test);

  private static int cutOff(Study study, FoldPlan.Fold fold) {
    return fold.cutOff(study.spec().label().horizon(), study.spec().label().lag());
  }

  /** A fitted ridge on windows. */
  private record WindowRidge(Ridge.Fit fit) {
    double[] predict(Study study, Samples samples) {
      Windows windows = new Windows(study);
      double[] scores = new double[samples.size()];
      for (int i = 0; i < scores.length; i++) {
        scores[i] = fit.predict(windows.windows(samples, i, i + 1));
      }
      return scores;
    }
  }

  private static WindowRidge ridge(Study study, FoldPlan.Fold fold) {
    Windows windows = new Windows(study);
    Samples train = study.labelled(fold.train());
    Ridge ridge = new Ridge(IntStream.range(0, study.schema().size())
        .mapToObj(
            i -> study.schema().channels().get(i % study.schema().features()).name()
                + " "
                + (i / study.schema().features() - study.schema().days() + 1))
        .toList());
    for (int i = 0; i < train.size(); i++) {
      ridge.add(
          windows.windows(train, i, i + 1), study.target(train.day()[i], train.asset()[i]));
    }
    Samples validation = study.labelled(fold.validation());
    double[] target = new double[validation.size()];
    Arrays.setAll(target, i -> study.target(validation.day()[i], validation.asset()[i]));
    WindowRidge best = null;
    double bestIc = Double.NEGATIVE_INFINITY;
    for (double penalty : PENALTIES) {
      WindowRidge candidate = new WindowRidge(ridge.solve(penalty));
      double ic = CrossSection.meanRankCorrelation(
          validation, candidate.predict(study, validation), target);
      if (best == null || ic > bestIc) {
        best = candidate;
        bestIc = ic;
      }
    }
    return best;
  }
}
