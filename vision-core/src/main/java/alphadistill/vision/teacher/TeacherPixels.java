package alphadistill.vision.teacher;

import alphadistill.augment.image.ImageBatch;
import alphadistill.augment.image.Normalisation;
import alphadistill.vision.cnn.PixelConvention;

/**
 * Reads a student's pixels as a teacher wants them: the student's normalisation undone and the teacher's applied, in one
 * step a value. A grey teacher gets the luminance {@code 0.299 R + 0.587 G + 0.114 B}, as Pillow's conversion to grey but
 * without rounding.
 */
final class TeacherPixels {
  private static final double[] LUMINANCE = {0.299, 0.587, 0.114};

  /** Which of a pixel's neighbours in memory is next: its other channels, or the same channel of the next pixel. */
  enum Layout {
    CHANNEL_FIRST,
    CHANNEL_LAST
  }

  private final PixelConvention wanted;
  private final Layout layout;

  TeacherPixels(PixelConvention wanted, Layout layout) {
    this.wanted = wanted;
    this.layout = layout;
  }

  int channels() {
    return wanted.channels();
  }

  /** Pixels of {@code count} samples from {@code first} on: (count, C, H, W) or (count, H, W, C). */
  float[] of(ImageBatch batch, int first, int count) {
    int plane = batch.height() * batch.width();
    int channels = wanted.channels();
    float[] result = new float[Math.multiplyExact(count, channels * plane)];
    int step = layout == Layout.CHANNEL_LAST ? channels : 1;
    for (int n = 0; n < count; n++) {
      int from = (first + n) * 3 * plane;
      int to = n * channels * plane;
      for (int c = 0; c < channels; c++) {
        int start = to + (layout == Layout.CHANNEL_LAST ? c : c * plane);
        if (channels == 1) {
          grey(batch, from, plane, result, start);
        } else {
          colour(batch, from + c * plane, plane, c, result, start, step);
        }
      }
    }
    return result;
  }

  private void colour(
      ImageBatch batch, int from, int plane, int channel, float[] result, int start, int step) {
    Normalisation student = batch.normalisation();
    double scale = wanted.white() / wanted.deviation()[channel];
    float factor = (float) (student.deviation()[channel] * scale);
    float shift = (float)
        (student.mean()[channel] * scale - wanted.mean()[channel] / wanted.deviation()[channel]);
    float[] pixels = batch.pixels();
    for (int i = 0, at = start; i < plane; i++, at += step) {
      result[at] = pixels[from + i] * factor + shift;
    }
  }

  private void grey(ImageBatch batch, int from, int plane, float[] result, int start) {
    Normalisation student = batch.normalisation();
    double scale = wanted.white() / wanted.deviation()[0];
    float[] factors = new float[3];
    double shift = -wanted.mean()[0] / wanted.deviation()[0];
    for (int c = 0; c < 3; c++) {
      factors[c] = (float) (LUMINANCE[c] * student.deviation()[c] * scale);
      shift += LUMINANCE[c] * student.mean()[c] * scale;
    }
    float[] pixels = batch.pixels();
    for (int i = 0; i < plane; i++) {
      result[start + i] = pixels[from + i] * factors[0]
          + pixels[from + plane + i] * factors[1]
          + pixels[from + 2 * plane + i] * factors[2]
          + (float) shift;
    }
  }
}
