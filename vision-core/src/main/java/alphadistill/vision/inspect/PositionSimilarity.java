package alphadistill.vision.inspect;

import alphadistill.augment.image.Image;
import alphadistill.engine.kernels.HostCopy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * How alike the learned positions of patches are: a network that has learned where patches lie has positions that are
 * like those of their row, their column and their neighbours.
 */
public final class PositionSimilarity {
  private final List<PatchMap> maps;
  private final int columns;

  /**
   * @param positions (1, T, D), those of special tokens first
   * @param specialTokens that have a position
   * @param rows of patches
   * @param columns of patches
   */
  public PositionSimilarity(INDArray positions, int specialTokens, int rows, int columns) {
    int patches = rows * columns;
    if (positions.rank() != 3
        || positions.size(0) != 1
        || positions.size(1) != specialTokens + patches) {
      throw new IllegalArgumentException(
          "positions of %d special tokens and %d x %d patches have the shape (1, %d, D), had %s"
              .formatted(
                  specialTokens,
                  rows,
                  columns,
                  specialTokens + patches,
                  Arrays.toString(positions.shape())));
    }
    double[][] vectors =
        HostCopy.rows(positions.reshape('c', positions.size(1), positions.size(2)));
    List<PatchMap> all = new ArrayList<>();
    for (int p = 0; p < patches; p++) {
      double[] cosines = new double[patches];
      for (int q = 0; q < patches; q++) {
        cosines[q] = TokenCosine.cosine(vectors[specialTokens + p], vectors[specialTokens + q]);
      }
      all.add(new PatchMap(rows, columns, cosines));
    }
    this.maps = List.copyOf(all);
    this.columns = columns;
  }

  /** Cosine of one patch's position with that of every patch, in [-1, 1]. */
  public PatchMap of(int patch) {
    return maps.get(patch);
  }

  /**
   * All maps, each at the place of its patch, dark for -1 and bright for 1.
   *
   * @param scale pixels of a patch's side in its map
   */
  public Image picture(int scale) {
    List<List<Image>> tiles = new ArrayList<>();
    for (int p = 0; p < maps.size(); p += columns) {
      tiles.add(maps.subList(p, p + columns).stream()
          .map(map -> Drawing.cells(map, -1, 1, scale))
          .toList());
    }
    return Drawing.tiled(tiles, scale);
  }
}
