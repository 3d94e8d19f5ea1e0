package alphadistill.vision.deit;

import alphadistill.engine.Heads;
import alphadistill.engine.kernels.Softmax;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.ops.transforms.Transforms;

/** How the answers of the two heads become one in evaluation; with one head, what that head says. */
public enum HeadCombination {
  /** Arithmetic mean of the logits: what DeiT's code does. */
  MEAN_OF_LOGITS {
    @Override
    INDArray both(INDArray classLogits, INDArray distLogits) {
      return classLogits.add(distLogits).divi(2);
    }
  },
  /**
   * Log of the mean of the two heads' probabilities: ranks classes by the sum of softmaxes, as the paper's text has it,
   * and is a log probability like the others' log softmax.
   */
  SUM_OF_SOFTMAX {
    @Override
    INDArray both(INDArray classLogits, INDArray distLogits) {
      INDArray sum = Transforms.exp(Softmax.log(classLogits), false)
          .addi(Transforms.exp(Softmax.log(distLogits), false));
      return Transforms.log(sum.divi(2), false);
    }

    @Override
    INDArray one(INDArray classLogits) {
      return Softmax.log(classLogits);
    }
  },
  /** The class token's head alone. */
  CLASS_HEAD {
    @Override
    INDArray both(INDArray classLogits, INDArray distLogits) {
      return classLogits;
    }
  },
  /** The distillation token's head alone; the class head's where there is no other. */
  DISTILLATION_HEAD {
    @Override
    INDArray both(INDArray classLogits, INDArray distLogits) {
      return distLogits;
    }
  };

  /** One answer (N, C) for each sample. */
  public INDArray of(Heads heads) {
    return heads.distilled()
        ? both(heads.classOutput(), heads.distOutput())
        : one(heads.classOutput());
  }

  abstract INDArray both(INDArray classLogits, INDArray distLogits);

  INDArray one(INDArray classLogits) {
    return classLogits;
  }
}
