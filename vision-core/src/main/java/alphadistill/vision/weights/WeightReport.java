package alphadistill.vision.weights;

import java.util.List;

/**
 * How the tensors of a file met those of a DeiT, under timm's names. A file of another architecture is refused, so what
 * is listed here concerns heads, positions and tensors that no DeiT has.
 *
 * @param missing heads that the file does not have; they keep their initial values
 * @param unexpected tensors of the file that were not read
 * @param dropped heads of another number of classes; the network's keep their initial values
 * @param resized positions that were fitted to another picture size
 */
public record WeightReport(
    List<String> missing, List<String> unexpected, List<String> dropped, List<String> resized) {

  public WeightReport {
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    dropped = List.copyOf(dropped);
    resized = List.copyOf(resized);
  }

  /** Whether every tensor of network and file met its like. */
  public boolean complete() {
    return missing.isEmpty() && unexpected.isEmpty() && dropped.isEmpty() && resized.isEmpty();
  }
}
