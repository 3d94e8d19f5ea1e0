package alphadistill.augment.window;

import alphadistill.augment.Draws;
import java.util.ArrayList;
import java.util.List;

/** A market of random numbers in which every number names its asset, day and channel. */
final class SmallMarket implements History {
  static final int ASSETS = 5;
  static final int FACTORS = 2;
  static final int FIRST = 40; // of the training span
  static final int LAST = 159;
  static final int HORIZON = 3; // days after which a label is known
  static final int HISTORY = 12; // days of the teacher's returns
  static final int DAYS = 6; // of a window

  static final WindowSchema SCHEMA = new WindowSchema(
      DAYS,
      List.of(
          new Channel("return", Channel.Kind.RETURN, 2),
          new Channel("beta", Channel.Kind.LINEAR, 1),
          new Channel("present", Channel.Kind.PRESENCE, 1)));

  @Override
  public int firstDay() {
    return FIRST;
  }

  @Override
  public int lastDay() {
    return LAST;
  }

  /** Ten days of each of three regimes in turn; unknown at first. */
  @Override
  public int regime(int day) {
    return day < 20 ? -1 : day / 10 % 3;
  }

  @Override
  public boolean covers(int asset, int lastDay, int days) {
    return lastDay - days + 1 >= FIRST && lastDay <= LAST;
  }

  @Override
  public void channels(int asset, int lastDay, int days, float[] into, int at) {
    for (int i = 0; i < days; i++) {
      int day = lastDay - days + 1 + i;
      boolean quoted = isQuoted(asset, day);
      into[at + 3 * i] = quoted ? (float) number("return", asset, day) : 0;
      into[at + 3 * i + 1] = quoted ? (float) number("beta", asset, day) : 0;
      into[at + 3 * i + 2] = quoted ? 1 : 0;
    }
  }

  /** One quote in twenty is missing, never on a signal day, which are the even ones. */
  boolean isQuoted(int asset, int day) {
    return day % 2 == 0 || Draws.of(3, "quoted", asset, day).uniform() > 0.1;
  }

  @Override
  public double label(int asset, int day) {
    return day % 2 == 0 ? number("label", asset, day) : Double.NaN;
  }

  @Override
  public int knownAt(int day) {
    return day + HORIZON;
  }

  @Override
  public double assetReturn(int asset, int day) {
    return isQuoted(asset, day) ? 0.02 * number("return", asset, day) : Double.NaN;
  }

  @Override
  public double factorReturn(int factor, int day) {
    return 0.01 * number("factor", factor, day);
  }

  private static double number(String what, int which, int day) {
    return Draws.of(11, what, which, day).normal();
  }

  /** All assets on some signal days of the training span, for a teacher that reads characteristics. */
  WindowBatch characteristics(int... days) {
    return batch(
        new TeacherInputs.Characteristics(List.of(1, 0), new double[2 * days.length * ASSETS]),
        days);
  }

  /** The same for a teacher that regresses returns. */
  WindowBatch returns(int... days) {
    int samples = days.length * ASSETS;
    return batch(
        new TeacherInputs.ReturnHistory(
            HISTORY,
            FACTORS,
            new double[samples * HISTORY],
            new double[samples * HISTORY * FACTORS]),
        days);
  }

  private WindowBatch batch(TeacherInputs empty, int... days) {
    int samples = days.length * ASSETS;
    List<Origin> origins = new ArrayList<>();
    for (int day : days) {
      for (int asset = 0; asset < ASSETS; asset++) {
        origins.add(Origin.observed(asset, day, DAYS));
      }
    }
    BatchDraft draft = BatchDraft.of(new WindowBatch(
        SCHEMA,
        new float[samples * SCHEMA.size()],
        new double[samples],
        new int[samples * DAYS],
        empty,
        origins));
    for (int n = 0; n < samples; n++) {
      draft.observe(n, origins.get(n).asset(), origins.get(n).day(), this);
    }
    return draft.done();
  }
}
