package alphadistill.data;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** The name that a misspelt one most likely stands for. */
public final class NearestName {
  private NearestName() {}

  /** The known name with the fewest edits, when that is at most a third of the word's length (at least 2). */
  public static Optional<String> of(String word, Collection<String> known) {
    return known.stream()
        .min(Comparator.comparingInt(name -> edits(word, name)))
        .filter(name -> edits(word, name) <= Math.max(2, word.length() / 3));
  }

  /** Levenshtein distance, letters compared without case. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        boolean same =
            Character.toLowerCase(a.charAt(i - 1)) == Character.toLowerCase(b.charAt(j - 1));
        int replaced = diagonal + (same ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
