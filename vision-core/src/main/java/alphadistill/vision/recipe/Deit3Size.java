package alphadistill.vision.recipe;

/** The networks of DeiT III's table, with what differs between their runs (vision.md section 2). */
public enum Deit3Size {
  /** It has no finishing run; it trains at 224. */
  SMALL(4e-3, 224, 0.05, 0.05),
  BASE(3e-3, 192, 0.2, 0.2),
  LARGE(3e-3, 192, 0.45, 0.45),
  HUGE(3e-3, 160, 0.6, 0.55);

  final double rate;
  final int trainedAt;
  final double dropPath;
  final double dropPathFinishing;

  Deit3Size(double rate, int trainedAt, double dropPath, double dropPathFinishing) {
    this.rate = rate;
    this.trainedAt = trainedAt;
    this.dropPath = dropPath;
    this.dropPathFinishing = dropPathFinishing;
  }
}
