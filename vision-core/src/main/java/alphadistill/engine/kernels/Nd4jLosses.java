package alphadistill.engine.kernels;

import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.shape.OneHot;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/** The plain truth: formulas as they are written, in ND4J operations, in float32 or double. */
final class Nd4jLosses implements Losses {

  @Override
  public double squared(INDArray output, INDArray target, Gradient gradient) {
    INDArray gap = output.sub(target);
    write(gap.mul(2.0 / gap.length()), gradient);
    return sum(gap.mul(gap)) / gap.length();
  }

  @Override
  public double huber(INDArray output, INDArray target, double delta, Gradient gradient) {
    INDArray gap = output.sub(target);
    INDArray inner = Transforms.max(Transforms.min(gap, delta), -delta); // cut to [-delta, delta]
    write(inner.mul(2.0 / gap.length()), gradient);
    // gap^2 inside; delta * (2 |gap| - delta) outside: both are inner * (2 gap - inner)
    return sum(inner.mul(gap.mul(2).subi(inner))) / gap.length();
  }

  @Override
  public double crossEntropy(INDArray output, INDArray target, Gradient gradient) {
    INDArray logs = Softmax.log(output);
    double n = output.size(0);
    INDArray share = target.sum(true, 1); // one, unless the target is not a distribution
    write(Transforms.exp(logs, true).muliColumnVector(share).subi(target).divi(n), gradient);
    return -sum(logs.mul(target)) / n;
  }

  @Override
  public double hardCrossEntropy(INDArray output, INDArray answer, Gradient gradient) {
    INDArray target = Nd4j.create(answer.dataType(), answer.shape());
    Nd4j.exec(new OneHot(Nd4j.argMax(answer, 1), target, (int) answer.size(1), 1, 1, 0));
    return crossEntropy(output, target, gradient);
  }

  @Override
  public double binaryCrossEntropy(INDArray output, INDArray target, Gradient gradient) {
    // log(1 + e^x) = max(x, 0) + log(1 + e^-|x|)
    INDArray soft = Transforms.max(output, 0.0)
        .add(Transforms.log(Transforms.exp(Transforms.abs(output).neg()).add(1)));
    write(Transforms.sigmoid(output).sub(target).div(output.length()), gradient);
    return sum(soft.sub(output.mul(target))) / output.length();
  }

  @Override
  public double divergence(
      INDArray output, INDArray answer, double temperature, double divisor, Gradient gradient) {
    INDArray student = Softmax.log(output.div(temperature));
    INDArray teacher = Softmax.log(answer.div(temperature));
    INDArray p = Transforms.exp(teacher, true);
    double tau = temperature; // tau^2 of the loss, over tau of the inner derivative
    write(Transforms.exp(student, true).sub(p).mul(tau / divisor), gradient);
    return tau * tau * sum(p.mul(teacher.sub(student))) / divisor;
  }

  private static void write(INDArray derivative, Gradient gradient) {
    INDArray part = derivative.mul(gradient.factor());
    if (gradient.added()) {
      gradient.array().addi(part);
    } else {
      gradient.array().assign(part);
    }
  }

  /** In double, whatever the array's type. */
  private static double sum(INDArray x) {
    return HostCopy.number(x.castTo(DataType.DOUBLE).sum());
  }
}
