package alphadistill.vision.inspect;

import alphadistill.augment.image.Image;
import alphadistill.engine.layer.LayerTokens;
import alphadistill.vision.deit.DeitSpec;
import java.util.ArrayList;
import java.util.List;

/**
 * What the class token, and below it the distillation token, look at in one picture: the picture, then attention in each
 * block laid over it, last attention through all of them.
 */
public final class AttentionSheet {
  private AttentionSheet() {}

  /**
   * Draws the sheet.
   *
   * @param layers of a pass over pictures
   * @param spec of the network that made it
   * @param sample place of the picture in the pass
   * @param picture as the network saw it, before its normalisation
   * @param scale times it is enlarged
   */
  public static Image of(LayerTokens layers, DeitSpec spec, int sample, Image picture, int scale) {
    AttentionMaps maps =
        new AttentionMaps(layers.attention(), spec.specialTokens(), spec.grid(), spec.grid());
    List<List<Image>> rows = new ArrayList<>();
    for (int token = 0; token < spec.specialTokens(); token++) {
      List<Image> row = new ArrayList<>();
      row.add(Drawing.enlarged(picture, scale));
      for (int block = 0; block < maps.blocks(); block++) {
        row.add(Drawing.overlay(picture, maps.block(block, sample, token), scale));
      }
      row.add(Drawing.overlay(picture, maps.rollout(sample, token), scale));
      rows.add(row);
    }
    return Drawing.tiled(rows, 2 * scale);
  }
}
