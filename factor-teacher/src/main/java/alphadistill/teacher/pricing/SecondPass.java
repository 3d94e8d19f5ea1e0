package alphadistill.teacher.pricing;

import alphadistill.teacher.pricing.TwoPassModel.Weighting;
import alphadistill.teacher.regression.Design;
import alphadistill.teacher.regression.LeastSquares;
import alphadistill.teacher.regression.Regression;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.QRDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.stat.correlation.Covariance;

/**
 * The cross-section of a {@link TwoPassModel}: premia are {@code A r} with {@code A = (B'WB)^-1 B'W}.
 *
 * @param names of the premia, the constant first if there is one
 * @param exposures B (N, q): betas, with a column of ones first if there is a constant
 * @param projection A (q, N)
 * @param inverseGram {@code (B'WB)^-1} (q, q)
 * @param weights W (N, N)
 */
record SecondPass(
    List<String> names,
    RealMatrix exposures,
    RealMatrix projection,
    RealMatrix inverseGram,
    RealMatrix weights) {

  static SecondPass of(TwoPassModel model, PricingSample sample, List<Regression> firstPass) {
    int constant = model.zeroBeta() ? 1 : 0;
    int assets = firstPass.size();
    int premia = constant + sample.factors().width();
    List<String> names = new ArrayList<>(sample.factors().names());
    RealMatrix exposures = new Array2DRowRealMatrix(assets, premia);
    for (int i = 0; i < assets; i++) {
      double[] coefficients = firstPass.get(i).coefficients();
      for (int c = 0; c < premia; c++) {
        exposures.setEntry(i, c, c < constant ? 1 : coefficients[1 + c - constant]);
      }
    }
    if (model.zeroBeta()) {
      names.add(0, Design.CONSTANT);
    }
    RealMatrix whitening = whitening(model.weighting(), sample.assets());
    RealMatrix whitened = whitening.multiply(exposures);
    LeastSquares.fit( // refuses collinear betas by name
        Design.ofColumns(names, whitened.transpose().getData()), new double[assets]);
    // one QR for all right-hand sides; (B'WB)^-1 is the product of the unwhitened projection with
    // itself
    RealMatrix onWhitened = new QRDecomposition(whitened)
        .getSolver()
        .solve(MatrixUtils.createRealIdentityMatrix(assets));
    return new SecondPass(
        List.copyOf(names),
        exposures,
        onWhitened.multiply(whitening),
        onWhitened.multiply(onWhitened.transpose()),
        whitening.transpose().multiply(whitening));
  }

  /** V with {@code V'V = W}. */
  private static RealMatrix whitening(Weighting weighting, ReturnTable assets) {
    RealMatrix identity = MatrixUtils.createRealIdentityMatrix(assets.width());
    if (weighting == Weighting.OLS) {
      return identity;
    }
    RealMatrix covariance =
        new Covariance(new Array2DRowRealMatrix(assets.values(), false)).getCovarianceMatrix();
    RealMatrix factor =
        Mahalanobis.cholesky(covariance.getData(), "the test assets' returns").getL();
    RealMatrix inverse = identity.copy();
    for (int i = 0; i < assets.width(); i++) {
      RealVector column = identity.getColumnVector(i);
      MatrixUtils.solveLowerTriangularSystem(factor, column);
      inverse.setColumnVector(i, column);
    }
    return inverse;
  }
}
