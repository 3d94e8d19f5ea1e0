package alphadistill.augment.image;

import alphadistill.augment.Draws;

/** Changes one picture; the result depends on the picture and the draws alone. */
@FunctionalInterface
public interface ImageTransform {
  /** @param image left unchanged */
  Image apply(Image image, Draws draws);

  /** This one first, then the other. */
  default ImageTransform then(ImageTransform next) {
    return (image, draws) -> next.apply(apply(image, draws), draws);
  }
}
