package alphadistill.cli.teacher.fit;

/** What can be looked at inside a kind of teacher. */
interface Anatomy {
  /** Regressors of the model's own regression on a date, complete: {@code [factor][row]}. */
  double[][] regressors(int day);

  FitMap map();

  /** Whether what was estimated in the first half still holds in the second, one for each factor. */
  Diagnosis.Drift drift();

  /** What the model leaves over. */
  Diagnosis.Residuals residuals();
}
