package alphadistill.cli.vision;

import alphadistill.backtest.significance.BlockBootstrap;
import alphadistill.backtest.significance.PairedDifference;
import alphadistill.backtest.significance.Spread;
import alphadistill.vision.evaluate.Predictions;
import alphadistill.vision.recipe.Distilling;
import alphadistill.vision.train.Answers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * What the trainings of a run know of the test pictures, variant by variant.
 *
 * @param variants in the order of the configuration
 * @param differences of each pair of variants, later less earlier
 * @param teacherAccuracy on the test pictures; NaN without a teacher
 * @param truth classes of the test pictures
 */
record VisionResults(
    List<Variant> variants,
    List<Difference> differences,
    double teacherAccuracy,
    Predictions truth) {

  /**
   * One variant over its seeds; shares of the test pictures in [0, 1].
   *
   * @param both accuracy of the mean of the two heads, or of the one head there is
   * @param classHead accuracy of the class head
   * @param distHead accuracy of the distillation head; NaN without
   * @param withTeacher share that both heads name as the teacher does; NaN without a teacher
   * @param classHeadWithTeacher the same of the class head
   * @param distHeadWithTeacher the same of the distillation head; NaN without
   * @param headsAgree share that the two heads name alike; NaN without a second one
   * @param tokenCosine of class and distillation token by layer, mean over seeds; empty without that token
   * @param answers of each seed
   */
  record Variant(
      Distilling.Kind kind,
      Spread both,
      Spread classHead,
      Spread distHead,
      Spread withTeacher,
      Spread classHeadWithTeacher,
      Spread distHeadWithTeacher,
      Spread headsAgree,
      double[] tokenCosine,
      List<Answers> answers) {}

  /** Accuracy of one variant less another's, picture by picture and seed by seed. */
  record Difference(Distilling.Kind variant, Distilling.Kind against, PairedDifference accuracy) {}

  /**
   * Reads the finished units of a run.
   *
   * @param teacher what the teacher says about the test pictures; null without a teacher
   */
  static VisionResults of(VisionConfig config, Path units, INDArray teacher) {
    Predictions taught = teacher == null ? null : Predictions.of("teacher", teacher);
    List<Variant> variants = new ArrayList<>();
    for (Distilling.Kind kind : config.variants()) {
      List<Answers> answers = config.seeds().stream()
          .map(seed -> AnswerFile.read(
              units.resolve(VisionUnits.name(kind, seed)).resolve(VisionUnits.ANSWERS)))
          .toList();
      variants.add(new Variant(
          kind,
          accuracy(answers, Answers::both),
          accuracy(answers, Answers::classHead),
          accuracy(answers, Answers::distHead),
          agreement(answers, Answers::both, taught),
          agreement(answers, Answers::classHead, taught),
          agreement(answers, Answers::distHead, taught),
          spread(answers, a -> same(a.classHead(), a.distHead())),
          tokenCosine(config, kind, units),
          answers));
    }
    Predictions truth = variants.get(0).answers().get(0).truth();
    return new VisionResults(
        variants,
        differences(variants),
        taught == null ? Double.NaN : 1 - taught.differsFrom(truth),
        truth);
  }

  private static Spread accuracy(List<Answers> answers, Function<Answers, INDArray> head) {
    return spread(answers, a -> {
      INDArray logits = head.apply(a);
      return logits == null ? Double.NaN : a.accuracy(logits);
    });
  }

  /** @param taught null without a teacher */
  private static Spread agreement(
      List<Answers> answers, Function<Answers, INDArray> head, Predictions taught) {
    return spread(answers, a -> {
      INDArray logits = head.apply(a);
      return logits == null || taught == null
          ? Double.NaN
          : 1 - Predictions.of("network", logits).differsFrom(taught);
    });
  }

  private static double same(INDArray classHead, INDArray distHead) {
    return distHead == null
        ? Double.NaN
        : 1
            - Predictions.of("class head", classHead)
                .differsFrom(Predictions.of("distillation head", distHead));
  }

  private static double[] tokenCosine(VisionConfig config, Distilling.Kind kind, Path units) {
    double[] mean = new double[0];
    for (long seed : config.seeds()) {
      double[] own = AnswerFile.tokenCosine(
          units.resolve(VisionUnits.name(kind, seed)).resolve(VisionUnits.ANSWERS));
      mean = mean.length == 0 ? new double[own.length] : mean;
      for (int layer = 0; layer < own.length; layer++) {
        mean[layer] += own[layer] / config.seeds().size();
      }
    }
    return mean;
  }

  private static Spread spread(List<Answers> answers, Function<Answers, Double> figure) {
    return new Spread(answers.stream().mapToDouble(figure::apply).toArray());
  }

  private static List<Difference> differences(List<Variant> variants) {
    List<Difference> differences = new ArrayList<>();
    for (int later = 1; later < variants.size(); later++) {
      for (int earlier = 0; earlier < later; earlier++) {
        Variant a = variants.get(later);
        Variant b = variants.get(earlier);
        // pictures stand where days do: one is independent of the next, so blocks are of one
        // picture
        differences.add(new Difference(
            a.kind(),
            b.kind(),
            PairedDifference.overSeeds(hits(a), hits(b), 1, BlockBootstrap.forHorizon(1, 1))));
      }
    }
    return differences;
  }

  /** 1 where a seed names the picture rightly, else 0, {@code [seed][picture]}. */
  private static double[][] hits(Variant variant) {
    return variant.answers().stream()
        .map(answers -> {
          int[] named = Predictions.of("both heads", answers.both()).classes();
          double[] hits = new double[named.length];
          for (int n = 0; n < hits.length; n++) {
            hits[n] = named[n] == answers.labels()[n] ? 1 : 0;
          }
          return hits;
        })
        .toArray(double[][]::new);
  }
}
