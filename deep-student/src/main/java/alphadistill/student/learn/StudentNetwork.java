package alphadistill.student.learn;

import alphadistill.engine.kernels.Kernels;
import alphadistill.engine.layer.BodySpec;
import alphadistill.engine.layer.DistilledTransformer;
import alphadistill.engine.layer.WindowEmbedding;
import alphadistill.student.study.Study;
import alphadistill.student.study.StudySpec;

/**
 * The engine's body with window tokens.
 *
 * @param kernels that both share
 * @param network with fresh weights
 * @param tokens that cut windows for it
 */
record StudentNetwork(Kernels kernels, DistilledTransformer network, Tokens tokens) {

  static StudentNetwork of(Kernels kernels, Study study, boolean distilled, long seed) {
    StudySpec spec = study.spec();
    Tokens tokens = new Tokens(kernels, spec.window(), study.schema().features());
    DistilledTransformer network = new DistilledTransformer(
        kernels,
        body(spec, distilled),
        WindowEmbedding.of(tokens.patches(), tokens.features()),
        seed);
    return new StudentNetwork(kernels, network, tokens);
  }

  static BodySpec body(StudySpec spec, boolean distilled) {
    return BodySpec.deit(
        spec.student().width(),
        spec.student().depth(),
        spec.student().heads(),
        spec.objective().outputs(),
        distilled,
        spec.student().dropPath());
  }
}
