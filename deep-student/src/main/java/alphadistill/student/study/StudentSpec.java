package alphadistill.student.study;

/**
 * Size of the alpha student's encoder.
 *
 * @param width numbers in a token, D; a multiple of {@code heads}
 * @param depth encoder blocks
 * @param heads attention heads
 * @param dropPath share of dropped residual branches in the last block, rising linearly from 0 in the first; in [0, 1)
 */
public record StudentSpec(int width, int depth, int heads, double dropPath) {

  public StudentSpec {
    if (width < 1 || depth < 1 || heads < 1 || width % heads != 0) {
      throw new IllegalArgumentException(
          "width must be a positive multiple of heads and depth positive, were width %d, heads %d, depth %d"
              .formatted(width, heads, depth));
    }
    if (!(dropPath >= 0 && dropPath < 1)) {
      throw new IllegalArgumentException("dropPath must be in [0, 1), was " + dropPath);
    }
  }
}
