package alphadistill.data.check;

import alphadistill.data.DataException;
import alphadistill.data.check.SuspiciousTick.Kind;
import alphadistill.data.check.TickPolicy.Action;
import alphadistill.data.check.TickPolicy.Knowledge;
import alphadistill.data.panel.Panel;
import alphadistill.data.source.DropReport;
import alphadistill.data.source.PriceTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds closes that look wrong and marks their days missing.
 *
 * <pre>{@code
 * List<SuspiciousTick> ticks = SuspiciousTicks.find(prices.panel(), TickPolicy.causal());
 * PriceTable believed = SuspiciousTicks.apply(prices.panel(), ticks);
 * }</pre>
 */
public final class SuspiciousTicks {
  /** Old shares for new ones, as splits and reverse splits come; each also the other way round. */
  private static final double[] SPLITS = {1.5, 2, 3, 4, 5, 6, 7, 8, 10, 15, 20, 25, 30, 50, 100};

  private final TickPolicy policy;
  private final String asset;
  private final Panel prices;
  private final double[] open;
  private final double[] close;

  private SuspiciousTicks(Panel prices, int asset, TickPolicy policy) {
    this.policy = policy;
    this.prices = prices;
    this.asset = prices.assets().get(asset);
    open = prices.series(prices.fieldIndex("open"), asset);
    close = prices.series(prices.fieldIndex("close"), asset);
  }

  /**
   * Suspicious closes by asset and date.
   *
   * @param prices with fields {@code open} and {@code close}
   */
  public static List<SuspiciousTick> find(Panel prices, TickPolicy policy) {
    List<SuspiciousTick> found = new ArrayList<>();
    for (int asset = 0; asset < prices.assetCount(); asset++) {
      new SuspiciousTicks(prices, asset, policy).scan(found);
    }
    return found;
  }

  /**
   * Prices without the days that are to be marked missing, and their count by kind.
   *
   * @throws DataException if a tick's action is {@code FAIL}
   */
  public static PriceTable apply(Panel prices, List<SuspiciousTick> ticks) {
    boolean[] masked = new boolean[prices.days() * prices.assetCount()];
    DropReport.Tally tally = new DropReport.Tally();
    for (SuspiciousTick tick : ticks) {
      if (tick.action() == Action.FAIL) {
        throw new DataException(
            "%s on %s: %s, return into it %.4f; correct the prices, or choose a policy that masks such days"
                .formatted(tick.asset(), tick.date(), inWords(tick.kind()), tick.into()));
      }
      if (tick.action() == Action.MARK_MISSING) {
        masked[
            prices.dayIndex(tick.date()) * prices.assetCount() + prices.assetIndex(tick.asset())] = true;
        tally.add(inWords(tick.kind()) + ", day marked missing", tick.asset() + " " + tick.date());
      }
    }
    Panel.Builder builder = Panel.builder(prices.dates(), prices.assets());
    for (int field = 0; field < prices.fields().size(); field++) {
      float[] values = new float[masked.length];
      for (int day = 0; day < prices.days(); day++) {
        System.arraycopy(
            prices.crossSection(field, day),
            0,
            values,
            day * prices.assetCount(),
            prices.assetCount());
      }
      for (int cell = 0; cell < masked.length; cell++) {
        values[cell] = masked[cell] ? Float.NaN : values[cell];
      }
      builder.field(prices.fields().get(field), values);
    }
    return new PriceTable(builder.build(), tally.report());
  }

  private static String inWords(Kind kind) {
    return switch (kind) {
      case REVERSAL -> "one-day reversal";
      case IMPOSSIBLE_JUMP -> "impossible jump";
      case UNADJUSTED_SPLIT -> "unadjusted split";
    };
  }

  /** Walks through the closes; {@code believed} is the last one that was not a bad print. */
  private void scan(List<SuspiciousTick> found) {
    int believed = -1;
    int doubted = -1; // a day not believed, waiting for confirmation by the next close
    for (int day = 0; day < close.length; day++) {
      if (!(close[day] > 0)) {
        continue;
      }
      if (believed < 0 || day - believed > policy.maximumGap() + 1) {
        believed = day;
        continue;
      }
      boolean bad = policy.knowledge() == Knowledge.PAST_ONLY
          ? isImpossible(believed, day) && (doubted < 0 || isImpossible(doubted, day))
          : isReversal(believed, day);
      if (bad) {
        Kind kind =
            policy.knowledge() == Knowledge.PAST_ONLY ? Kind.IMPOSSIBLE_JUMP : Kind.REVERSAL;
        found.add(tick(believed, day, kind, policy.action()));
        doubted = day;
        continue;
      }
      // A level confirmed after a doubted day was reported on that day.
      int before = doubted >= 0 && isImpossible(believed, day) ? doubted : believed;
      if (isSplit(before, day)) {
        Action action = policy.action() == Action.FAIL ? Action.FAIL : Action.KEEP;
        found.add(tick(before, day, Kind.UNADJUSTED_SPLIT, action));
      } else if (isImpossible(before, day)) {
        found.add(tick(before, day, Kind.IMPOSSIBLE_JUMP, Action.KEEP));
      }
      believed = day;
      doubted = -1;
    }
  }

  private SuspiciousTick tick(int from, int day, Kind kind, Action action) {
    int next = policy.knowledge() == Knowledge.NEXT_DAY ? next(day) : -1;
    double outOf = next < 0 ? Double.NaN : close[next] / close[day] - 1;
    return new SuspiciousTick(
        asset, prices.dates().get(day), kind, close[day] / close[from] - 1, outOf, action);
  }

  private boolean isImpossible(int from, int day) {
    return size(close[day] / close[from]) > Math.log(policy.impossibleFactor());
  }

  private boolean isReversal(int from, int day) {
    int next = next(day);
    double jump = size(close[day] / close[from]);
    return next >= 0
        && jump >= Math.log(policy.reversalFactor())
        && size(close[next] / close[from]) <= policy.remainder() * jump;
  }

  /** Open and close both a split ratio away from the last close: a crash rarely hits the ratio twice. */
  private boolean isSplit(int from, int day) {
    double limit = Math.log1p(policy.splitTolerance());
    double moved = Math.log(close[day] / close[from]);
    double opened = Math.log(open[day] / close[from]);
    return Arrays.stream(SPLITS)
        .map(ratio -> Math.copySign(Math.log(ratio), moved))
        .anyMatch(split -> Math.abs(moved - split) <= limit && Math.abs(opened - split) <= limit);
  }

  /** The next day with a close, not too far away; -1 when there is none. */
  private int next(int day) {
    for (int next = day + 1; next < close.length && next - day <= policy.maximumGap() + 1; next++) {
      if (close[next] > 0) {
        return next;
      }
    }
    return -1;
  }

  /** Size of a price ratio, the same up and down. */
  private static double size(double ratio) {
    return Math.abs(Math.log(ratio));
  }
}
