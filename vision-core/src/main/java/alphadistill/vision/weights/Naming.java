package alphadistill.vision.weights;

import alphadistill.vision.deit.DeitSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/** How a file names the tensors of a DeiT (vision.md section 1). Reading knows all of them; writing is told which. */
public enum Naming {
  /** As DeiT's repository publishes and this program's networks have them. */
  TIMM {
    @Override
    Map<String, INDArray> rename(DeitSpec spec, Map<String, INDArray> tensors) {
      return tensors;
    }
  },
  /** As timm today, which calls LayerScale's gains {@code ls1.gamma} and {@code ls2.gamma}. */
  TIMM_LAYER_SCALE {
    @Override
    Map<String, INDArray> rename(DeitSpec spec, Map<String, INDArray> tensors) {
      Map<String, INDArray> renamed = new LinkedHashMap<>();
      tensors.forEach((name, value) -> renamed.put(TensorNames.layerScale(name), value));
      return renamed;
    }
  },
  /** As Hugging Face's classes for DeiT with its two heads, and for a plain DeiT as those for ViT. */
  HUGGING_FACE {
    @Override
    Map<String, INDArray> rename(DeitSpec spec, Map<String, INDArray> tensors) {
      if (spec.family() == DeitSpec.Family.DEIT3) {
        throw new IllegalArgumentException(
            "Hugging Face's DeiT has no LayerScale: write DeiT III under timm's names");
      }
      boolean distilled = spec.family() == DeitSpec.Family.DISTILLED;
      Map<String, INDArray> renamed = new LinkedHashMap<>();
      tensors.forEach((name, value) -> {
        if (!name.contains(".attn.qkv.")) {
          renamed.put(TensorNames.huggingFace(name, distilled), value);
          return;
        }
        List<String> parts = TensorNames.attentionParts(name);
        long[] shape = value.shape().clone();
        shape[0] /= parts.size();
        INDArray thirds = value.reshape('c', parts.size(), value.length() / parts.size());
        for (int which = 0; which < parts.size(); which++) {
          INDArray part = thirds.getRow(which).dup('c').reshape('c', shape);
          renamed.put(TensorNames.huggingFace(parts.get(which), distilled), part);
        }
      });
      return renamed;
    }
  };

  /** The same values under this naming's names. */
  abstract Map<String, INDArray> rename(DeitSpec spec, Map<String, INDArray> tensors);
}
