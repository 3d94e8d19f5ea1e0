package alphadistill.vision.weights;

import alphadistill.engine.checkpoint.ElementType;

/** The storage classes of a torch file, and the numbers they hold. */
enum StorageType {
  FLOAT("FloatStorage", ElementType.F32),
  DOUBLE("DoubleStorage", ElementType.F64),
  HALF("HalfStorage", ElementType.F16),
  BFLOAT16("BFloat16Storage", ElementType.BF16),
  LONG("LongStorage", ElementType.I64),
  INT("IntStorage", ElementType.I32),
  BYTE("ByteStorage", ElementType.U8),
  BOOL("BoolStorage", ElementType.BOOL);

  private final String className;
  private final ElementType numbers;

  StorageType(String className, ElementType numbers) {
    this.className = className;
    this.numbers = numbers;
  }

  /** As in {@code torch.FloatStorage}. */
  String className() {
    return className;
  }

  ElementType numbers() {
    return numbers;
  }
}
