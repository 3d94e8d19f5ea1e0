package alphadistill.cli.vision;

import alphadistill.engine.kernels.Kernels;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitSpec;
import alphadistill.vision.deit.PositionResize;
import alphadistill.vision.recipe.Distilling;
import alphadistill.vision.weights.DeitWeights;

/** The network that a training begins with. */
final class StartingNetwork {
  private StartingNetwork() {}

  static DeitSpec spec(VisionConfig config, Distilling.Kind variant, int classes) {
    VisionConfig.Model model = config.model();
    DeitSpec.Family family =
        switch (model.design()) {
          case DEIT3 -> DeitSpec.Family.DEIT3;
          case DEIT ->
            variant == Distilling.Kind.NONE ? DeitSpec.Family.PLAIN : DeitSpec.Family.DISTILLED;
        };
    return new DeitSpec(
        family,
        config.training().pictures().size(),
        model.patch(),
        model.width(),
        model.depth(),
        model.heads(),
        classes,
        config.training().dropPath(),
        config.training().normEpsilon());
  }

  /**
   * A network with the reference's initial values, or with those of a file: positions of another picture size are fitted
   * as DeiT's fine-tuning does, a head of another number of classes begins anew.
   *
   * @throws alphadistill.engine.checkpoint.CheckpointException if the file holds another architecture
   */
  static Deit of(
      VisionConfig config, Distilling.Kind variant, int classes, long seed, Kernels kernels) {
    Deit network = Deit.create(kernels, spec(config, variant, classes), seed);
    if (config.model().start() != null) {
      DeitWeights.load(
          WeightsFile.open(config.model().start()), network, PositionResize.PLAIN_BICUBIC);
    }
    return network;
  }
}
