package alphadistill.vision.weights;

import alphadistill.engine.Parameter;
import alphadistill.engine.checkpoint.CheckpointException;
import alphadistill.engine.checkpoint.SafeTensors;
import alphadistill.engine.checkpoint.TensorSource;
import alphadistill.engine.kernels.Kernels;
import alphadistill.vision.deit.Deit;
import alphadistill.vision.deit.DeitSpec;
import alphadistill.vision.deit.PositionResize;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Weights of DeiT and DeiT III in files of other programs and of this one.
 *
 * <pre>{@code
 * Deit deit = DeitWeights.read(SafeTensors.read(file), kernels);              // as the file has it
 *
 * Deit mine = Deit.create(kernels, DeitPreset.SMALL.spec().at(384).withClasses(10), 1);
 * WeightReport report = DeitWeights.load(TorchFile.read(other), mine, PositionResize.PLAIN_BICUBIC);
 *
 * DeitWeights.write(file, deit, Naming.TIMM, Map.of());
 * }</pre>
 */
public final class DeitWeights {
  private DeitWeights() {}

  /**
   * The architecture that a file's tensors have.
   *
   * @throws CheckpointException if they have none
   */
  public static DeitSpec architecture(TensorSource source) {
    return ArchitectureReader.read(new TimmTensors(source));
  }

  /**
   * A network as a file has it.
   *
   * @throws CheckpointException if the file holds no whole DeiT
   */
  public static Deit read(TensorSource source, Kernels kernels) {
    Deit deit = Deit.empty(kernels, architecture(source));
    WeightReport report = load(source, deit, PositionResize.PLAIN_BICUBIC);
    if (!report.missing().isEmpty()) { // a head without values would answer nonsense
      throw new CheckpointException(
          "%s has no %s".formatted(source.origin(), String.join(", ", report.missing())));
    }
    return deit;
  }

  /**
   * Sets the values of a network. Heads for another number of classes are left as they are, positions of another
   * picture size are fitted.
   *
   * @throws CheckpointException if the weights are of another architecture; lists what is missing, what is unexpected,
   *     and what has another shape; the network is unchanged then
   */
  public static WeightReport load(TensorSource source, Deit deit, PositionResize resize) {
    TimmTensors file = new TimmTensors(source);
    Map<String, long[]> wanted = deit.spec().tensors();
    Meeting meeting = new Meeting(file, wanted, deit.spec());
    meeting.requireSameArchitecture();
    for (Parameter p : deit.parameters()) {
      if (meeting.report.missing().contains(p.name())
          || meeting.report.dropped().contains(p.name())) {
        continue;
      }
      INDArray value = file.array(p.name(), p.value().dataType());
      p.value()
          .assign(
              meeting.report.resized().contains(p.name())
                  ? fit(value, deit.spec(), resize)
                  : value);
    }
    return meeting.report;
  }

  private static INDArray fit(INDArray positions, DeitSpec spec, PositionResize resize) {
    int special = spec.positionedSpecialTokens();
    int grid = ArchitectureReader.side(positions.size(1) - special);
    return resize.resize(positions, special, grid, grid, spec.grid(), spec.grid());
  }

  /** Which tensors of a file and of a network belong together. */
  private static final class Meeting {
    private static final int SHOWN = 12;

    private final TimmTensors file;
    private final Map<String, List<String>> refused = new LinkedHashMap<>();
    private final WeightReport report;

    Meeting(TimmTensors file, Map<String, long[]> wanted, DeitSpec spec) {
      this.file = file;
      List<String> missing = new ArrayList<>();
      List<String> unexpected = new ArrayList<>();
      List<String> dropped = new ArrayList<>();
      List<String> resized = new ArrayList<>();
      wanted.forEach((name, shape) -> {
        if (!file.has(name)) {
          (isHead(name) ? missing : refused("missing")).add(name);
        } else if (!Arrays.equals(file.shape(name), shape)) {
          if (isHead(name) && sameInputs(file.shape(name), shape)) {
            dropped.add(name);
          } else if (name.equals("pos_embed") && fits(file.shape(name), shape, spec)) {
            resized.add(name);
          } else {
            refused("of another shape")
                .add("%s %s, wanted %s"
                    .formatted(name, Arrays.toString(file.shape(name)), Arrays.toString(shape)));
          }
        }
      });
      for (String name : file.names()) {
        if (!wanted.containsKey(name)) {
          (belongsToABody(name) ? refused("unexpected") : unexpected).add(name);
        }
      }
      this.report = new WeightReport(missing, unexpected, dropped, resized);
    }

    private List<String> refused(String why) {
      return refused.computeIfAbsent(why, k -> new ArrayList<>());
    }

    private static boolean isHead(String name) {
      return name.startsWith("head.") || name.startsWith("head_dist.");
    }

    private static boolean sameInputs(long[] a, long[] b) {
      return a.length == b.length && Arrays.equals(a, 1, a.length, b, 1, b.length);
    }

    private static boolean fits(long[] from, long[] to, DeitSpec spec) {
      return from.length == 3
          && from[0] == 1
          && from[2] == to[2]
          && ArchitectureReader.side(from[1] - spec.positionedSpecialTokens()) > 0;
    }

    /** A network that has this tensor computes something else without it. */
    private static boolean belongsToABody(String name) {
      return !isHead(name) && !name.startsWith("pooler.");
    }

    void requireSameArchitecture() {
      if (refused.isEmpty()) {
        return;
      }
      StringBuilder lists = new StringBuilder();
      for (Map.Entry<String, List<String>> list : refused.entrySet()) {
        List<String> names = list.getValue();
        lists
            .append(lists.isEmpty() ? "" : "; ")
            .append("%d %s: ".formatted(names.size(), list.getKey()))
            .append(String.join(", ", names.subList(0, Math.min(SHOWN, names.size()))))
            .append(names.size() > SHOWN ? ", ..." : "");
      }
      throw new CheckpointException(
          "%s holds weights of another architecture: %s".formatted(file.origin(), lists));
    }
  }

  /**
   * Writes a network's weights as safetensors.
   *
   * @param metadata words to keep in the file beside what shapes do not tell
   */
  public static void write(Path file, Deit deit, Naming naming, Map<String, String> metadata) {
    Map<String, INDArray> values = new LinkedHashMap<>();
    deit.parameters().forEach(p -> values.put(p.name(), p.value()));
    write(file, deit.spec(), values, naming, metadata);
  }

  /**
   * Writes values that a network may have, such as its running average.
   *
   * @param values by timm's name, every tensor of the architecture
   */
  public static void write(
      Path file,
      DeitSpec spec,
      Map<String, INDArray> values,
      Naming naming,
      Map<String, String> metadata) {
    Map<String, INDArray> ordered = new LinkedHashMap<>();
    for (String name : spec.tensors().keySet()) {
      if (!values.containsKey(name)) {
        throw new IllegalArgumentException("there is no value for '%s'".formatted(name));
      }
      ordered.put(name, values.get(name));
    }
    Map<String, String> words = new TreeMap<>(metadata);
    words.put("format", "pt"); // Hugging Face reads no file without it
    words.put(ArchitectureReader.HEADS, "" + spec.heads());
    words.put(ArchitectureReader.NORM_EPSILON, "" + spec.normEpsilon());
    SafeTensors.write(file, naming.rename(spec, ordered), words);
  }
}
