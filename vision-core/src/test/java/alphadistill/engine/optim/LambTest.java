package alphadistill.engine.optim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import alphadistill.augment.Draws;
import alphadistill.engine.Parameter;
import alphadistill.engine.kernels.CpuKernels;
import alphadistill.engine.kernels.Kernels;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

class LambTest {
  private final Kernels kernels = new CpuKernels(1);

  @Test
  void goesOnFromItsStateWithTheSameBits() {
    List<Parameter> whole = parameters();
    run(new Lamb(kernels, whole, Lamb.Spec.withDecay(0.05)), whole, 0, 5);

    List<Parameter> parts = parameters();
    Lamb first = new Lamb(kernels, parts, Lamb.Spec.withDecay(0.05));
    run(first, parts, 0, 3);
    Lamb second = new Lamb(kernels, parts, Lamb.Spec.withDecay(0.05));
    second.state().forEach((name, array) -> array.assign(first.state().get(name)));
    second.resumeAt(first.steps());
    run(second, parts, 3, 5);

    for (int i = 0; i < whole.size(); i++) {
      assertThat(parts.get(i).value()).isEqualTo(whole.get(i).value());
    }
    assertThat(second.steps()).isEqualTo(5);
  }

  @Test
  void withoutDecayNoStepIsStretched() {
    List<Parameter> parameters = parameters();
    Lamb lamb = new Lamb(kernels, parameters, Lamb.Spec.withDecay(0));
    run(lamb, parameters, 0, 1);
    assertThat(lamb.trustRatios()).containsEntry("weight", 1.0).containsEntry("dist_token", 1.0);
    Lamb decaying = new Lamb(kernels, parameters, Lamb.Spec.withDecay(0.05));
    run(decaying, parameters, 0, 1);
    assertThat(decaying.trustRatios().get("weight")).isNotEqualTo(1.0);
  }

  @Test
  void refusesNonsense() {
    assertThatThrownBy(() -> new Lamb.Spec(0.05, 1, 0.999, 1e-8, 1))
        .hasMessageContaining("betas in [0, 1)");
    assertThatThrownBy(() -> new Lamb.Spec(0.05, 0.9, 0.999, 1e-8, Double.NaN))
        .hasMessageContaining("largestNorm");
  }

  @Test
  void theRuleChangesTheDistillationTokenOnly() {
    List<Parameter> parameters = parameters();
    assertThat(DecayRule.REFERENCE.mark(parameters))
        .extracting(Parameter::decayed)
        .containsExactly(true, false, true);
    assertThat(DecayRule.SPARES_DISTILLATION_TOKEN.mark(parameters))
        .extracting(Parameter::decayed)
        .containsExactly(true, false, false);
    assertThat(DecayRule.SPARES_DISTILLATION_TOKEN.mark(parameters).get(2).value())
        .isSameAs(parameters.get(2).value());
  }

  private List<Parameter> parameters() {
    Draws draws = Draws.of(5, "parameters");
    return List.of(
        parameter(draws, "weight", true, 3, 4),
        parameter(draws, "bias", false, 7),
        parameter(draws, "dist_token", true, 1, 1, 5));
  }

  private Parameter parameter(Draws draws, String name, boolean decayed, long... shape) {
    INDArray value = kernels.allocate(shape);
    value.assign(normal(draws, value));
    return new Parameter(name, value, kernels.allocate(shape), decayed);
  }

  private static void run(Lamb lamb, List<Parameter> parameters, int from, int to) {
    for (int step = from; step < to; step++) {
      for (Parameter p : parameters) {
        p.gradient().assign(normal(Draws.of(6, p.name(), step), p.value()));
      }
      lamb.step(0.01);
    }
  }

  private static INDArray normal(Draws draws, INDArray like) {
    float[] values = new float[(int) like.length()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) draws.normal();
    }
    return Nd4j.createFromArray(values).reshape('c', like.shape());
  }
}
