package alphadistill.engine.layer;

import alphadistill.engine.kernels.Kernels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Arrays of a training step, handed out in the order asked for and taken back all at once. The next step asks for the
 * same shapes in the same order and gets the same arrays, so after warm-up nothing is allocated: fresh memory costs
 * more than the arithmetic on it (engine.md).
 *
 * <pre>{@code
 * int mark = scratch.mark();
 * INDArray y = scratch.take(rows, channels);   // contents undefined
 * scratch.release(mark);                       // y may be handed out again
 * }</pre>
 */
public final class Scratch {
  private final Kernels kernels;
  private final List<Slot> slots = new ArrayList<>();
  private int next;
  private long allocated;

  public Scratch(Kernels kernels) {
    this.kernels = kernels;
  }

  /** An array of undefined contents, valid until the mark taken before it is released. */
  public INDArray take(long... shape) {
    if (next == slots.size()) {
      slots.add(new Slot());
    }
    return slots.get(next++).as(shape);
  }

  /** The current position, for {@link #release}. */
  public int mark() {
    return next;
  }

  /** Takes back every array handed out since the mark. */
  public void release(int mark) {
    if (mark > next) {
      throw new IllegalStateException(
          "released to position %d, but only %d arrays are out: a backward pass was run twice, or out of order"
              .formatted(mark, next));
    }
    next = mark;
  }

  /** Elements of all arrays; constant after warm-up. */
  public long allocatedElements() {
    return allocated;
  }

  /** One array that grows to the largest shape asked of it, with a view for each shape. */
  private final class Slot {
    private INDArray buffer;
    private final List<View> views = new ArrayList<>();

    INDArray as(long[] shape) {
      for (View view : views) {
        if (Arrays.equals(view.shape(), shape)) {
          return view.array();
        }
      }
      long length = Arrays.stream(shape).reduce(1, Math::multiplyExact);
      if (buffer == null || length > buffer.length()) {
        allocated += length - (buffer == null ? 0 : buffer.length());
        buffer = kernels.allocate(length);
        views.clear();
      }
      INDArray part =
          length == buffer.length() ? buffer : buffer.get(NDArrayIndex.interval(0, length));
      views.add(new View(shape.clone(), part.reshape('c', shape)));
      return views.get(views.size() - 1).array();
    }
  }

  private record View(long[] shape, INDArray array) {}
}
