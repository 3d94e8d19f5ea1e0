package alphadistill.cli.distill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.backtest.DatedTargets;
import alphadistill.backtest.Evaluation;
import alphadistill.backtest.ModelScores;
import alphadistill.cli.config.ConfigFile;
import alphadistill.cli.config.RunConfig;
import alphadistill.cli.config.UsageException;
import alphadistill.cli.record.RunRecord;
import alphadistill.cli.run.Progress;
import alphadistill.data.DataException;
import alphadistill.data.panel.Panel;
import alphadistill.engine.device.ComputeDevice;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.student.fold.FoldPlan;
import alphadistill.student.fold.Span;
import alphadistill.student.forecast.FoldScores;
import alphadistill.student.learn.AlphaStudent;
import alphadistill.student.learn.Variant;
import alphadistill.student.study.MarketData;
import alphadistill.student.study.Study;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PredictorTest {
  @TempDir
  Path folder;

  private ConfigFile config(String... set) {
    return ConfigFile.ofDefaults(
            RunConfig.class.getResourceAsStream("/alphadistill/cli/defaults.yaml"))
        .set(List.of(
            "out=" + folder,
            "name=run",
            "data.simulated.assets=24",
            "data.simulated.days=330",
            "data.minimumAssets=10",
            "folds.train=160",
            "folds.validation=30",
            "folds.test=75",
            "folds.stride=5",
            "student.width=8",
            "student.depth=1",
            "training.seeds=[1, 2]",
            "training.epochs=2",
            "training.batch=64"))
        .set(List.of(set));
  }

  private Predictor finished(ConfigFile file) throws Exception {
    new DistillRun(file, ComputeDevice.cpu(), Progress.silent()).run();
    RunConfig config = file.as(RunConfig.class);
    return new Predictor(
        RunRecord.of(folder.resolve("run"), folder),
        config.study(),
        config.evaluation(),
        ComputeDevice.cpu());
  }

  @ParameterizedTest
  @CsvSource({
    "fama_macbeth, residual, quantile_long_short",
    "fama_macbeth, total, signal_weighted",
    "time_series, buckets, top_k_dropout"
  })
  void aDayIsForecastFromItsPastWithTheBitsOfTheBacktest(
      String teacher, String objective, String weights) throws Exception {
    ConfigFile file = config(
        "teacher.type=" + teacher,
        "teacher.window=" + (teacher.equals("time_series") ? 60 : 0),
        "objective.kind=" + objective,
        "backtest.weights=" + weights,
        "backtest.topK=6",
        "backtest.drop=2");
    Predictor predictor = finished(file);
    RunConfig config = file.as(RunConfig.class);
    MarketData market = ObservedMarket.read(config.data()).data();
    Study study = Study.of(market, config.study());
    List<FoldPlan.Fold> folds = study.folds();
    assertThat(folds).hasSize(2);
    List<Integer> days = List.of(
        folds.get(0).test().first(),
        folds.get(0).test().first() + 33,
        folds.get(1).test().first(),
        folds.get(1).test().last());
    for (StudyModel model : StudyModel.of(study)) {
      List<Panel> backtest = scores(model, study, folds);
      DatedTargets targets = Evaluation.targets(
          new ModelScores(model.name(), backtest), market.prices(), config.evaluation());
      for (int day : days) {
        LocalDate date = study.dates().get(day);

        Prediction prediction = predictor.at(date, market.upTo(day), model.name());

        for (int seed = 0; seed < model.seeds().size(); seed++) {
          float[] then =
              backtest.get(seed).crossSection(0, day - folds.get(0).test().first());
          for (int asset = 0; asset < then.length; asset++) {
            assertThat(Float.floatToIntBits((float) prediction.bySeed().get(seed)[asset]))
                .as("%s of asset %d on %s", model.name(), asset, date)
                .isEqualTo(Float.floatToIntBits(then[asset]));
          }
        }
        assertThat(held(prediction)).as(model.name() + " " + date).isEqualTo(targets.on(date));
        assertThat(prediction.notes()).isEmpty();
      }
    }
  }

  private List<Panel> scores(StudyModel model, Study study, List<FoldPlan.Fold> folds) {
    List<Panel> seeds = new ArrayList<>();
    for (long seed : model.seeds()) {
      seeds.add(FoldScores.joined(folds.stream()
          .map(fold -> ScoreFile.read(
              folder
                  .resolve("run/units")
                  .resolve(model.unit(fold, seed))
                  .resolve("scores.safetensors"),
              study,
              fold))
          .toList()));
    }
    return seeds;
  }

  private static Map<String, Double> held(Prediction prediction) {
    Map<String, Double> held = new java.util.LinkedHashMap<>();
    for (int asset = 0; asset < prediction.assets().size(); asset++) {
      if (prediction.target()[asset] != 0) {
        held.put(prediction.assets().get(asset), prediction.target()[asset]);
      }
    }
    return held;
  }

  @Test
  void afterTheLastTestDayTheLastFoldsModelSpeaksAndSaysSo() throws Exception {
    ConfigFile file = config("training.seeds=[1]");
    finished(file);
    RunConfig config = file.as(RunConfig.class);
    MarketData market = ObservedMarket.read(config.data()).data();
    Study study = Study.of(market, config.study());
    FoldPlan.Fold fold = study.folds().get(0);
    // As if the data had ended with the first fold when the run was made.
    Path metrics = folder.resolve("run/metrics.json");
    Files.writeString(
        metrics,
        Files.readString(metrics)
            .replaceFirst("\"folds\" : 2", "\"folds\" : 1")
            .replaceFirst(
                "\"lastTestDay\" : \"[0-9-]+\"",
                "\"lastTestDay\" : \"%s\""
                    .formatted(study.dates().get(fold.test().last()))));
    Predictor predictor = new Predictor(
        RunRecord.of(folder.resolve("run"), folder),
        config.study(),
        config.evaluation(),
        ComputeDevice.cpu());
    int day = fold.test().last() + 3;

    Prediction prediction =
        predictor.at(study.dates().get(day), market.upTo(day), "undistilled student");

    FoldPlan.Fold later = new FoldPlan.Fold(0, fold.train(), fold.validation(), new Span(day, day));
    AlphaStudent student = AlphaStudent.load(
        folder.resolve("run/units/f00-undistilled-s1/model.safetensors"),
        study,
        Variant.UNDISTILLED,
        new CpuKernels(1));
    float[] expected = FoldScores.of(study, later, student).scores().crossSection(0, 0);
    for (int asset = 0; asset < expected.length; asset++) {
      assertThat(Float.floatToIntBits((float) prediction.score()[asset]))
          .isEqualTo(Float.floatToIntBits(expected[asset]));
    }
    assertThat(prediction.notes())
        .singleElement()
        .asString()
        .contains("after the run's last test day", "last fold");
  }

  @Test
  void whatCannotBeForecastIsRefusedInWords() throws Exception {
    ConfigFile file = config("training.seeds=[1]");
    Predictor predictor = finished(file);
    MarketData market = ObservedMarket.read(file.as(RunConfig.class).data()).data();
    LocalDate last = market.prices().dates().get(329);

    assertThatThrownBy(() -> predictor.at(last.plusDays(1), market, "ridge"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the data end on " + last);
    assertThatThrownBy(() -> predictor.at(market.prices().dates().get(50), market, "ridge"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("before the first test day");
    assertThatThrownBy(() -> predictor.at(last, market, "rigde"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("it has distilled student");
    Path model = folder.resolve("run/units/f01-distilled-s1/model.safetensors");
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length - 1] ^= 4;
    Files.write(model, bytes);
    assertThatThrownBy(() -> predictor.at(last, market, "distilled student"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("model.safetensors: this file of a finished unit is damaged");
  }

  @Test
  void saysWhenTheRunHadOtherScores() throws Exception {
    ConfigFile file = config("training.seeds=[1]");
    Predictor predictor = finished(file);
    MarketData market = ObservedMarket.read(file.as(RunConfig.class).data()).data();
    Panel own = market.characteristics().orElseThrow();
    Panel.Builder revised = Panel.builder(own.dates(), own.assets());
    for (int field = 0; field < own.fields().size(); field++) {
      float[] values = new float[own.days() * own.assetCount()];
      for (int cell = 0; cell < values.length; cell++) {
        float value = own.value(field, cell / own.assetCount(), cell % own.assetCount());
        values[cell] = cell == values.length - 5 ? value + 1 : value;
      }
      revised.field(own.fields().get(field), values);
    }
    MarketData other = new MarketData(
        market.prices(),
        java.util.Optional.of(revised.build()),
        market.factors(),
        market.universe());

    assertThat(predictor
            .at(market.prices().dates().get(329), other, "distilled student")
            .notes())
        .singleElement()
        .asString()
        .contains("not the run's own scores");
  }
}
