package alphadistill.engine.train;

import java.nio.file.Path;

/**
 * Where a training leaves its state, and how often. Started again with the same network, task and recipe, it goes on from
 * there and ends with the same bits as without the stop.
 *
 * @param folder of {@code state.json} and the tensors it names; made when absent
 * @param everySteps steps between checkpoints, at least 1; there is one at the end of each epoch besides
 */
public record Checkpoints(Path folder, int everySteps) {
  public Checkpoints {
    if (everySteps < 1) {
      throw new IllegalArgumentException(
          "steps between checkpoints must be at least 1, were " + everySteps);
    }
  }
}
