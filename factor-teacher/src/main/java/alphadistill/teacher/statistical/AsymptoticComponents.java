package alphadistill.teacher.statistical;

import alphadistill.teacher.covariance.ReturnSample;
import alphadistill.teacher.covariance.SymmetricEigen;
import java.util.Arrays;
import java.util.List;

/**
 * Asymptotic principal components of Connor and Korajczyk (1986): factors are the leading eigenvectors of the (T, T)
 * matrix {@code R R' / N} of N assets' excess returns R (T, N), which are not demeaned, so a factor keeps its premium.
 * Meant for N much larger than T; for N below T the same numbers come from the (N, N) side.
 *
 * <p>Each factor's value of largest size is positive; its loadings may then be negative throughout.
 *
 * @param assets names, in the order of loadings
 * @param eigenvalues of {@code R R' / N}, falling; the smaller of T and N of them, the others are zero
 * @param factors {@code [row][factor]} with {@code F'F / T = I}: of unit mean square, not returns
 * @param loadings {@code [asset][factor]}, {@code B = R'F / T}: least squares of returns on the factors
 */
public record AsymptoticComponents(
    List<String> assets, double[] eigenvalues, double[][] factors, double[][] loadings) {

  public AsymptoticComponents {
    assets = List.copyOf(assets);
  }

  /** @throws IllegalArgumentException if the returns do not vary in so many directions */
  public static AsymptoticComponents of(ReturnSample sample, int components) {
    ThinSvd svd = ThinSvd.of(sample.series(), components);
    double[] signs = SymmetricEigen.fixSigns(svd.rows());
    double rows = sample.rows();
    double[][] factors = svd.rows();
    double[][] loadings = svd.assets();
    for (double[] factor : factors) {
      for (int k = 0; k < components; k++) {
        factor[k] *= Math.sqrt(rows);
      }
    }
    for (double[] loading : loadings) {
      for (int k = 0; k < components; k++) {
        loading[k] *= signs[k] * Math.sqrt(svd.squares()[k] / rows);
      }
    }
    return new AsymptoticComponents(
        sample.assets(),
        Arrays.stream(svd.squares()).map(s -> s / loadings.length).toArray(),
        factors,
        loadings);
  }
}
