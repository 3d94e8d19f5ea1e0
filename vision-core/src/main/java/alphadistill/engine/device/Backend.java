package alphadistill.engine.device;

/** Which of ND4J's backends is on the class path; there is one, chosen when the program is built. */
public enum Backend {
  CPU,
  CUDA;

  /** Looks without loading any native library. */
  public static Backend onClassPath() {
    return Backend.class.getResource("/org/nd4j/linalg/jcublas/JCublasBackend.class") == null
        ? CPU
        : CUDA;
  }
}
