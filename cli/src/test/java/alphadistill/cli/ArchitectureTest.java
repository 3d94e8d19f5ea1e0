package alphadistill.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.core.importer.Location;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.regex.Pattern;
import org.nd4j.linalg.api.buffer.DataBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The floors and fences between modules; a change here is a change of the design. */
@AnalyzeClasses(packages = "alphadistill", importOptions = ArchitectureTest.ProductOnly.class)
class ArchitectureTest {

  /** Leaves test classes out, also where they come as a jar: tests may cross fences that the product may not. */
  static final class ProductOnly implements ImportOption {
    private final ImportOption noTestFolders = new DoNotIncludeTests();

    @Override
    public boolean includes(Location location) {
      return noTestFolders.includes(location) && !location.contains("-tests.jar");
    }
  }

  private static final String DATA = "alphadistill.data..";
  private static final String AUGMENT = "alphadistill.augment..";
  private static final String ENGINE = "alphadistill.engine..";
  private static final String VISION = "alphadistill.vision..";
  private static final String TEACHER = "alphadistill.teacher..";
  private static final String BACKTEST = "alphadistill.backtest..";
  private static final String STUDENT = "alphadistill.student..";
  private static final String CLI = "alphadistill.cli..";

  /** A call of an array's elements, scalars or memory, or of anything of a buffer. */
  private static final DescribedPredicate<JavaMethodCall> READS_HOST_MEMORY =
      new DescribedPredicate<>("the target reads or writes an array's memory on the host") {
        private final Pattern elements = Pattern.compile(
            "get(Float|Double|Int|Long|Number|String|Double|Scalar)|to(Float|Double|Int|Long)(Vector|Matrix)"
                + "|put|putScalar|putScalarUnsafe|getDoubleUnsafe|data|shapeInfoDataBuffer|.*Number|any|all|none"
                + "|isNaN|isInfinite|equalsWithEps|toStringFull|asNio.*");

        @Override
        public boolean test(JavaMethodCall call) {
          JavaClass owner = call.getTargetOwner();
          return owner.isAssignableTo(DataBuffer.class)
              || owner.isAssignableTo(INDArray.class)
                  && elements.matcher(call.getTarget().getName()).matches();
        }
      };

  @ArchTest
  static final ArchRule augmentStandsAlone =
      floor(AUGMENT, DATA, ENGINE, VISION, TEACHER, BACKTEST, STUDENT, CLI);

  @ArchTest
  static final ArchRule dataStandsAlone =
      floor(DATA, AUGMENT, ENGINE, VISION, TEACHER, BACKTEST, STUDENT, CLI);

  @ArchTest
  static final ArchRule engineKnowsNothingOfFinanceOrImages =
      floor(ENGINE, DATA, VISION, TEACHER, BACKTEST, STUDENT, CLI);

  @ArchTest
  static final ArchRule visionKnowsNothingOfFinance =
      floor(VISION, DATA, TEACHER, BACKTEST, STUDENT, CLI);

  @ArchTest
  static final ArchRule teachersKnowOnlyData =
      floor(TEACHER, AUGMENT, ENGINE, VISION, BACKTEST, STUDENT, CLI);

  @ArchTest
  static final ArchRule backtestKnowsScoresNotModels =
      floor(BACKTEST, AUGMENT, ENGINE, VISION, TEACHER, STUDENT, CLI);

  @ArchTest
  static final ArchRule studentKnowsNoBacktest = floor(STUDENT, BACKTEST, VISION, CLI);

  @ArchTest
  static final ArchRule nativeMemoryStaysInTheKernels =
      only("org.bytedeco..", "alphadistill.engine.kernels..");

  /** A command's kernels come from its device; benchmarks and diagnoses are of the CPU's by their nature. */
  @ArchTest
  static final ArchRule kernelsAreMadeInOnePlace = noClasses()
      .that()
      .resideOutsideOfPackages(
          "alphadistill.engine.kernels..",
          "alphadistill.engine.device..",
          "alphadistill.cli.bench..",
          "alphadistill.cli.doctor..")
      .should()
      .dependOnClassesThat()
      .haveNameMatching("alphadistill\\.engine\\.kernels\\.(Cpu|Nd4j).*");

  /**
   * Arrays may lie on a GPU: what is read of them element by element, or through their memory, is copied, and waited
   * for, each time. {@code HostCopy} is the one way; benchmarks and diagnoses are of the CPU by their nature.
   */
  @ArchTest
  static final ArchRule arraysAreReadThroughHostCopy = noClasses()
      .that()
      .resideOutsideOfPackages(
          "alphadistill.engine.kernels..", "alphadistill.cli.bench..", "alphadistill.cli.doctor..")
      .should()
      .callMethodWhere(READS_HOST_MEMORY);

  @ArchTest
  static final ArchRule duckDbStaysInData = only("org.duckdb..", DATA);

  @ArchTest
  static final ArchRule tablesawStaysInData = only("tech.tablesaw..", DATA);

  @ArchTest
  static final ArchRule ta4jStaysInData = only("org.ta4j..", DATA);

  @ArchTest
  static final ArchRule commonsMathStaysWithEstimation =
      only("org.apache.commons.math3..", DATA, TEACHER, BACKTEST);

  @ArchTest
  static final ArchRule deeplearning4jStaysInVision = only("org.deeplearning4j..", VISION);

  @ArchTest
  static final ArchRule onnxStaysInVision = only("ai.onnxruntime..", VISION);

  @ArchTest
  static final ArchRule packagesHaveNoCycles =
      slices().matching("alphadistill.(**)").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule noPackageByKind = noClasses()
      .should()
      .resideInAnyPackage("..util..", "..utils..", "..common..", "..impl..", "..helper..");

  @ArchTest
  static final ArchRule noStaticMutableState =
      fields().that().areStatic().should().beFinal();

  private static ArchRule floor(String module, String... forbidden) {
    return noClasses()
        .that()
        .resideInAPackage(module)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .allowEmptyShould(true);
  }

  private static ArchRule only(String library, String... users) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(users)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(library)
        .allowEmptyShould(true);
  }
}
