package alphadistill.augment.image.recipe;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads timm's strings such as {@code rand-m9-mstd0.5-inc1}. */
final class RandAugmentGrammar {
  private static final Pattern PART = Pattern.compile("([a-z]+)([0-9].*)");
  private static final String EXAMPLE = "an example is 'rand-m9-mstd0.5-inc1'";

  private final String policy;
  private final Set<String> seen = new HashSet<>();
  private int magnitude = (int) Operation.FULL;
  private int operations = 2;
  private double deviation;
  private double largest = Operation.FULL;
  private double probability = 0.5;
  private boolean increasing;
  private OperationSet set = OperationSet.ALL;

  private RandAugmentGrammar(String policy) {
    this.policy = policy;
  }

  static RandAugment parse(String policy) {
    RandAugmentGrammar grammar = new RandAugmentGrammar(policy);
    String[] parts = policy.split("-", -1);
    if (!parts[0].equals("rand")) {
      throw grammar.refused(
          "it has to begin with 'rand', not '%s'; %s".formatted(parts[0], EXAMPLE));
    }
    for (int i = 1; i < parts.length; i++) {
      grammar.read(parts[i]);
    }
    try {
      return new RandAugment(
          grammar.magnitude,
          grammar.operations,
          grammar.deviation,
          grammar.largest,
          grammar.probability,
          grammar.increasing || grammar.set != OperationSet.ALL && grammar.set != OperationSet.W0,
          grammar.set);
    } catch (IllegalArgumentException e) {
      throw grammar.refused(e.getMessage());
    }
  }

  private void read(String part) {
    if (part.startsWith("t")) {
      once("t");
      once("w");
      set = named(part);
      return;
    }
    Matcher matcher = PART.matcher(part);
    if (!matcher.matches()) {
      throw refused("part '%s' is not letters and a number; %s".formatted(part, EXAMPLE));
    }
    String key = matcher.group(1);
    String value = matcher.group(2);
    once(key);
    switch (key) {
      case "m" -> magnitude = whole(part, value);
      case "n" -> operations = whole(part, value);
      case "p" -> probability = number(part, value);
      case "mmax" -> largest = whole(part, value);
      case "inc" -> increasing = true; // timm asks whether the text is empty, not what it says
      case "mstd" -> {
        double given = number(part, value);
        deviation = given > 100 ? Double.POSITIVE_INFINITY : given;
      }
      case "w" -> {
        once("t");
        if (whole(part, value) != 0) {
          throw refused("there is one set of weights, 'w0', not '%s'".formatted(part));
        }
        set = OperationSet.W0;
      }
      default ->
        throw refused(
            "part '%s' is unknown; known are m, n, p, mstd, mmax, inc, w and t".formatted(part));
    }
  }

  private OperationSet named(String part) {
    return switch (part) {
      case "tweights" -> OperationSet.WEIGHTS;
      case "t3a" -> OperationSet.THREE;
      case "t3aw" -> OperationSet.THREE_WEIGHTED;
      default ->
        throw refused("set '%s' is unknown; known are tweights, t3a and t3aw".formatted(part));
    };
  }

  private void once(String key) {
    if (!seen.add(key)) {
      throw refused("'%s' is given twice, or both 'w' and 't' name a set".formatted(key));
    }
  }

  private int whole(String part, String value) {
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException e) {
      throw refused("part '%s' needs a whole number, not '%s'".formatted(part, value));
    }
  }

  private double number(String part, String value) {
    try {
      return Double.parseDouble(value);
    } catch (NumberFormatException e) {
      throw refused("part '%s' needs a number, not '%s'".formatted(part, value));
    }
  }

  private IllegalArgumentException refused(String why) {
    return new IllegalArgumentException("RandAugment '%s': %s".formatted(policy, why));
  }
}
