package alphadistill.engine.kernels;

import org.bytedeco.openblas.global.openblas;

/** What the fast kernels stand on, for records and diagnoses. */
public final class KernelLibraries {
  private KernelLibraries() {}

  /** Version of the OpenBLAS that comes with the program, such as {@code 0.3.31}. */
  public static String openBlasVersion() {
    return openblas.OPENBLAS_VERSION.replace("OpenBLAS", "").strip();
  }

  /** Bits in a register of the JDK's vector loops, such as 256; depends on the processor. */
  public static int vectorBits() {
    return VectorMath.LANES * Float.SIZE;
  }
}
